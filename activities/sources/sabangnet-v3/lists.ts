import type { TimeWindow } from '../../../domain/order';
import { hubSecond } from '../sabangnet/hub-time';
import type { HubList } from './read-page';
import type { SabangnetV3Settings } from './settings';

const DAY_MS = 86_400_000;
/** dateSearchCondition: 1 the order's date, 2 the hub's collecting it, 3 its shipping. */
const BY_COLLECTION = 2;

/** Items of an order's line that are asked for by the names they always have. */
export const ORDER_ITEMS = {
  id: 'SB_ORD_NO',
  orderNumber: 'SHOP_ORD_NO',
  status: 'ORDER_STATUS',
  orderedAt: 'ORDER_DT',
  name: 'RECEIVER_NM',
  mobile: 'RECEIVER_CEL',
  landline: 'RECEIVER_TEL',
  postcode: 'RECEIVER_ZIPCODE',
  address: 'RECEIVER_ADDR',
  deliveryMessage: 'DELIVERY_MSG',
  quantity: 'ORD_CNT',
  shippingFee: 'CT_DELIVERY_COST',
} as const;

export const CLAIM_STATUS = 'CLAIM_STS_DIV_CD';

export function orderItems({ items }: SabangnetV3Settings): string[] {
  const { mall, lineNumber, deal, option, amount, paid } = items;
  return [...Object.values(ORDER_ITEMS), mall, lineNumber, deal, option, amount, paid];
}

/** Assumed: a list of claims takes the items of the order's line, too. */
export function claimItems({ items }: SabangnetV3Settings): string[] {
  const { id, orderNumber, quantity } = ORDER_ITEMS;
  return [
    items.claimNumber,
    CLAIM_STATUS,
    items.claimedAt,
    id,
    orderNumber,
    quantity,
    items.mall,
    items.lineNumber,
  ];
}

/**
 * Orders that the hub collected in a stretch of time, whatever their status. Reading them changes none: with
 * updateOrderStsYn left out, the hub would take them for confirmed.
 */
export function ordersCollected(window: TimeWindow, items: readonly string[]): HubList {
  const query = { dateSearchCondition: BY_COLLECTION, updateOrderStsYn: 'N' };
  return { of: 'orders', path: 'order', query: { ...datesOf(window), ...query, responseItems: items } };
}

/** Assumed: by the moment at which the hub collected them. */
export function claimsCollected(window: TimeWindow, items: readonly string[]): HubList {
  return { of: 'claims', path: 'claim', query: { ...datesOf(window), responseItems: items } };
}

export function daysBefore({ from, to }: TimeWindow, days: number): TimeWindow {
  return { from: new Date(from.getTime() - days * DAY_MS), to };
}

/** Assumed: both seconds are part of the answer; the window itself ends before `to`. */
function datesOf({ from, to }: TimeWindow) {
  return { startDate: hubSecond(from), endDate: hubSecond(new Date(to.getTime() - 1)) };
}
