import { seoulTime } from './seoul';

/** Days in Seoul from one to another, both included, as YYYY-MM-DD. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What a period may be compared with. */
export const COMPARISONS = ['none', 'previous', 'year'] as const;
export type Comparison = (typeof COMPARISONS)[number];

const DAY_MS = 86_400_000;

function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function daysLater(day: string, days: number): string {
  return new Date(at(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days it has; none where it ends before it begins. */
export function lengthOf({ from, to }: Period): number {
  return Math.max(0, Math.round((at(to) - at(from)) / DAY_MS) + 1);
}

export function daysOf(period: Period): string[] {
  return Array.from({ length: lengthOf(period) }, (_, n) => daysLater(period.from, n));
}

/** When some days in Seoul begin, and when they are over; either may be open. */
export function momentsOf({ from, to }: { readonly [K in keyof Period]?: Period[K] | undefined }) {
  return {
    from: from === undefined ? undefined : seoulTime(from),
    before: to === undefined ? undefined : seoulTime(daysLater(to, 1)),
  };
}

/** As many days just before, or the same days a year before; their nth days are compared. */
export function earlierPeriod(period: Period, comparison: Comparison): Period | undefined {
  if (comparison === 'none') return undefined;
  if (comparison === 'year') return { from: yearBefore(period.from), to: yearBefore(period.to) };
  const to = daysLater(period.from, -1);
  return { from: daysLater(to, 1 - lengthOf(period)), to };
}

/** Of 29 February it is 28 February. */
function yearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  const rest = day.slice(4);
  return `${year}${rest === '-02-29' ? '-02-28' : rest}`;
}

/** Whole months, as YYYY-MM and both included, with days that are to be added to them or taken away from them. */
export interface Spans {
  readonly months: Period | undefined;
  readonly added: readonly Period[];
  readonly takenAway: readonly Period[];
}

export const monthOf = (day: string) => day.slice(0, 7);

/** A period by whole months, and by as few days as there can be: of a month it has most of, those that it has not. */
export function spansOf(period: Period): Spans {
  const { from, to } = period;
  const [first, last] = [monthOf(from), monthOf(to)];
  const before = { from: `${first}-01`, to: daysLater(from, -1) };
  const after = { from: daysLater(to, 1), to: lastDayOf(last) };
  const takenAway = (...some: Period[]) => some.filter((one) => lengthOf(one) > 0);
  if (first === last)
    return lengthOf(before) + lengthOf(after) < lengthOf(period)
      ? { months: { from: first, to: last }, added: [], takenAway: takenAway(before, after) }
      : { months: undefined, added: [period], takenAway: [] };
  const head = { from, to: lastDayOf(first) };
  const tail = { from: `${last}-01`, to };
  const [hasHead, hasTail] = [lengthOf(before) < lengthOf(head), lengthOf(after) < lengthOf(tail)];
  const months = {
    from: hasHead ? first : monthOf(daysLater(head.to, 1)),
    to: hasTail ? last : monthOf(daysLater(tail.from, -1)),
  };
  return {
    months: months.from > months.to ? undefined : months,
    added: [...(hasHead ? [] : [head]), ...(hasTail ? [] : [tail])],
    takenAway: takenAway(...(hasHead ? [before] : []), ...(hasTail ? [after] : [])),
  };
}

function lastDayOf(month: string): string {
  return daysLater(`${monthOf(daysLater(`${month}-01`, 31))}-01`, -1);
}
