import { COMMANDS } from './korean/commands';
import { FIELDS } from './korean/fields';
import { FILES } from './korean/files';
import { JOURNEY } from './korean/journey';
import { PACKING } from './korean/packing';
import { REFUSALS } from './korean/refusals';
import type { Sentences } from './korean/sentences';
import { SOURCES } from './korean/sources';
import { TIMELINE } from './korean/timeline';
import { WMSES } from './korean/wmses';
import { JOINTS, WORDS } from './korean/words';

interface Pattern {
  readonly fits: RegExp;
  /** A part that has to be in the sentence: looked for first, as it costs less than the pattern. */
  readonly anchor: string;
  /** How much of it is said, and not left open. */
  readonly said: number;
  readonly korean: string;
}

const PLACE = /\{(\w+)\}/u;
/** The place of words that are not ours. */
const QUOTED = 'said';

/** All that is known, in no order of its own. */
export const SENTENCES: readonly (readonly [english: string, korean: string])[] = [
  COMMANDS,
  JOURNEY,
  PACKING,
  REFUSALS,
  WMSES,
  SOURCES,
  FIELDS,
  FILES,
  TIMELINE,
  WORDS,
  JOINTS,
].flatMap((table: Sentences) => Object.entries(table));

/** The one that says the most is tried first, so that a joint is the last resort. */
const PATTERNS: readonly Pattern[] = SENTENCES.map(([english, korean]) =>
  patternOf(english, korean),
).toSorted((one, other) => other.said - one.said);

/** What the server says, in Korean; what is not known is left as it is, as are the words of others in it. */
export function koreanOf(says: string): string {
  for (const { fits, anchor, korean } of PATTERNS) {
    if (!says.includes(anchor)) continue;
    const groups = fits.exec(says)?.groups;
    if (groups === undefined) continue;
    return korean.replace(new RegExp(PLACE, 'gu'), (_, name: string) => {
      const held = groups[name] ?? '';
      return name === QUOTED ? held : koreanOf(held);
    });
  }
  return says;
}

function patternOf(english: string, korean: string): Pattern {
  // Every second part is the name of a place.
  const parts = english.split(PLACE);
  const literal = parts.filter((_, index) => index % 2 === 0);
  const source = parts.map((part, index) => (index % 2 === 0 ? escape(part) : `(?<${part}>.*?)`)).join('');
  return {
    // The group that is always there tells a match without places from none.
    fits: new RegExp(`^(?<whole>)${source}$`, 'su'),
    anchor: literal.reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
    said: literal.join('').length,
    korean,
  };
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}
