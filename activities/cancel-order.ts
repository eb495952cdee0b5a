import type { Db } from '../db/database';
import { firstSentAt, recordAttempt } from '../db/queries/attempts';
import { markCancelling, markStaying, moveDispatch } from '../db/queries/dispatch-states';
import { dispatchesOf, type LockedDispatch, lockDispatch, lockDispatchesOf } from '../db/queries/dispatches';
import { type LockedOrder, lockOrder } from '../db/queries/orders';
import { hasShipped } from '../db/queries/shipments';
import { parkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import {
  cancellationIsFinal,
  type DispatchState,
  isOver,
  isUnsent,
  msUntilSettled,
} from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import { endWithWhatShipped } from './close-rest';
import type { WmsConnection } from './connections';
import type { Deps } from './deps';
import { type Cancellation, endCancellation } from './end-cancellation';
import { WmsUnavailable } from './failures';
import { dissolve, giveUp } from './give-up';
import { nudgeShort } from './nudge-short';
import { withPermit } from './permits';
import { reportRest, sendOthersAnew } from './send-others-anew';
import { readShipments } from './watch-shipments';
import { findOrder } from './wms/find-order';
import type { CancelReply, Wms } from './wms/wms';

const REQUEST_TIMEOUT_MS = 10_000;
const PATIENCE_MS = 45_000;

/**
 * Cancels an order: what has not been sent is given up, what the WMS has is cancelled there. Whether
 * that comes in time is the WMS's to say, and every outcome is recorded.
 *
 * @throws WmsUnavailable while a sender has the order in hand or the WMS is away, to be tried again.
 */
export async function cancelOrder(deps: Deps, orderKey: string, command: Cancellation): Promise<Answer> {
  await settleDoubt(deps, orderKey);
  const asking = await begin(deps, orderKey, command);
  if ('says' in asking) return asking;
  for (const dispatch of asking.dispatches) await askToCancel(deps, dispatch);
  const answer = await inTransaction(deps.database, (tx) => endCancellation(tx, orderKey, command));
  await nudgeShort(deps);
  return answer;
}

/** What nobody knows to be at the WMS cannot be cancelled there: whatever can find out does so first. */
export async function settleDoubt(deps: Deps, orderKey: string): Promise<void> {
  for (const { id, state, wms } of await dispatchesOf(deps.database.db, orderKey)) {
    if (wms === null || (state !== 'sending' && state !== 'unknown')) continue;
    const result = await deps.dispatcher.dispatch(id, wms, PATIENCE_MS);
    if (result.kind === 'again') throw new WmsUnavailable(result.why, result.afterMs);
  }
}

async function begin(
  deps: Deps,
  orderKey: string,
  { isRecall }: Cancellation,
): Promise<Answer | { dispatches: LockedDispatch[] }> {
  return inTransaction(deps.database, async (tx) => {
    const live = (await lockDispatchesOf(tx, orderKey)).filter((d) => !isOver(d.state));
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) return { done: false, says: 'There is no such order' };
    if (order.stage === 'cancelled') return { done: true, says: 'It is cancelled already' };
    if (live.some((d) => d.state === 'unknown')) {
      return { done: false, says: 'First it must be known whether the WMS has it: resolve its dispatch' };
    }
    if (live.some((d) => d.state === 'sending'))
      throw new WmsUnavailable('It is being sent this moment', 2_000);
    await giveUp(
      tx,
      orderKey,
      live.filter((d) => isUnsent(d.state)),
    );
    const dispatches = live.filter((d) => d.state === 'accepted' || d.state.startsWith('cancel'));
    await beginCancelling(tx, order, dispatches, ({ wms }) => (isRecall === true ? (wms ?? '') : ''));
    return { dispatches };
  });
}

/**
 * From here on the WMS is asked: should nobody live to learn its answer, that is somebody's task already.
 *
 * @param then the WMS that is to have the order next, its own one too; empty where it is cancelled for good.
 */
export async function beginCancelling(
  tx: Db,
  { key, stage }: LockedOrder,
  dispatches: readonly LockedDispatch[],
  then: (dispatch: LockedDispatch) => string,
): Promise<void> {
  if (dispatches.length === 0) return;
  for (const dispatch of dispatches) await markCancelling(tx, dispatch, key, then(dispatch));
  await parkOrder(tx, key, stage, 'cancel_unknown', 'The WMS is asked to cancel it and has not answered yet');
}

/**
 * Asks the WMS to cancel a dispatch that is `cancelling`. Once it has confirmed that, the other orders in it are sent
 * anew.
 *
 * @throws WmsUnavailable while the WMS is away.
 */
