import { inArray } from 'drizzle-orm';
import type { StandardOrder } from '../../domain/order';
import { RECEIVER_KEY, receiverMarks } from '../../domain/receiver-marks';
import type { Db } from '../database';
import { receiver } from '../schema';
import { recipientsOf } from './orders';
import { secretNamed } from './server-secret';

/** Writes what an order's companions are found by; in the transaction that writes its recipient. */
export async function writeReceiver(
  tx: Db,
  { key: orderKey, recipient }: Pick<StandardOrder, 'key' | 'recipient'>,
): Promise<void> {
  const marks = receiverMarks(await secretNamed(tx, RECEIVER_KEY), recipient);
  await tx
    .insert(receiver)
    .values({ orderKey, ...marks })
    .onDuplicateKeyUpdate({ set: marks });
}

/** The marks of orders' receivers, by their keys; those that are erased have none. */
export async function receiversOf(db: Db, orderKeys: readonly string[]) {
  const rows = await db
    .select()
    .from(receiver)
    .where(inArray(receiver.orderKey, [...orderKeys]));
  return new Map(rows.map(({ orderKey, ...marks }) => [orderKey, marks]));
}

/** Has orders found that were read before there were marks; in a transaction that has locked them. */
export async function markReceivers(tx: Db, orderKeys: readonly string[]): Promise<void> {
  const known = await receiversOf(tx, orderKeys);
  const unmarked = orderKeys.filter((key) => !known.has(key));
  for (const [key, recipient] of await recipientsOf(tx, unmarked))
    await writeReceiver(tx, { key, recipient });
}
