import type { Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { decideCancellations } from '../db/queries/claims';
import { type LockedDispatch, lockDispatchesOf } from '../db/queries/dispatches';
import { type LockedOrder, lockOrder, markApplied, setStage } from '../db/queries/orders';
import { openPieces } from '../db/queries/shipments';
import { openTask, parkOrder, unparkOrder } from '../db/queries/tasks';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import { WmsUnavailable } from './failures';
import { takeBackGifts } from './give-gifts';
import { giveUp } from './give-up';

/** Who asks when the channel has cancelled or changed an order. */
const CHANNEL = 'channel';

/**
 * `upTo`: the raw record that told of it; it is dealt with when the outcome is written. `isRecall`: what is
 * stopped is sent anew as the channel wants it now, and the order is not over.
 */
export type Cancellation = Command & { readonly upTo?: number; readonly isRecall?: boolean };

type Outcome = 'stopped' | 'in part' | 'too late' | 'unknown';

const SAYS: Readonly<Record<Outcome, Answer>> = {
  stopped: { done: true, says: 'It is cancelled' },
  'in part': { done: true, says: 'The rest is cancelled, a part had shipped' },
  'too late': { done: false, says: 'Too late: the WMS ships it' },
  unknown: { done: false, says: 'Whether the WMS has stopped it is unknown' },
};

/**
 * Writes down how the race between a cancellation and the warehouse ended, once the WMS has been asked.
 *
 * @throws WmsUnavailable while a sender has the order in hand.
 */
export async function endCancellation(tx: Db, orderKey: string, command: Cancellation): Promise<Answer> {
  const locked = await lockDispatchesOf(tx, orderKey);
  const order = await lockOrder(tx, orderKey);
  if (order === undefined) throw new RangeError(`No order ${orderKey}`);
  // Made since the beginning, by a match that was saved meanwhile.
  const unsent = locked.filter((d) => isUnsent(d.state));
  await giveUp(tx, orderKey, unsent);
  const dispatches = locked.filter((d) => !unsent.includes(d));
  if (dispatches.some((d) => d.state === 'sending' || d.state === 'unknown'))
    throw new WmsUnavailable('It is being sent this moment', 2_000);
  const outcome = judge(dispatches, await hasRest(tx, orderKey, dispatches));
  await carryOut(tx, order, outcome, command);
  await decideCancellations(tx, orderKey, outcome === 'in part' ? 'too late' : outcome);
  const { by, reason, isRecall } = command;
  const action = isRecall === true ? 'order.recall' : 'order.cancel';
  await recordAudit(tx, { by, reason, action, subject: orderKey, detail: { outcome } });
  if (outcome === 'stopped' && isRecall === true)
    return { done: true, says: 'It is stopped, to be sent anew' };
  return SAYS[outcome];
}

async function carryOut(
  tx: Db,
  { key, stage }: LockedOrder,
  outcome: Outcome,
  command: Cancellation,
): Promise<void> {
  if (outcome === 'unknown')
    return parkOrder(tx, key, stage, 'cancel_unknown', 'Whether the WMS has stopped it is unknown');
  await unparkOrder(tx, key, command.by);
  // What is recalled is read again: what was told of it is not applied yet.
  if (outcome === 'stopped' && command.isRecall === true) return;
  await takeBackGifts(tx, key);
  if (command.upTo !== undefined) await markApplied(tx, key, command.upTo);
  if (outcome === 'stopped') return setStage(tx, key, 'cancelled');
  // Of an order that was split, what had not been sent is given up: nothing is left to send.
  if (stage === 'matched') await setStage(tx, key, 'dispatched');
  if (command.by !== CHANNEL && command.upTo === undefined) return;
  const sent = outcome === 'too late' ? 'it' : 'a part of it';
  const news = command.isRecall === true ? 'The channel changed it' : 'The customer cancelled';
  const reason = `${command.by === CHANNEL ? command.reason : news} after the WMS had sent ${sent}: it is to be settled with the customer`;
  await openTask(tx, 'changed_too_late', { orderKey: key }, reason);
}

/** Whether something of the order is in a dispatch that has ended, and did not leave. */
async function hasRest(tx: Db, key: string, dispatches: readonly LockedDispatch[]): Promise<boolean> {
  const ended = dispatches.filter(({ state }) => state === 'shipped').map(({ id }) => id);
  const pieces = await openPieces(tx, ended);
  return pieces.some(({ orderKey, quantity }) => orderKey === key && quantity > 0);
}

/** The race between the cancellation and the warehouse, and how it ended. */
function judge(dispatches: readonly LockedDispatch[], haveRest: boolean): Outcome {
  if (dispatches.every((d) => isOver(d.state))) return 'stopped';
  // Asked once more for another order's sake meanwhile, it is as open.
  if (dispatches.some((d) => d.state === 'cancel_unknown' || d.state === 'cancelling')) return 'unknown';
  return haveRest ? 'in part' : 'too late';
}
