import { disassemble } from 'es-hangul';
import type { Candidate } from './candidate';
import { type Deal, normalizeWording } from './deal';

export interface KnownDeal extends Deal {
  readonly configuration: string;
}

const MOST = 8;
const LEAST_SCORE = 0.35;
const NUMBERS_DIFFER = 0.7;

/** The likeliest configurations for a deal, each once. */
export function candidatesFor(
  deal: Deal,
  known: readonly KnownDeal[],
  configurations: readonly { readonly code: string; readonly name: string }[],
): Candidate[] {
  const wording = wordingOf(deal);
  const all = [
    ...known.map((other) => likeDeal(wording, other)),
    ...configurations.map((configuration) => likeName(wording, configuration)),
  ];
  const best = new Map<string, Candidate>();
  for (const candidate of all.toSorted((a, b) => b.score - a.score))
    if (candidate.score >= LEAST_SCORE && !best.has(candidate.configuration))
      best.set(candidate.configuration, candidate);
  return [...best.values()].slice(0, MOST);
}

interface Wording {
  readonly exact: string;
  readonly plain: string;
  readonly numbers: string;
  readonly deal: ReadonlySet<string>;
  readonly option: ReadonlySet<string>;
}

function wordingOf({ deal, option }: Omit<Deal, 'channel'>): Wording {
  return {
    exact: `${normalizeWording(deal)}\0${normalizeWording(option)}`,
    plain: `${plainWording(deal)}\0${plainWording(option)}`,
    numbers: numbersIn(`${deal} ${option}`),
    deal: trigrams(plainWording(deal)),
    option: trigrams(plainWording(option)),
  };
}

function likeDeal(wording: Wording, { configuration, ...from }: KnownDeal): Candidate {
  const other = wordingOf(from);
  const numbersDiffer = other.numbers !== wording.numbers;
  const common = { configuration, from, numbersDiffer };
  if (other.exact === wording.exact) return { ...common, score: 1, reason: 'same_wording' };
  const weight = numbersDiffer ? NUMBERS_DIFFER : 1;
  if (other.plain === wording.plain)
    return { ...common, score: rounded(0.95 * weight), reason: 'same_plain_wording' };
  const score = rounded(0.9 * similarity(wording, other) * weight);
  return { ...common, score, reason: 'similar_wording' };
}

function likeName(wording: Wording, { code, name }: { code: string; name: string }): Candidate {
  const parts = trigrams(plainWording(name));
  const there = [...parts].filter((part) => wording.deal.has(part) || wording.option.has(part)).length;
  const numbers = new Set(wording.numbers.split(' '));
  const numbersDiffer = !numbersIn(name)
    .split(' ')
    .every((number) => number === '' || numbers.has(number));
  const weight = numbersDiffer ? NUMBERS_DIFFER : 1;
  const score = rounded((0.85 * weight * there) / Math.max(1, parts.size));
  return { configuration: code, score, reason: 'configuration_name', from: null, numbersDiffer };
}

/** The option says which of a deal's goods it is, so that it counts more. */
function similarity(a: Wording, b: Wording): number {
  const deal = overlap(a.deal, b.deal);
  if (a.option.size === 0 && b.option.size === 0) return deal;
  return 0.4 * deal + 0.6 * overlap(a.option, b.option);
}

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  const common = [...a].filter((part) => b.has(part)).length;
  return (2 * common) / (a.size + b.size);
}

/** A wording without what is in brackets, decoration and capitals. */
export function plainWording(text: string): string {
  return normalizeWording(text)
    .replace(/\[[^\]]*\]|\([^)]*\)|<[^>]*>|【[^】]*】|\{[^}]*\}/gu, ' ')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()
    .toLowerCase();
}

function numbersIn(text: string): string {
  return (text.match(/\d+(?:\.\d+)?/gu) ?? []).toSorted().join(' ');
}

/** Of 자모, so that wordings that differ in one letter of a syllable are near each other. */
function trigrams(text: string): ReadonlySet<string> {
  if (text === '') return new Set();
  const letters = ` ${disassemble(text)} `;
  return new Set(
    Array.from({ length: Math.max(1, letters.length - 2) }, (_, at) => letters.slice(at, at + 3)),
  );
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
