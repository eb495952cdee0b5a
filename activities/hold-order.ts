import { type Command, recordAudit } from '../db/queries/audit';
import { moveDispatch } from '../db/queries/dispatch-states';
import { lockDispatchesOf } from '../db/queries/dispatches';
import { ordersOfEndedRules } from '../db/queries/hold-rules';
import { lockOrder, setHeld, setReleased } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { takeApart } from './give-up';

const AT_MOST = 200;

/** Keeps an order in the house until it is released; once the WMS may have it, that is too late. */
export async function holdOrder(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  return inTransaction(deps.database, async (tx) => {
    const live = (await lockDispatchesOf(tx, orderKey)).filter((d) => !isOver(d.state));
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) return { done: false, says: 'There is no such order' };
    // What a rule holds, a person may take over: it waits on then when the rule ends.
    if (order.heldReason !== null && order.heldByRule === null)
      return { done: true, says: 'It is on hold already' };
    if (order.stage === 'cancelled' || live.some((d) => !isUnsent(d.state))) {
      return { done: false, says: 'Too late: the WMS may have it already, or it is cancelled' };
    }
    for (const dispatch of await takeApart(tx, orderKey, live))
      if (dispatch.state === 'ready') await moveDispatch(tx, dispatch, 'held');
    await setHeld(tx, orderKey, command.reason);
    await parkOrder(tx, orderKey, order.stage, 'held', command.reason);
    await recordAudit(tx, { ...command, action: 'order.hold', subject: orderKey });
    return { done: true, says: 'It is on hold' };
  });
}

/** Lets an order on hold go on; the rules that there are now hold it no more. */
export async function releaseOrder(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  return letGo(deps, orderKey, command, true);
}

/** Lets the orders go on whose rule has ended: another rule may hold them. @returns how many there were. */
export async function releaseEnded(deps: Deps): Promise<number> {
  const keys = await ordersOfEndedRules(deps.database.db, AT_MOST);
  for (const key of keys) {
    await letGo(deps, key, { by: 'boosta', reason: 'The rule that held it has ended' }, false);
    await deps.journeys.nudge(key, 'rematch');
  }
  return keys.length;
}

async function letGo(deps: Deps, orderKey: string, command: Command, forGood: boolean): Promise<Answer> {
  return inTransaction(deps.database, async (tx) => {
    const dispatches = await lockDispatchesOf(tx, orderKey);
    const order = await lockOrder(tx, orderKey);
    if (order === undefined || order.heldReason === null) return { done: false, says: 'It is not on hold' };
    if (!forGood && order.heldByRule === null) return { done: false, says: 'A person holds it' };
    const held = dispatches.filter(({ state }) => state === 'held');
    for (const dispatch of await takeApart(tx, orderKey, held)) await moveDispatch(tx, dispatch, 'ready');
    await setReleased(tx, orderKey, { forGood });
    await unparkOrder(tx, orderKey, command.by);
    await recordAudit(tx, { ...command, action: 'order.release', subject: orderKey });
    return { done: true, says: 'It goes on' };
  });
}
