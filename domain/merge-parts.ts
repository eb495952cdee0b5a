import { type Claim, cancelledUnits } from './claim';
import type { OrderLine, OrderPart, StandardOrder } from './order';
import { orderKey } from './order-key';

/**
 * One order out of what the raw records of one source say now (of each its newest version only), oldest
 * first: the newest one tells the recipient, and for each line the newest record that names it. What its
 * claims take back is cancelled.
 *
 * @throws RangeError when there is no part, or the parts are of different orders.
 */
export function mergeParts(parts: readonly OrderPart[], claims: readonly Claim[] = []): StandardOrder {
  const newest = parts.at(-1);
  if (newest === undefined) throw new RangeError('An order needs at least one record');
  const key = orderKey(newest.channel, newest.orderNumber);
  const lines = new Map<string, OrderLine>();
  let shippingFee = 0n;
  for (const part of parts) {
    if (orderKey(part.channel, part.orderNumber) !== key) throw new RangeError('Records of different orders');
    if (part.shippingFee > shippingFee) shippingFee = part.shippingFee;
    for (const line of part.lines) lines.set(line.lineNumber, line);
  }
  const cancelled = cancelledUnits(claims);
  return {
    ...newest,
    key,
    shippingFee,
    lines: [...lines.values()].map((line) => less(line, cancelled.get(line.lineNumber) ?? 0)),
  };
}

/** An order's own record may have taken in some of the claims, all of them or none: the higher count is right. */
function less(line: OrderLine, cancelled: number): OrderLine {
  return {
    ...line,
    cancelledQuantity: Math.min(line.quantity, Math.max(line.cancelledQuantity, cancelled)),
  };
}

/** What one source says of an order. */
export interface SourceWord {
  readonly parts: readonly OrderPart[];
  readonly claims: readonly Claim[];
}

export interface MergedSources {
  readonly order: StandardOrder;
  /** Numbers of lines that only another source tells of: they may be the same ones by another number. */
  readonly conflicting: readonly string[];
}

/**
 * One order that several sources tell of. One word counts, `leading`; the others can only take units back, of
 * lines that it tells of too. No line of theirs is added: it would ship what may be there already.
 *
 * @throws RangeError as {@link mergeParts} does.
 */
export function mergeSources(leading: SourceWord, others: readonly SourceWord[]): MergedSources {
  const order = mergeParts(leading.parts, leading.claims);
  const told = others
    .filter(({ parts }) => parts.length > 0)
    .map((each) => mergeParts(each.parts, each.claims));
  const claimed = cancelledUnits(
    others.filter(({ parts }) => parts.length === 0).flatMap(({ claims }) => claims),
  );
  const elsewhere = told.flatMap(({ lines }) => lines);
  const known = new Set(order.lines.map(({ lineNumber }) => lineNumber));
  const lines = order.lines.map((line) => {
    const counts = elsewhere
      .filter(({ lineNumber }) => lineNumber === line.lineNumber)
      .map(({ cancelledQuantity }) => cancelledQuantity);
    return less(line, Math.max(claimed.get(line.lineNumber) ?? 0, ...counts));
  });
  const conflicting = elsewhere.map(({ lineNumber }) => lineNumber).filter((number) => !known.has(number));
  return { order: { ...order, lines }, conflicting: [...new Set(conflicting)] };
}

export function isCancelled(order: OrderPart): boolean {
  return order.lines.every((line) => line.cancelledQuantity >= line.quantity);
}
