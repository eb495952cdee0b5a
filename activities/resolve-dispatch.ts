import type { Db } from '../db/database';
import { msSinceCancelAsked } from '../db/queries/attempts';
import { type Command, recordAudit } from '../db/queries/audit';
import { moveDispatch } from '../db/queries/dispatch-states';
import {
  freeUnits,
  type LockedDispatch,
  linesOfDispatches,
  lockDispatchesOf,
  ordersIn,
} from '../db/queries/dispatches';
import { setStages } from '../db/queries/orders';
import { giveBack } from '../db/queries/stock';
import { unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { msUntilHeard, settles, type Verdict } from '../domain/verdict';
import type { Answer } from './answer';
import { attestCancellation } from './attest-cancellation';
import type { Deps } from './deps';
import { acceptLate } from './dispatch/confirm';
import { packAnew } from './give-up';
import { nudgeShort } from './nudge-short';

/** Which of an order's dispatches is meant, where several may be. */
export interface DispatchMeant {
  readonly wms?: string;
  readonly dispatch?: string;
}

/**
 * A person says what nobody else can tell: whether the WMS has an order, or has cancelled it. Not received, it gets a
 * new generation, with a caller key of its own; an order that was refused gets one in the same way.
 */
export async function resolveDispatch(
  deps: Deps,
  orderKey: string,
  verdict: Verdict,
  { wms, dispatch, ...command }: Command & DispatchMeant,
): Promise<Answer> {
  const { settlingMs } = deps.dispatcher;
  let meant = '';
  const answer = await inTransaction(deps.database, async (tx): Promise<Answer> => {
    const dispatches = await lockDispatchesOf(tx, orderKey);
    const open = theOneMeant(dispatches, verdict, { wms, dispatch });
    if ('says' in open) return open;
    meant = open.id;
    const { leaseLeftMs } = open;
    const since = { leaseLeftMs, settlingMs, msSinceCancelAsked: await msSinceCancelAsked(tx, open.id) };
    const waitMs = msUntilHeard(verdict, since);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      return { done: false, says: `A request may still be on its way there: try again in ${seconds} s` };
    }
    const detail = { verdict, dispatch: open.id, was: open.state };
    await recordAudit(tx, { ...command, action: 'dispatch.resolve', subject: orderKey, detail });
    return { done: true, says: await settle(tx, orderKey, open, verdict, command) };
  });
  const givesStockBack = verdict === 'not-received' || verdict === 'cancelled';
  if (answer.done && givesStockBack) await nudgeShort(deps);
  const inIt = answer.done ? await ordersIn(deps.database.db, meant) : [];
  for (const other of inIt) if (other !== orderKey) await deps.journeys.nudge(other, 'changed');
  return answer;
}

function theOneMeant(
  dispatches: readonly LockedDispatch[],
  verdict: Verdict,
  meant: { readonly [K in keyof DispatchMeant]: string | undefined },
): LockedDispatch | Answer {
  const { wms = null, dispatch = null } = meant;
  const there = dispatches.filter(
    (d) => (wms === null || d.wms === wms) && (dispatch === null || d.id === dispatch),
  );
  const [open, ...others] = there.filter((d) => settles(verdict, d.state));
  if (open === undefined) return { done: false, says: whyNone(there, verdict) };
  if (others.length > 0) {
    const wmses = [open, ...others].map((d) => d.wms).join(', ');
    return { done: false, says: `It has several such dispatches: say of which WMS (${wmses})` };
  }
  const isOfCancelling = verdict === 'cancelled' || verdict === 'ships';
  if (isOfCancelling && dispatches.some((d) => d.state === 'sending' || d.state === 'unknown'))
    return { done: false, says: 'First it must be known whether the WMS has the other part of it' };
  return open;
}

function whyNone(there: readonly LockedDispatch[], verdict: Verdict): string {
  if (verdict === 'cancelled' || verdict === 'ships') return 'No cancellation of it is unknown';
  return there.some((d) => d.state === 'rejected')
    ? 'The WMS refused it: there is nothing to have been received'
    : 'No dispatch of it is unknown or refused';
}

/** @returns what became of it, in words. */
async function settle(
  tx: Db,
  orderKey: string,
  open: LockedDispatch,
  verdict: Verdict,
  command: Command,
): Promise<string> {
  switch (verdict) {
    case 'received':
      await acceptLate(tx, open, null);
      await unparkOrder(tx, orderKey, command.by);
      return 'It is with the WMS';
    case 'not-received':
      await beginAnew(tx, open, command.by);
      return 'It is sent anew';
    case 'cancelled':
    case 'ships':
      return (await attestCancellation(tx, orderKey, open, verdict, command)).says;
  }
}

/** All that was in it, whoever's, goes out together again. */
async function beginAnew(tx: Db, open: LockedDispatch, by: string): Promise<void> {
  const lines = await linesOfDispatches(tx, [open.id]);
  await moveDispatch(tx, open, 'superseded');
  await giveBack(tx, open.id);
  await freeUnits(tx, open.id);
  await packAnew(tx, open, lines);
  const orderKeys = [...new Set(lines.map(({ orderKey }) => orderKey))];
  await setStages(tx, orderKeys, 'matched');
  for (const orderKey of orderKeys) await unparkOrder(tx, orderKey, by);
}
