import type { EmittedLine } from '../../generator/generate-day';
import type { BookClaim, BookOrder, Invoice } from '../book-order';
import type { OrderBook } from '../order-book';
import type { CoupangStandInSettings } from './settings';

/** What all routes of the stand-in share. */
export interface Shop {
  readonly book: OrderBook;
  readonly settings: () => CoupangStandInSettings;
}

/** 묶음배송: what one parcel of an order is to hold. */
export interface Box {
  readonly id: bigint;
  readonly isFirst: boolean;
  readonly order: BookOrder;
  readonly lines: readonly EmittedLine[];
}

export type BoxStatus = 'ACCEPT' | 'INSTRUCT' | CoupangStandInSettings['shippedStatus'];

/** 18 digits, as Coupang's ids of parcels have since 2024: beyond 2^53. */
const FIRST_ID = 642_538_970_000_000_000n;
const BOXES_AT_MOST = 10;

export function boxesOf({ settings }: Shop, order: BookOrder): Box[] {
  const { linesPerBox } = settings();
  const boxes: Box[] = [];
  for (let first = 0; first < order.order.lines.length; first += linesPerBox) {
    const id = FIRST_ID + BigInt(order.serial * BOXES_AT_MOST + boxes.length);
    const lines = order.order.lines.slice(first, first + linesPerBox);
    boxes.push({ id, isFirst: first === 0, order, lines });
  }
  return boxes;
}

export function boxById(shop: Shop, id: bigint): Box | undefined {
  const order = shop.book.bySerial(Number((id - FIRST_ID) / BigInt(BOXES_AT_MOST)));
  const isOffered = order !== undefined && order.offeredAt <= shop.book.clock();
  return isOffered ? boxesOf(shop, order).find((box) => box.id === id) : undefined;
}

export function invoiceOf({ order, lines }: Box): Invoice | undefined {
  return order.invoicesOf(lines[0]?.lineNumber ?? '').at(-1);
}

export function statusOf(shop: Shop, box: Box): BoxStatus {
  if (invoiceOf(box) !== undefined) return shop.settings().shippedStatus;
  return box.order.acknowledgedAt === null ? 'ACCEPT' : 'INSTRUCT';
}

/** Units of a line that are refunded, and those that wait for it. */
export function takenBack({ book, settings }: Shop, order: BookOrder, { lineNumber }: EmittedLine) {
  const now = book.clock();
  let cancelled = 0;
  let held = 0;
  for (const claim of order.claimsBy(now)) {
    const units = claim.lines.find((line) => line.lineNumber === lineNumber)?.quantity ?? 0;
    const state = claim.kind === 'cancellation' ? order.stateOf(claim) : 'withdrawn';
    if (state === 'done' && !(isEarly(order, claim) && now < claim.at + settings().refundMs))
      cancelled += units;
    else if (state !== 'withdrawn') held += units;
  }
  return { cancelled, held };
}

export function isGone(shop: Shop, { order, lines }: Box): boolean {
  return lines.every((line) => takenBack(shop, order, line).cancelled >= line.quantity);
}

/** Made before the seller took the order over: it needs nobody's consent. */
export function isEarly({ acknowledgedAt }: BookOrder, { kind, at }: BookClaim): boolean {
  return kind === 'cancellation' && (acknowledgedAt === null || acknowledgedAt > at);
}

/** Customers' claims that a parcel waits for. */
export function openClaimsOn({ book }: Shop, { order, lines }: Box): BookClaim[] {
  const names = new Set(lines.map(({ lineNumber }) => lineNumber));
  return order
    .claimsBy(book.clock())
    .filter((claim) => claim.kind === 'cancellation' && order.stateOf(claim) === 'requested')
    .filter((claim) => claim.lines.some(({ lineNumber }) => names.has(lineNumber)));
}

/** All lines of a parcel have its number, those that are cancelled as well. */
export function shipBox({ book }: Shop, { order, lines }: Box, invoice: Omit<Invoice, 'at'>): void {
  for (const { lineNumber } of lines)
    book.record({ type: 'invoice', at: book.clock(), serial: order.serial, lineNumber, ...invoice });
}
