import { type Claim, cancelledUnits } from './claim';
import type { OrderLine, OrderPart, StandardOrder } from './order';
import { orderKey } from './order-key';

/**
 * One order out of what its raw records say now (of each its newest version only), oldest first: the
 * newest one tells the recipient, and for each line the newest record that names it. What its claims take
 * back is cancelled.
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
  return { ...newest, key, shippingFee, lines: [...lines.values()].map((line) => less(line, cancelled)) };
}

/** An order's own record may have taken in some of the claims, all of them or none: the higher count is right. */
function less(line: OrderLine, cancelled: ReadonlyMap<string, number>): OrderLine {
  const units = Math.max(line.cancelledQuantity, cancelled.get(line.lineNumber) ?? 0);
  return { ...line, cancelledQuantity: Math.min(line.quantity, units) };
}

export function isCancelled(order: OrderPart): boolean {
  return order.lines.every((line) => line.cancelledQuantity >= line.quantity);
}
