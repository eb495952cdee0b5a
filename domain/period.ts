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
