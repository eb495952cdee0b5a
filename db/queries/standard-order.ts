import { and, eq, notInArray, sql } from 'drizzle-orm';
import { dealKey } from '../../domain/deal';
import type { StandardOrder } from '../../domain/order';
import { lineKey } from '../../domain/order-key';
import type { Stage } from '../../domain/stage';
import type { Db } from '../database';
import { order, orderLine, recipient } from '../schema';
import { isBought } from './gifts';
import { writeReceiver } from './receivers';
import { writeSearchTerms } from './search-terms';

/** A record, as the source calls it that it came from. */
export interface RecordName {
  readonly connectionId: string;
  readonly recordId: string;
}

/** How far an order has been read, and where it is to stand. */
export interface Read {
  readonly stage: Stage;
  /** The newest of its raw records that was read before; 0: none, so that nothing is there yet. */
  readonly before: number;
  readonly appliedRecord: number;
}

/** Writes the standard form over what was there. A bought line that it does not name any more is cancelled. */
export async function writeStandardOrder(
  tx: Db,
  standard: StandardOrder,
  tellers: ReadonlyMap<string, RecordName>,
  { stage, before, appliedRecord }: Read,
): Promise<void> {
  const isNew = before === 0;
  await writeLines(tx, standard, tellers);
  if (!isNew) await cancelOtherLines(tx, standard);
  await tx
    .insert(recipient)
    .values({ orderKey: standard.key, ...standard.recipient })
    .onDuplicateKeyUpdate({ set: { ...standard.recipient } });
  await writeSearchTerms(tx, standard, isNew ? [] : undefined);
  await writeReceiver(tx, standard);
  await tx
    .update(order)
    .set({
      shippingFee: standard.shippingFee,
      orderedAt: standard.orderedAt,
      shipBy: standard.shipBy,
      stage,
      appliedRecord,
      updatedAt: sql`now(6)`,
    })
    .where(eq(order.key, standard.key));
}

async function cancelOtherLines(tx: Db, { key: orderKey, lines }: StandardOrder): Promise<void> {
  const keys = lines.map(({ lineNumber }) => lineKey(orderKey, lineNumber));
  await tx
    .update(orderLine)
    .set({ cancelledQuantity: sql`${orderLine.quantity}` })
    .where(and(eq(orderLine.orderKey, orderKey), notInArray(orderLine.key, keys), isBought));
}

/** Writes lines over what was there of the same number; the others stay as they are. */
export async function writeLines(
  tx: Db,
  { key: orderKey, channel, lines }: StandardOrder,
  tellers: ReadonlyMap<string, RecordName>,
): Promise<void> {
  const tellerOf = (lineNumber: string) => {
    const teller = tellers.get(lineNumber);
    if (teller === undefined) throw new RangeError(`No record tells of line ${lineNumber} of ${orderKey}`);
    return teller;
  };
  const rows = lines.map(
    ({
      lineNumber,
      deal,
      option,
      quantity,
      cancelledQuantity,
      amount,
      discount,
    }): typeof orderLine.$inferInsert => ({
      key: lineKey(orderKey, lineNumber),
      ...tellerOf(lineNumber),
      orderKey,
      dealKey: dealKey({ channel, deal, option }),
      lineNumber,
      deal,
      option,
      quantity,
      cancelledQuantity,
      amount,
      discount,
    }),
  );
  await tx
    .insert(orderLine)
    .values(rows)
    .onDuplicateKeyUpdate({
      set: {
        connectionId: sql`values(connection_id)`,
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
}
