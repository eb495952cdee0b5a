import { seoulDay } from './seoul';

/** When a channel wants orders shipped. */
export interface ShippingRule {
  /** Minutes after midnight in Seoul: an order placed later counts as of the next day. */
  readonly cutOffMinutes: number;
  /** Working days after that day until which it has to ship. */
  readonly shipWithinDays: number;
}

const DAY_MS = 86_400_000;
const SEOUL_MS = 9 * 3_600_000;

/**
 * The end of the day in Seoul by which an order has to ship. Saturdays and Sundays are no working days; public
 * holidays are not known here, so that a date may be told too early, never too late.
 */
export function shipByOf(orderedAt: Date, { cutOffMinutes, shipWithinDays }: ShippingRule): Date {
  const inSeoul = new Date(orderedAt.getTime() + SEOUL_MS);
  const minutes = inSeoul.getUTCHours() * 60 + inSeoul.getUTCMinutes();
  let day = Date.parse(`${seoulDay(orderedAt)}T00:00:00Z`);
  if (minutes >= cutOffMinutes) day += DAY_MS;
  while (!isWorkingDay(day)) day += DAY_MS;
  for (let left = shipWithinDays; left > 0; ) {
    day += DAY_MS;
    if (isWorkingDay(day)) left -= 1;
  }
  return new Date(day + DAY_MS - 1 - SEOUL_MS);
}

function isWorkingDay(day: number): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}
