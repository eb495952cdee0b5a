import type { CatalogueDeal, Channel } from '../catalogue';
import { listingOf } from '../listings';

/**
 * Order numbers in each mall's style, unique within a day: the seed gives the day its own range (of
 * 1,000), the index is the place in it.
 */
export function orderNumber(channel: Channel, date: string, seed: number, index: number): string {
  const day = date.replaceAll('-', '');
  const place = String((Math.abs(seed) % 1_000) * 100_000 + index).padStart(8, '0');
  switch (channel) {
    case 'coupang':
      return `28${day.slice(2)}${place.slice(-8)}`;
    case 'smartstore':
      return `${day}${place}`;
    case '11st':
      return `${day}0${place}`;
    case 'gmarket':
      return `4${day.slice(3)}${place}`;
    case 'auction':
      return `2${day.slice(3)}${place}`;
    case 'kakao':
      return `${day.slice(2)}-K${place}`;
    case 'lotteon':
      return `${day}L${place}`;
    case 'ssg':
      return `${day}S${place}`;
    case 'groupbuy':
      return `GB${day.slice(2)}-${place}`;
    case 'b2b':
      return `B2B-${day}-${place}`;
    case 'sample':
      return `S-${day}-${place}`;
  }
}

/**
 * The number of an order's line in each mall's style: SmartStore gives lines numbers of their own (상품주문번호),
 * unique over all orders and beyond 2^53; Coupang knows a line by the option that was bought (옵션ID), which an
 * order has once; the others count within the order.
 */
export function lineNumber(deal: CatalogueDeal, ofOrder: string, place: number): string {
  if (deal.channel === 'smartstore') return `${ofOrder}${place}`;
  return deal.channel === 'coupang' ? listingOf(deal.channel, deal) : String(place);
}
