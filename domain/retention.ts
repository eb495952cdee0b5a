/** For how many days after an order's end its personal data is kept, unless somebody has decided otherwise. */
export const KEEP_DAYS = 180;

/** A day, so that what has ended today is never erased; ten years. */
export const KEEP_DAYS_LEAST = 1;
export const KEEP_DAYS_MOST = 3_650;

/** At so many orders a preview of the erasing looks: of those that ended first. */
export const LOOKED_AT_MOST = 1_000;

const DAY_MS = 86_400_000;

/** What has ended before this moment is not kept any more. */
export function keptSince(keepDays: number, now = new Date()): Date {
  return new Date(now.getTime() - keepDays * DAY_MS);
}

/** What keeps an order that ended long ago: an open task, a claim or a return since, something told and not read yet. */
export const HOLDS = ['task', 'claim', 'return', 'news'] as const;
export type Hold = (typeof HOLDS)[number];
