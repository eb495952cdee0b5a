import type { Db } from '../db/database';
import { forgetMeanings, keepReplaced, ordersOfDeal, partOf, writeMeaning } from '../db/queries/deal-orders';
import { moveDispatch } from '../db/queries/dispatch-states';
import {
  createDispatch,
  type LockedDispatch,
  lockDispatch,
  lockDispatchesOf,
} from '../db/queries/dispatches';
import { findVersion, shareMatch } from '../db/queries/match-versions';
import { type LockedOrder, lockOrder, setStage } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { changedLines, type DealChange, type Fate, fateOf } from '../domain/deal-change';
import { isOver } from '../domain/dispatch-protocol';
import { intoParts } from '../domain/gift-parts';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { withFormerGifts } from './former-gifts';
import { giveGifts } from './give-gifts';
import { giveUp } from './give-up';
import { matchOrder } from './match-order';

/** A decision about a deal, made or undone. */
export interface Decided extends DealChange {
  readonly dealKey: string;
}

const ANSWERS: Readonly<Record<Fate, Answer>> = {
  'goes-on': { done: true, says: 'It goes on' },
  'waits-on': { done: true, says: 'It waits for something else still' },
  rematched: { done: true, says: 'It is matched anew' },
  'waits-again': { done: true, says: 'It waits for a decision again' },
  sent: { done: false, says: 'Too late: the WMS may have it already' },
  shipped: { done: false, says: 'Too late: it has shipped' },
};

/**
 * Carries a decision about a deal to one order of it: what waits goes on, what is matched and not sent is matched
 * anew. What the WMS may have stays as it is. Done twice, it changes nothing more.
 */
export async function applyDecision(deps: Deps, orderKey: string, decided: Decided): Promise<Answer> {
  const fate = await inTransaction(deps.database, (tx) => apply(tx, orderKey, decided));
  if (fate === undefined) return { done: true, says: 'It is not about this order any more' };
  // What waits again is told what for, as is what waits on.
  if (fate === 'goes-on' || fate === 'waits-on' || fate === 'waits-again') await matchOrder(deps, orderKey);
  // From the beginning: it may stand earlier than its journey knows.
  await deps.journeys.nudge(orderKey, 'changed');
  return ANSWERS[fate];
}

async function apply(tx: Db, orderKey: string, decided: Decided): Promise<Fate | undefined> {
  const dispatches = await lockDispatchesOf(tx, orderKey);
  const order = await lockOrder(tx, orderKey);
  // Shared before anything is read: nobody decides the deal anew until this is committed.
  await shareMatch(tx, decided.dealKey);
  const version = await findVersion(tx, decided.dealKey, decided.version);
  const isUndone = version?.undoneAt !== null;
  const [found] = await ordersOfDeal(tx, decided.dealKey, decided, orderKey);
  if (order === undefined || found === undefined || isUndone !== (decided.kind === 'undo')) return undefined;
  const fate = fateOf(decided, found);
  if (fate !== 'rematched' && fate !== 'waits-again') return fate;
  for (const { line, after } of changedLines(decided, found.lines)) {
    if (decided.kind === 'save' && line.written !== null)
      await keepReplaced(tx, line.lineKey, decided.version, line.written);
    await writeMeaning(tx, line.lineKey, after);
  }
  const live = dispatches.filter(({ state }) => !isOver(state));
  await (fate === 'rematched' ? sendAnew(tx, order, live) : waitAgain(tx, order, live));
  return fate;
}

/**
 * The same units in as many dispatches as before: how it was split, and where a person wants it, stays so. What it is
 * given for them is decided anew, and goes with the parts in which it was.
 */
async function sendAnew(tx: Db, order: LockedOrder, live: readonly LockedDispatch[]): Promise<void> {
  await giveUp(tx, order.key, live);
  const parts = [];
  for (const old of live) parts.push({ id: old.id, old, ...(await partOf(tx, order.key, old.id)) });
  const given = await giveGifts(tx, order.key);
  const gifts = intoParts(given, await withFormerGifts(tx, order.key, parts, given));
  for (const [index, { bought, old }] of parts.entries()) {
    const lines = [...bought, ...(gifts[index] ?? [])];
    if (lines.length === 0) continue;
    const { directedTo } = old;
    const supersedes = { ...old, packsUntil: null };
    const id = await createDispatch(tx, { orderKey: order.key, lines, supersedes, directedTo });
    const made = order.heldReason === null ? undefined : await lockDispatch(tx, id);
    if (made !== undefined) await moveDispatch(tx, made, 'held');
  }
  if (order.heldReason === null && order.waiting !== null) await unparkOrder(tx, order.key, 'boosta');
  await setStage(tx, order.key, 'matched');
}

async function waitAgain(tx: Db, order: LockedOrder, live: readonly LockedDispatch[]): Promise<void> {
  await giveUp(tx, order.key, live);
  await forgetMeanings(tx, order.key);
  if (order.heldReason !== null) await parkOrder(tx, order.key, 'normalized', 'held', order.heldReason);
  else
    await parkOrder(
      tx,
      order.key,
      'normalized',
      'unknown_deal',
      'The decision for one of its deals was undone',
    );
}
