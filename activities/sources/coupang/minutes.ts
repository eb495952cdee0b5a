import type { TimeWindow } from '../../../domain/order';
import { cutWindow } from '../../../domain/window';

export const MINUTE_MS = 60_000;

/**
 * Stretches of whole minutes, at most so many hours long, that cover a window and some time before it. They share
 * the minute at which they touch: that the last one is part of an answer, only samples say.
 */
export function minutesOf({ from, to }: TimeWindow, lookBackMs: number, hours: number): TimeWindow[] {
  const first = Math.floor((from.getTime() - lookBackMs) / MINUTE_MS);
  const last = Math.max(first + 1, Math.ceil(to.getTime() / MINUTE_MS));
  return cutWindow({ from: new Date(first * MINUTE_MS), to: new Date(last * MINUTE_MS) }, hours);
}
