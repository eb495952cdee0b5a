import { disassemble } from 'es-hangul';
import type { Candidate } from './candidate';
import { type Deal, normalizeWording } from './deal';

export interface KnownDeal extends Deal {
  readonly configuration: string;
}

/** A deal with what one unit of it costs; null: no order tells it. */
export interface PricedDeal extends Deal {
  readonly price: bigint | null;
}

export interface PricedConfiguration {
  readonly code: string;
  readonly name: string;
  /** What its items cost together. */
  readonly price: bigint | null;
}

const MOST = 8;
const LEAST_SCORE = 0.35;
const NUMBERS_DIFFER = 0.7;
/** Of what a configuration's items cost: channels differ by their fees and by what they take off. */
const NEAR_PERCENT = 20n;
/** Too little to make a candidate by itself, which needs some likeness of the wording. */
const NEAR_PRICE_ADDS = 0.1;
/** Only wordings that are the same are surer than that. */
const MOST_BY_LIKENESS = 0.9;

/** The likeliest configurations for a deal, each once. */
export function candidatesFor(
  deal: PricedDeal,
  known: readonly KnownDeal[],
  configurations: readonly PricedConfiguration[],
): Candidate[] {
  const read = remembering();
  const wording = wordingOf(read, deal);
  const prices = new Map(configurations.map(({ code, price }) => [code, price]));
  const all = [
    ...known.map((other) => likeDeal(wording, wordingOf(read, other), other)),
    ...configurations.map((configuration) => likeName(wording, configuration)),
  ].map((likely) => withPrice(likely, deal.price, prices.get(likely.configuration) ?? null));
  const best = new Map<string, Candidate>();
  const likely = all.filter(({ score }) => score >= LEAST_SCORE).toSorted((a, b) => b.score - a.score);
  for (const candidate of likely)
    if (!best.has(candidate.configuration)) best.set(candidate.configuration, candidate);
  return [...best.values()].slice(0, MOST);
}

type Likely = Omit<Candidate, 'price' | 'isPriceNear'>;

/** A price near the configuration's makes it surer, or a candidate of what was not quite like it. */
function withPrice(likely: Likely, dealPrice: bigint | null, price: bigint | null): Candidate {
  const isPriceNear = dealPrice !== null && price !== null && isNear(dealPrice, price);
  const { score } = likely;
  if (!isPriceNear || score >= MOST_BY_LIKENESS) return { ...likely, price, isPriceNear };
  return {
    ...likely,
    price,
    isPriceNear,
    score: rounded(Math.min(MOST_BY_LIKENESS, score + NEAR_PRICE_ADDS)),
    reason: score < LEAST_SCORE ? 'price_near' : likely.reason,
  };
}

function isNear(price: bigint, to: bigint): boolean {
  const apart = price > to ? price - to : to - price;
  return price > 0n && apart * 100n <= to * NEAR_PERCENT;
}

/** What is compared of a product's or an option's text. */
interface Text {
  readonly exact: string;
  readonly plain: string;
  readonly numbers: readonly string[];
  readonly parts: ReadonlySet<string>;
}

function textOf(text: string): Text {
  const plain = plainWording(text);
  return { exact: normalizeWording(text), plain, numbers: numbersIn(text), parts: trigrams(plain) };
}

/** Products are sold in many options, and options of many products: each text is taken apart once. */
function remembering(): (text: string) => Text {
  const known = new Map<string, Text>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const taken = textOf(text);
    known.set(text, taken);
    return taken;
  };
}

interface Wording {
  readonly deal: Text;
  readonly option: Text;
  readonly numbers: string;
}

function wordingOf(read: (text: string) => Text, { deal, option }: Omit<Deal, 'channel'>): Wording {
  const [ofDeal, ofOption] = [read(deal), read(option)];
  const numbers = [...ofDeal.numbers, ...ofOption.numbers].toSorted().join(' ');
  return { deal: ofDeal, option: ofOption, numbers };
}

function likeDeal(wording: Wording, other: Wording, { configuration, ...from }: KnownDeal): Likely {
  const { deal, option, numbers } = wording;
  const numbersDiffer = other.numbers !== numbers;
  const common = { configuration, from, numbersDiffer };
  if (other.deal.exact === deal.exact && other.option.exact === option.exact)
    return { ...common, score: 1, reason: 'same_wording' };
  const weight = numbersDiffer ? NUMBERS_DIFFER : 1;
  const isSameOption = other.option.plain === option.plain;
  if (other.deal.plain === deal.plain && isSameOption)
    return { ...common, score: rounded(0.95 * weight), reason: 'same_plain_wording' };
  const score = rounded(MOST_BY_LIKENESS * similarity(wording, other) * weight);
  const reason = isSameOption && option.plain !== '' ? 'option_text' : 'similar_wording';
  return { ...common, score, reason };
}

function likeName({ deal, option, numbers }: Wording, { code, name }: PricedConfiguration): Likely {
  const { parts, numbers: ofName } = textOf(name);
  const there = [...parts].filter((part) => deal.parts.has(part) || option.parts.has(part)).length;
  const known = new Set(numbers.split(' '));
  const numbersDiffer = !ofName.every((number) => known.has(number));
  const weight = numbersDiffer ? NUMBERS_DIFFER : 1;
  const score = rounded((0.85 * weight * there) / Math.max(1, parts.size));
  return { configuration: code, score, reason: 'configuration_name', from: null, numbersDiffer };
}

/** The option says which of a deal's goods it is, so that it counts more. */
function similarity(a: Wording, b: Wording): number {
  const deal = overlap(a.deal.parts, b.deal.parts);
  if (a.option.parts.size === 0 && b.option.parts.size === 0) return deal;
  return 0.4 * deal + 0.6 * overlap(a.option.parts, b.option.parts);
}

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const part of a) if (b.has(part)) common += 1;
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

function numbersIn(text: string): readonly string[] {
  return text.match(/\d+(?:\.\d+)?/gu) ?? [];
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
