import type { Database } from '../db/database';
import { dispatchesOf, lockDispatchesOf } from '../db/queries/dispatches';
import { findOrder, lockOrder, setStage, unreadRecord } from '../db/queries/orders';
import { hasOpenParcels } from '../db/queries/shipments';
import { parkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { type DispatchState, isWithTheWms } from '../domain/dispatch-protocol';
import type { Standing, WaitingReason } from '../domain/stage';
import type { Deps } from './deps';
import type { DispatchResult } from './dispatch/result';
import { type RoutedDispatch, routeOrder } from './dispatch/route';
import { WmsOutcomeUnknown, WmsUnavailable } from './failures';
import { findCompanions } from './find-companions';

/** How long a dispatch may wait for its turn: a first try steps aside at once, a visible one has time. */
const FIRST_TRY_PATIENCE_MS = 1_000;
const PATIENCE_MS = 45_000;

/**
 * The first, short try. What does not go through at once is left to {@link dispatchOrder}, which can be
 * seen; a WMS whose calls are all under way already is not tried at all.
 */
export async function tryDispatchOrder(deps: Deps, orderKey: string): Promise<Standing> {
  let again: Standing = { stage: 'matched', waiting: 'retry' };
  try {
    const dispatches = await readyDispatches(deps, orderKey);
    const wmses = dispatches.flatMap(({ to, state }) =>
      to.kind === 'one' && !isWithTheWms(state) ? [to.wms] : [],
    );
    const [at] = wmses;
    if (at !== undefined) again = { ...again, at };
    if (wmses.some((wms) => deps.dispatcher.isBusy(wms))) return again;
    const result = await dispatchAll(deps, dispatches, FIRST_TRY_PATIENCE_MS);
    return result.kind === 'again' ? again : await standingAfter(deps.database, orderKey, result);
  } catch (error) {
    deps.log.warn({ err: error, order: orderKey }, 'first try to dispatch failed');
    return again;
  }
}

/**
 * Sends what an order has to send, to acceptance or to a reason to wait. What the channel has changed
 * while the WMS did not answer is taken in first, unless the WMS may have the order already.
 *
 * @throws WmsUnavailable or WmsOutcomeUnknown, to be tried again: the next try begins with what is recorded.
 */
export async function dispatchOrder(deps: Deps, orderKey: string): Promise<Standing> {
  const dispatches = await readyDispatches(deps, orderKey);
  if (
    !dispatches.some(({ isDoubtful }) => isDoubtful) &&
    (await unreadRecord(deps.database.db, orderKey)) !== undefined
  )
    return { stage: 'collected' };
  const result = await dispatchAll(deps, dispatches, PATIENCE_MS);
  if (result.kind !== 'again') return standingAfter(deps.database, orderKey, result);
  const failure = result.unknown === true ? WmsOutcomeUnknown : WmsUnavailable;
  throw new failure(result.why, result.afterMs);
}

/** Where an order's dispatches go, once it has looked for orders that can go with it. */
async function readyDispatches(deps: Deps, orderKey: string): Promise<RoutedDispatch[]> {
  const dispatches = await routeOrder(deps.database, orderKey);
  const mayPack = dispatches.some(({ isPackable, to }) => isPackable && to.kind === 'one');
  if (!mayPack || !(await findCompanions(deps, orderKey))) return dispatches;
  return routeOrder(deps.database, orderKey);
}

type Result =
  | DispatchResult
  | { kind: 'packs'; afterMs: number }
  | { kind: 'no-route'; why: string }
  | { kind: 'nothing' };

/** The least advanced result speaks for the order. */
const ORDER_OF_RESULTS: readonly Result['kind'][] = [
  'again',
  // Before what only a nudge ends: its time comes by itself, and then the others are looked at.
  'packs',
  'no-route',
  'ask',
  'stop',
  'short',
  'with-the-wms',
];

async function dispatchAll(
  deps: Deps,
  dispatches: readonly RoutedDispatch[],
  patienceMs: number,
): Promise<Result> {
  // What another part's WMS has long had costs that WMS no call.
  const parts = dispatches.length === 1 ? dispatches : dispatches.filter(({ state }) => !isWithTheWms(state));
  if (parts.length === 0 && dispatches.length > 0) return { kind: 'with-the-wms' };
  const results = await Promise.all(
    parts.map(async ({ id, state, to, isDoubtful, packsLeftMs }): Promise<Result> => {
      if (to.kind === 'none') return { kind: 'no-route', why: to.why };
      if (state === 'ready' && packsLeftMs > 0) return { kind: 'packs', afterMs: packsLeftMs };
      return deps.dispatcher.dispatch(id, to.wms, patienceMs, isDoubtful);
    }),
  );
  for (const kind of ORDER_OF_RESULTS) {
    const found = results.find((result) => result.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'nothing' };
}

async function standingAfter(
  database: Database,
  orderKey: string,
  result: Exclude<Result, { kind: 'again' }>,
): Promise<Standing> {
  switch (result.kind) {
    case 'with-the-wms':
      return { stage: 'dispatched', waiting: 'shipment' };
    case 'nothing':
      return movedOn(database, orderKey);
    case 'packs':
      return { stage: 'matched', waiting: 'companions', forMs: Math.ceil(result.afterMs) };
    case 'no-route':
      return park(database, orderKey, 'no_route', result.why);
    case 'ask':
      return park(
        database,
        orderKey,
        'unknown_outcome',
        'Nobody but a person can tell whether the WMS has it',
      );
    case 'short': {
      const missing = result.short.map((s) => `${s.itemCode} × ${s.quantity}`).join(', ');
      const isBehind = result.short.some((s) => s.ahead > 0);
      const why = isBehind ? ': older orders wait for what there is' : '';
      return park(database, orderKey, 'shortage', `Short of ${missing}${why}`);
    }
    case 'stop':
      if (result.state === 'held') return park(database, orderKey, 'held', 'On hold');
      if (result.state === 'rejected')
        return park(database, orderKey, 'rejected', await refusal(database, orderKey));
      return movedOn(database, orderKey);
  }
}

/** Somebody has changed or cancelled it meanwhile; where it stands now shows once they are through. */
async function movedOn(database: Database, orderKey: string): Promise<Standing> {
  const order = await findOrder(database.db, orderKey);
  if (order === undefined) throw new RangeError(`No order ${orderKey}`);
  if (order.stage === 'matched') throw new WmsUnavailable('The order is being changed', 1_000);
  return { stage: order.stage };
}

async function refusal(database: Database, orderKey: string): Promise<string> {
  const rejected = (await dispatchesOf(database.db, orderKey)).findLast((d) => d.state === 'rejected');
  return `${rejected?.wms ?? 'The WMS'} refused the order: ${rejected?.problem ?? 'no reason given'}`;
}

const STATE_OF_WAIT: Partial<Record<WaitingReason, DispatchState>> = {
  no_route: 'ready',
  shortage: 'ready',
  held: 'held',
  rejected: 'rejected',
  unknown_outcome: 'unknown',
};

/**
 * Unless it has moved on meanwhile: a person's decision, a shipment or another sender may have come
 * first, and a task opened then would never be closed.
 */
async function park(
  database: Database,
  orderKey: string,
  waiting: WaitingReason,
  reason: string,
): Promise<Standing> {
  return inTransaction(database, async (tx) => {
    const dispatches = await lockDispatchesOf(tx, orderKey);
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    if (order.stage !== 'matched') return { stage: order.stage };
    if (!dispatches.some((dispatch) => dispatch.state === STATE_OF_WAIT[waiting])) {
      throw new WmsUnavailable('The order is being changed', 1_000);
    }
    // What has shipped of it is booked and told first; the rest comes here again.
    if (dispatches.length > 1 && (await hasOpenParcels(tx, orderKey))) {
      await setStage(tx, orderKey, 'dispatched');
      return { stage: 'dispatched' };
    }
    await parkOrder(tx, orderKey, 'matched', waiting, order.heldReason ?? reason);
    return { stage: 'matched', waiting };
  });
}
