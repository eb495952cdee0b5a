import { DateTime } from 'luxon';

/** Times and amounts as people read them. */

/** 2026-11-22 10:31:05 +09:00 */
export function formatTime(at: Date): string {
  return DateTime.fromJSDate(at, { zone: 'Asia/Seoul' }).toFormat('yyyy-MM-dd HH:mm:ss ZZ');
}

/** 12,345원 */
export function formatWon(amount: bigint): string {
  return `${amount.toLocaleString('en-US')}원`;
}
