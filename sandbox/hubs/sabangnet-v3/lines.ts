import type { Channel } from '../../catalogue';
import type { EmittedLine } from '../../generator/generate-day';
import type { BookClaim, BookOrder } from '../../marketplaces/book-order';
import type { OrderBook } from '../../marketplaces/order-book';
import { hubTime } from '../sabangnet-xml/fields';
import type { HubSettings } from './settings';

/** The mall's name in the hub. */
export const MALL_NAMES: Readonly<Partial<Record<Channel, string>>> = { lotteon: '롯데ON', ssg: 'SSG.COM' };

/** The statuses that the stand-in knows, with the number they are asked for by. */
export const STATUS_CODES = {
  NEW_ORDER: '001',
  ORDER_CONFIRM: '002',
  DELIVERY_READY: '003',
  DELIVERY_COMPLETED: '004',
  CANCEL_RECEIPT: '007',
  EXCHANGE_RECEIPT: '008',
  RETURN_RECEIPT: '009',
  CANCEL_COMPLETED: '010',
  EXCHANGE_COMPLETED: '011',
  RETURN_COMPLETED: '012',
} as const;

export type HubStatus = keyof typeof STATUS_CODES;

/** One line of an order: what the hub keeps a record of. */
export interface HubLine {
  readonly sbOrderNo: string;
  readonly order: BookOrder;
  readonly line: EmittedLine;
}

const FIRST = 2_000_000_000;
const LINES_PER_ORDER = 100;

/** The hub's records, the oldest first. What nobody was to be shown before it was taken back is none. */
export function linesOf(book: OrderBook): HubLine[] {
  const now = book.clock();
  const offered = book.offered().filter((order) => order.read || order.broken || !order.isCancelled(now));
  return offered.flatMap((order) => {
    // One that cannot be read is one record, whatever it would be of.
    const lines = order.broken ? order.order.lines.slice(0, 1) : order.order.lines;
    return lines.map((line, index) => ({ sbOrderNo: numberOf(order, index), order, line }));
  });
}

function numberOf({ serial }: BookOrder, index: number): string {
  return String(FIRST + serial * LINES_PER_ORDER + index);
}

export function lineNamed(book: OrderBook, sbOrderNo: string): HubLine | undefined {
  const place = Number(sbOrderNo) - FIRST;
  const order = book.bySerial(Math.floor(place / LINES_PER_ORDER));
  const line = order?.order.lines[place % LINES_PER_ORDER];
  return order && line ? { sbOrderNo, order, line } : undefined;
}

export function statusOf(
  { order, line }: HubLine,
  now: number,
  { mallTakesInvoiceAfterMs }: HubSettings,
): HubStatus {
  if (order.cancelledUnits(line, now) === line.quantity) return 'CANCEL_COMPLETED';
  const claim = order.claimsBy(now).findLast((each) => isOfWhole(each, line));
  if (claim !== undefined && order.stateOf(claim) !== 'withdrawn') return claimStatusOf(order, claim);
  const invoice = order.invoicesOf(line.lineNumber).at(-1);
  if (invoice === undefined) return order.acknowledgedAt === null ? 'NEW_ORDER' : 'ORDER_CONFIRM';
  const taken = mallTakesInvoiceAfterMs !== null && now - invoice.at >= mallTakesInvoiceAfterMs;
  return taken ? 'DELIVERY_COMPLETED' : 'DELIVERY_READY';
}

function isOfWhole({ lines }: BookClaim, { lineNumber, quantity }: EmittedLine): boolean {
  return lines.some((each) => each.lineNumber === lineNumber && each.quantity === quantity);
}

const NAMES = { cancellation: 'CANCEL', return: 'RETURN', exchange: 'EXCHANGE' } as const;

/** A claim that is not withdrawn. */
export function claimStatusOf(order: BookOrder, claim: BookClaim): HubStatus {
  return `${NAMES[claim.kind]}_${order.stateOf(claim) === 'done' ? 'COMPLETED' : 'RECEIPT'}`;
}

/** What every list may tell of a line. */
export function itemsOf({ sbOrderNo, order, line }: HubLine): Record<string, string | null> {
  const { recipient } = order;
  const emitted = order.order;
  return {
    SB_ORD_NO: sbOrderNo,
    SHOP_ORD_NO: emitted.orderNumber,
    SHOP_ORD_SEQ: line.lineNumber,
    SHOP_NM: MALL_NAMES[emitted.channel] ?? emitted.channel,
    shmaId: emitted.channel,
    SHOP_LOGIN_ID: 'modamtteul',
    ORDER_DT: order.broken ? '0000-00-00 00:00:00' : spaced(emitted.placedAt.getTime()),
    REG_DATE: spaced(order.offeredAt),
    RECEIVER_NM: recipient.name,
    RECEIVER_CEL: recipient.mobile,
    RECEIVER_TEL: recipient.safeNumber ?? '- -',
    RECEIVER_ZIPCODE: recipient.postcode,
    RECEIVER_ADDR: recipient.address,
    DELIVERY_MSG: recipient.deliveryMessage,
    CM_PRD_NM: line.deal,
    CM_SKU_NM: line.option === '' ? '단품' : line.option,
    ORD_CNT: String(line.quantity),
    ORDER_TOT_AMT: String(line.amount),
    PAY_TOT_AMT: String(line.amount - line.discount),
    CT_DELIVERY_COST: String(emitted.shippingFee),
  };
}

/** `yyyy-mm-dd hh:mm:ss` in Korea. */
export function spaced(at: number): string {
  return hubTime(at).replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');
}
