import { and, eq, notInArray, sql } from 'drizzle-orm';
import { dealKey } from '../../domain/deal';
import type { StandardOrder } from '../../domain/order';
import { lineKey } from '../../domain/order-key';
import type { Stage } from '../../domain/stage';
import type { Db } from '../database';
import { order, orderLine, recipient } from '../schema';

/** Writes the standard form over what was there. A line that it does not name any more is cancelled. */
export async function writeStandardOrder(
  tx: Db,
  standard: StandardOrder,
  recordIdOf: (lineNumber: string) => string,
  appliedRecord: number,
  stage: Stage,
): Promise<void> {
  await writeLines(tx, standard, recordIdOf);
  await tx
    .insert(recipient)
    .values({ orderKey: standard.key, ...standard.recipient })
    .onDuplicateKeyUpdate({ set: { ...standard.recipient } });
  await tx
    .update(order)
    .set({
      shippingFee: standard.shippingFee,
      orderedAt: standard.orderedAt,
      stage,
      appliedRecord,
      updatedAt: sql`now(6)`,
    })
    .where(eq(order.key, standard.key));
}

async function writeLines(
  tx: Db,
  { key: orderKey, channel, lines }: StandardOrder,
  recordIdOf: (lineNumber: string) => string,
): Promise<void> {
  const rows = lines.map((line) => ({
    ...line,
    key: lineKey(orderKey, line.lineNumber),
    recordId: recordIdOf(line.lineNumber),
    orderKey,
    dealKey: dealKey({ channel, deal: line.deal, option: line.option }),
  }));
  await tx
    .insert(orderLine)
    .values(rows)
    .onDuplicateKeyUpdate({
      set: {
        recordId: sql`values(record_id)`,
        deal: sql`values(deal)`,
        option: sql`values(option_text)`,
        dealKey: sql`values(deal_key)`,
        quantity: sql`values(quantity)`,
        cancelledQuantity: sql`values(cancelled_quantity)`,
        amount: sql`values(amount)`,
        discount: sql`values(discount)`,
      },
    });
  const keys = rows.map((row) => row.key);
  await tx
    .update(orderLine)
    .set({ cancelledQuantity: sql`${orderLine.quantity}` })
    .where(and(eq(orderLine.orderKey, orderKey), notInArray(orderLine.key, keys)));
}
