import { seoulSecond } from '../../../domain/seoul';

/** Both of Sabangnet's APIs write a moment with or without separators, and take one without. */
export { seoulSecond as hubSecond, seoulTime as hubTime } from '../../../domain/seoul';

/** `yyyymmdd` in Korea. */
export function hubDay(at: Date): string {
  return seoulSecond(at).slice(0, 8);
}
