/** Both of Sabangnet's APIs write a moment with or without separators. */
export { seoulTime as hubTime } from '../../../domain/seoul';

const SEOUL_MS = 9 * 3_600_000;

/** `yyyymmddhhmmss` in Korea, which both of Sabangnet's APIs take; what is left of the second is cut off. */
export function hubSecond(at: Date): string {
  return new Date(at.getTime() + SEOUL_MS).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** `yyyymmdd` in Korea. */
export function hubDay(at: Date): string {
  return hubSecond(at).slice(0, 8);
}
