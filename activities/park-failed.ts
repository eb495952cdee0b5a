import { lockOrder } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';

/** A step has failed for good: nothing goes on by itself, and somebody sees why. */
export async function parkFailed(deps: Deps, orderKey: string, reason: string): Promise<Standing> {
  return inTransaction(deps.database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    await parkOrder(tx, orderKey, order.stage, 'failed', reason);
    return { stage: order.stage, waiting: 'failed' };
  });
}

/** It is tried again; should it fail again, that is a task again. */
export async function resumeOrder(deps: Deps, orderKey: string): Promise<void> {
  await inTransaction(deps.database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order?.waiting === 'failed') await unparkOrder(tx, orderKey, 'boosta');
  });
}
