import { type Command, recordAudit } from '../db/queries/audit';
import { moveDispatch } from '../db/queries/dispatch-states';
import { lockDispatchesOf } from '../db/queries/dispatches';
import { lockOrder, setHeld } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import type { Deps } from './deps';

/** Keeps an order in the house until it is released; once the WMS may have it, that is too late. */
export async function holdOrder(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  return inTransaction(deps.database, async (tx) => {
    const live = (await lockDispatchesOf(tx, orderKey)).filter((d) => !isOver(d.state));
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) return { done: false, says: 'There is no such order' };
    if (order.heldReason !== null) return { done: true, says: 'It is on hold already' };
    if (order.stage === 'cancelled' || live.some((d) => !isUnsent(d.state))) {
      return { done: false, says: 'Too late: the WMS may have it already, or it is cancelled' };
    }
    for (const dispatch of live) if (dispatch.state === 'ready') await moveDispatch(tx, dispatch, 'held');
    await setHeld(tx, orderKey, command.reason);
    await parkOrder(tx, orderKey, order.stage, 'held', command.reason);
    await recordAudit(tx, { ...command, action: 'order.hold', subject: orderKey });
    return { done: true, says: 'It is on hold' };
  });
}

/** Lets an order on hold go on. */
export async function releaseOrder(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  return inTransaction(deps.database, async (tx) => {
    const dispatches = await lockDispatchesOf(tx, orderKey);
    const order = await lockOrder(tx, orderKey);
    if (order === undefined || order.heldReason === null) return { done: false, says: 'It is not on hold' };
    for (const dispatch of dispatches) {
      if (dispatch.state === 'held') await moveDispatch(tx, dispatch, 'ready');
    }
    await setHeld(tx, orderKey, null);
    await unparkOrder(tx, orderKey, command.by);
    await recordAudit(tx, { ...command, action: 'order.release', subject: orderKey });
    return { done: true, says: 'It goes on' };
  });
}
