import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Db } from '../../db/database';
import { isContention } from '../../db/errors';
import { finishAttempt } from '../../db/queries/attempts';
import { markAccepted, settleUnderLease } from '../../db/queries/dispatch-states';
import {
  type LockedDispatch,
  lockDispatch,
  markOrdersDispatched,
  ordersThere,
} from '../../db/queries/dispatches';
import { giveBack } from '../../db/queries/stock';
import { openTask, type TaskSubject, unparkOrder } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { type DispatchState, type Doubt, isOver, settle } from '../../domain/dispatch-protocol';
import { runTogether } from '../run-together';
import type { CreateOutcome, CreateReply } from '../wms/wms';
import type { Claimed } from './claim';

export type Confirmation = { readonly state: DispatchState; readonly doubt: Doubt } | 'fenced';

const TRIES = 4;

/** A dispatch that was sent, and what the WMS said to it. */
export interface Sent {
  readonly claimed: Claimed;
  readonly reply: CreateReply;
}

/**
 * Writes down what the WMS said, in one transaction for those that were sent together. Under a lost connection it is
 * tried again: whether the first COMMIT was carried out shows in the row, which then stands under this sender's own token.
 */
export async function confirm(
  database: Database,
  sent: readonly Sent[],
): Promise<PromiseSettledResult<Confirmation>[]> {
  const idOf = ({ claimed }: Sent) => claimed.id;
  return runTogether(sent, idOf, async (some) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransaction(database, (tx) => writeAll(tx, some), some.length > 1 ? { tries: 1 } : {});
      } catch (error) {
        if (attempt === TRIES || some.length > 1 || isContention(error)) throw error;
        await sleep(100 * 2 ** attempt);
      }
    }
  });
}

async function writeAll(tx: Db, sent: readonly Sent[]): Promise<Confirmation[]> {
  const written = new Map<string, Confirmation>();
  const taken: Claimed[] = [];
  const refused: Claimed[] = [];
  // Who locks several dispatches does so in the order of their ids, and before stock and orders.
  for (const { claimed, reply } of sent.toSorted(byId)) {
    const settled = settle(claimed.doubt, reply.outcome.kind);
    const held = await writeOutcome(tx, claimed, settled, reply);
    written.set(claimed.id, held ? settled : await afterTheFact(tx, claimed, reply.outcome));
    if (held && settled.state === 'accepted') taken.push(claimed);
    if (held && settled.state === 'rejected') refused.push(claimed);
  }
  for (const { id } of refused) await giveBack(tx, id);
  await accepted(tx, taken);
  return sent.map(({ claimed }) => written.get(claimed.id) ?? 'fenced');
}

const byId = (a: Sent, b: Sent) => (a.claimed.id < b.claimed.id ? -1 : 1);

/** @returns whether this sender still held the lease. */
async function writeOutcome(
  tx: Db,
  { id, leaseToken }: Claimed,
  settled: { state: DispatchState; doubt: Doubt },
  { outcome, exchange }: CreateReply,
): Promise<boolean> {
  const reason = outcome.kind === 'done' ? null : outcome.reason;
  const held = await settleUnderLease(tx, id, leaseToken, {
    ...settled,
    ...(outcome.kind === 'done' ? { reference: outcome.reference } : { problem: outcome.reason }),
  });
  await finishAttempt(tx, id, leaseToken, { outcome: outcome.kind, reason, ...exchange });
  return held;
}

/** Orders go on; their tasks close where there can be any, which a first attempt has none of. */
export async function accepted(
  tx: Db,
  dispatches: readonly { readonly id: string; readonly waited: boolean }[],
): Promise<void> {
  if (dispatches.length === 0) return;
  await markOrdersDispatched(
    tx,
    dispatches.map(({ id }) => id),
  );
  for (const { id } of dispatches.filter(({ waited }) => waited))
    for (const orderKey of await ordersThere(tx, id)) await unparkOrder(tx, orderKey, 'boosta');
}

/**
 * Settled before under this very token (the answer to the COMMIT was lost), or by somebody else. An
 * order that somebody gave up as unknown and the WMS has is with the WMS.
 */
async function afterTheFact(tx: Db, claimed: Claimed, outcome: CreateOutcome): Promise<Confirmation> {
  const row = await lockDispatch(tx, claimed.id);
  if (row === undefined) return 'fenced';
  if (row.state === 'unknown' && outcome.kind === 'done') {
    await acceptLate(tx, row, outcome.reference);
    return { state: 'accepted', doubt: row.doubt };
  }
  const received = outcome.kind !== 'refused' && outcome.kind !== 'not-received';
  if (isOver(row.state) && row.acceptedAt === null && received) await reportRevenant(tx, row);
  return row.leaseToken === claimed.leaseToken && row.state !== 'sending' ? row : 'fenced';
}

/** The WMS has turned out to have what was unknown. */
export async function acceptLate(tx: Db, row: LockedDispatch, reference: string | null): Promise<void> {
  await markAccepted(tx, row, reference);
  await accepted(tx, [{ id: row.id, waited: true }]);
}

/** A difference between what stands here and what the WMS has: reconcileWms closes it once it is gone. */
export function differenceIn(row: Pick<LockedDispatch, 'leadOrderKey' | 'wms' | 'code'>): TaskSubject {
  const connection = row.wms === null ? {} : { connectionId: row.wms };
  return { orderKey: row.leadOrderKey, ...connection, part: row.code };
}

/** Given up in the belief that the WMS never got it: its units may be under way twice. */
export async function reportRevenant(tx: Db, row: LockedDispatch): Promise<void> {
  const reason = `${row.wms ?? 'The WMS'} may have a live order under ${row.code}, which is ${row.state} here`;
  await openTask(tx, 'surplus_in_wms', differenceIn(row), reason);
}
