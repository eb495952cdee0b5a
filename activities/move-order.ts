import type { Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { findConnection } from '../db/queries/connections';
import {
  dispatchesOf,
  type LockedDispatch,
  linesOfDispatches,
  lockDispatchesOf,
} from '../db/queries/dispatches';
import { lockOrder, setStage } from '../db/queries/orders';
import { isMissed } from '../db/queries/reconcile';
import { hasShipped, openPieces } from '../db/queries/shipments';
import { openTask, parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isOver, isUnsent, msUntilSettled } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import { askToCancel, beginCancelling, settleDoubt } from './cancel-order';
import type { Deps } from './deps';
import { WmsUnavailable } from './failures';
import { giveUp, packAnew } from './give-up';
import { nudgeShort } from './nudge-short';

/** `to`: the WMS that is to have it. */
export type Move = Command & { readonly to: string };

/**
 * Moves an order to another WMS. What a WMS has is cancelled there first: only the transaction that writes
 * down a *confirmed* cancellation makes the dispatch for the other one. An outcome that nobody knows, of
 * sending or of cancelling, keeps this order where it is, and no other.
 *
 * @throws WmsUnavailable while a sender has it in hand, or may have had it lately, or the WMS is away.
 */
export async function moveOrder(deps: Deps, orderKey: string, move: Move): Promise<Answer> {
  const target = await findConnection(deps.database.db, move.to);
  if (target?.kind !== 'wms') return { done: false, says: `No WMS is connected as ${move.to}` };
  const cannot = await whoCannotCancel(deps, orderKey, move.to);
  if (cannot !== undefined)
    return { done: false, says: `${cannot} cancels nothing by a call: what it has stays there` };
  await settleDoubt(deps, orderKey);
  const begun = await begin(deps, orderKey, move);
  if ('says' in begun) return begun;
  for (const dispatch of begun.dispatches) await askToCancel(deps, dispatch);
  const answer = await inTransaction(deps.database, (tx) =>
    finishMoving(tx, orderKey, move, begun.dispatches),
  );
  await nudgeShort(deps);
  return answer;
}

async function whoCannotCancel(deps: Deps, orderKey: string, to: string): Promise<string | undefined> {
  for (const { wms, state } of await dispatchesOf(deps.database.db, orderKey)) {
    if (wms === null || wms === to || isOver(state) || isUnsent(state) || state === 'shipped') continue;
    if (!(await deps.connections.wms(wms)).wms.capabilities.cancels) return wms;
  }
  return undefined;
}

const goesTo = ({ wms, directedTo }: LockedDispatch) => wms ?? directedTo;

async function begin(
  deps: Deps,
  orderKey: string,
  move: Move,
): Promise<Answer | { dispatches: LockedDispatch[] }> {
  const { to, by } = move;
  return inTransaction(deps.database, async (tx) => {
    const live = (await lockDispatchesOf(tx, orderKey)).filter((d) => !isOver(d.state));
    const order = await lockOrder(tx, orderKey);
    if (order === undefined || live.length === 0) return { done: false, says: 'Nothing of it is to be sent' };
    const elsewhere: LockedDispatch[] = [];
    // What the WMS has lost, or cancelled by itself, is sent there anew.
    for (const d of live) if (goesTo(d) !== to || (await isMissed(tx, d))) elsewhere.push(d);
    if (elsewhere.length === 0) return { done: true, says: `It goes to ${to} already` };
    const refusal = await whyNot(tx, elsewhere);
    if (refusal !== undefined) return { done: false, says: refusal };
    if (elsewhere.some((d) => d.state === 'sending'))
      throw new WmsUnavailable('It is being sent this moment', 2_000);
    const waitMs = Math.max(...elsewhere.map((d) => unsettledMs(deps, d)));
    if (waitMs > 0) throw new WmsUnavailable('A request of its last sender may still arrive', waitMs);
    const unsent = elsewhere.filter((d) => isUnsent(d.state));
    await giveUp(tx, orderKey, unsent);
    for (const dispatch of unsent) await beginElsewhere(tx, orderKey, dispatch, move);
    if (unsent.length > 0 && order.heldReason === null) await unparkOrder(tx, orderKey, by);
    const dispatches = elsewhere.filter((d) => !unsent.includes(d));
    await beginCancelling(tx, order, dispatches, () => to);
    return { dispatches };
  });
}

async function whyNot(tx: Db, elsewhere: readonly LockedDispatch[]): Promise<string | undefined> {
  const unknown = elsewhere.find((d) => d.state === 'unknown');
  if (unknown !== undefined)
    return `First it must be known whether ${unknown.wms} has it: resolve its dispatch`;
  for (const { id, state } of elsewhere)
    if (state === 'shipped' || (await hasShipped(tx, id)))
      return 'Too late: it has shipped, or some of it has';
  return undefined;
}

/** How long a request of the old one may still be under way, which would revive what was cancelled. */
function unsettledMs({ dispatcher }: Deps, { leaseToken, leaseLeftMs }: LockedDispatch): number {
  return leaseToken === null ? 0 : msUntilSettled({ leaseLeftMs, settlingMs: dispatcher.settlingMs });
}

/** The units of the old one are free: another WMS is to have them. */
async function beginElsewhere(tx: Db, orderKey: string, old: LockedDispatch, move: Move): Promise<void> {
  const lines = await linesOfDispatches(tx, [old.id]);
  const own = lines.filter((line) => line.orderKey === orderKey);
  await packAnew(tx, old, own, { directedTo: move.to });
  await setStage(tx, orderKey, 'matched');
  await recordMoved(tx, orderKey, old, move);
}

async function recordMoved(
  tx: Db,
  orderKey: string,
  old: LockedDispatch,
  { by, reason, to }: Move,
): Promise<void> {
  const detail = { from: goesTo(old), to, outcome: 'moved' };
  await recordAudit(tx, { by, reason, action: 'order.move', subject: orderKey, detail });
}

/** What a move has come to, by where the order's dispatches stand. @param asked those that were to be cancelled. */
export async function finishMoving(
  tx: Db,
  orderKey: string,
  { by, reason, to }: Move,
  asked: readonly LockedDispatch[],
): Promise<Answer> {
  const locked = await lockDispatchesOf(tx, orderKey);
  const live = locked.filter((d) => !isOver(d.state));
  const order = await lockOrder(tx, orderKey);
  const moved = asked.filter(({ id }) => locked.some((d) => d.id === id && d.state === 'cancelled'));
  if (live.length > 0) for (const old of moved) await recordMoved(tx, orderKey, old, { by, reason, to });
  const isAnswered = !live.some((d) => d.state === 'cancelling' || d.state === 'cancel_unknown');
  if (isAnswered && order?.waiting === 'cancel_unknown') await unparkOrder(tx, orderKey, by);
  const lost = await restLost(tx, orderKey, live, asked);
  if (lost !== undefined) return lost;
  const left = live.filter((d) => goesTo(d) !== to || d.state === 'cancel_unknown');
  const unknown = left.find((d) => d.state === 'cancel_unknown');
  if (left.length === 0) {
    if (order !== undefined && order.heldReason === null) await unparkOrder(tx, orderKey, by);
    return live.length === 0
      ? { done: false, says: 'It has been cancelled meanwhile' }
      : { done: true, says: `It goes to ${to}` };
  }
  const from = left[0]?.wms ?? '';
  const outcome = unknown === undefined ? 'too late' : 'unknown';
  if (unknown !== undefined) {
    const why = `Whether ${unknown.wms} has stopped it is unknown, so it is not sent to ${to}`;
    await parkOrder(tx, orderKey, order?.stage ?? 'dispatched', 'cancel_unknown', why);
  }
  const detail = { from, to, outcome };
  await recordAudit(tx, { by, reason, action: 'order.move', subject: orderKey, detail });
  return {
    done: false,
    says:
      outcome === 'too late'
        ? `Too late: ${from} ships it`
        : `Whether ${from} has stopped it is unknown: it stays there`,
  };
}

/**
 * A part had left before the WMS was asked, and the rest it has given up: what shipped stands, and somebody
 * decides about the rest, since a part of a dispatch cannot move.
 */
async function restLost(
  tx: Db,
  orderKey: string,
  live: readonly LockedDispatch[],
  asked: readonly LockedDispatch[],
): Promise<Answer | undefined> {
  for (const { id, code, wms, state } of live) {
    if (state !== 'shipped' || !asked.some((dispatch) => dispatch.id === id)) continue;
    const rest = (await openPieces(tx, [id])).filter(
      (piece) => piece.orderKey === orderKey && piece.quantity > 0,
    );
    if (rest.length === 0) continue;
    const pieces = rest.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`).join(', ');
    const says = `${wms} had shipped a part of it and has cancelled the rest, ${pieces}, which nobody sends now`;
    await openTask(tx, 'rest_not_sent', { orderKey, part: code }, says);
    return { done: false, says };
  }
  return undefined;
}