export async function askToCancel(deps: Deps, dispatch: LockedDispatch): Promise<void> {
  const at = await deps.connections.wms(dispatch.wms ?? '');
  // By the lease as it stood before the WMS was asked: a request may arrive right after its answer.
  const { settlingMs } = deps.dispatcher;
  const waitMs = msUntilSettled({ ...dispatch, settlingMs });
  const isFinal = cancellationIsFinal(dispatch.doubt, waitMs);
  const { outcome, exchange } = at.wms.capabilities.cancels
    ? await cancelAt(deps, at, dispatch)
    : uncancellable(at.id);
  const reason = outcome.kind === 'cancelled' ? null : outcome.reason;
  await recordAttempt(deps.database.db, dispatch.id, 'cancel', {
    outcome: outcome.kind,
    reason,
    ...exchange,
  });
  if (outcome.kind === 'not-received') throw new WmsUnavailable('The WMS is away', outcome.retryAfterMs);
  if (outcome.kind === 'cancelled' && !isFinal)
    throw new WmsUnavailable('An earlier request may still revive it: it is cancelled once more', waitMs);
  // What left before it was stopped has left: it must be known before the rest is taken as cancelled.
  if (outcome.kind === 'cancelled') await readShipments(deps, at.id);
  const sentAnew = await inTransaction(deps.database, (tx) => settleCancellation(tx, dispatch.id, outcome));
  for (const orderKey of sentAnew) await deps.journeys.nudge(orderKey, 'changed');
}

async function cancelAt(deps: Deps, at: WmsConnection, dispatch: LockedDispatch): Promise<CancelReply> {
  const reference = await referenceOf(deps, at.wms, dispatch);
  if (reference === undefined) return unlisted(dispatch.code);
  const options = { timeoutMs: REQUEST_TIMEOUT_MS, beforeHandOver: () => undefined };
  await deps.connections.permits.take(at.id);
  // It has a time-out as a whole, and what came of it is looked up within that.
  return withPermit('in-advance', () => at.wms.cancel(dispatch.code, reference, options));
}

/** By no call; what its people do shows when it ships, or does not. */
function uncancellable(wms: string): CancelReply {
  const reason = `${wms} cancels nothing by a call: ask its people to stop the order`;
  return {
    outcome: { kind: 'too-late', reason },
    exchange: { request: 'not sent', response: null, status: null },
  };
}

/**
 * An order that a person called received has none yet; one that was in doubt may have been revived by a late
 * request, under another. @throws OutsideUnavailable
 */
async function referenceOf(
  { database }: Deps,
  wms: Wms,
  { id, code, doubt, reference }: LockedDispatch,
): Promise<string | undefined> {
  if (reference !== null && doubt === 'none') return reference;
  const found = await findOrder(wms, code, (await firstSentAt(database.db, id)) ?? new Date());
  const open = found.find((order) => order.state !== 'cancelled') ?? found[0];
  return open?.reference ?? reference ?? undefined;
}

function unlisted(code: string): CancelReply {
  return {
    outcome: { kind: 'unknown', reason: `the WMS does not list ${code}` },
    exchange: { request: code, response: '[]', status: null },
  };
}

/** Another cancellation may have met with silence, or a refusal, meanwhile: what the WMS confirms counts all the same. */
const MAY_BE_ASKED: readonly DispatchState[] = ['cancelling', 'cancel_unknown', 'accepted'];

/**
 * Writes down what the WMS, or who has looked into it, says.
 *
 * @returns the orders that this sends anew.
 */
export async function settleCancellation(
  tx: Db,
  id: string,
  outcome: CancelReply['outcome'],
): Promise<string[]> {
  const row = await lockDispatch(tx, id);
  if (row === undefined || !MAY_BE_ASKED.includes(row.state)) return [];
  if (outcome.kind === 'cancelled') {
    if (await hasShipped(tx, id)) {
      await endWithWhatShipped(tx, row);
      await reportRest(tx, row);
      return [];
    }
    if (row.state === 'accepted') await moveDispatch(tx, row, 'cancelling');
    await dissolve(tx, { ...row, state: 'cancelling' });
    return sendOthersAnew(tx, row);
  }
  if (row.state === 'accepted') return [];
  if (outcome.kind === 'too-late') {
    await moveDispatch(tx, row, 'accepted');
    await markStaying(tx, row);
  } else if (row.state === 'cancelling') await moveDispatch(tx, row, 'cancel_unknown');
  return [];
}
