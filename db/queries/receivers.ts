import type { StandardOrder } from '../../domain/order';
import { RECEIVER_KEY, receiverMarks } from '../../domain/receiver-marks';
import type { Db } from '../database';
import { receiver } from '../schema';
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
