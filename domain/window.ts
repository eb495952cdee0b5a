import type { TimeWindow } from './order';

/**
 * Stretches of at most so many hours that leave no gap; each begins `overlapMs` before the end of the
 * one before.
 *
 * @throws RangeError for a window that does not begin before it ends.
 */
export function cutWindow(window: TimeWindow, maxHours: number, overlapMs = 0): TimeWindow[] {
  if (!(window.from < window.to)) throw new RangeError('A window begins before it ends');
  const longest = maxHours * 3_600_000;
  const windows: TimeWindow[] = [];
  for (let { from } = window; ; ) {
    const to = new Date(Math.min(from.getTime() + longest, window.to.getTime()));
    windows.push({ from, to });
    if (to >= window.to) return windows;
    from = new Date(to.getTime() - overlapMs);
  }
}
