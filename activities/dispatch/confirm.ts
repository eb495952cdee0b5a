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
import type { CreateOutcome, CreateReply } from '../wms/wms';
import type { Claimed } from './claim';

export type Confirmation = { readonly state: DispatchState; readonly doubt: Doubt } | 'fenced';

const TRIES = 4;

/**
 * Writes down what the WMS said. Under a lost connection it is tried again: whether the first COMMIT
 * was carried out shows in the row, which then stands under this sender's own token.
 */
export async function confirm(
  database: Database,
  claimed: Claimed,
  reply: CreateReply,
): Promise<Confirmation> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(database, (tx) => write(tx, claimed, reply));
    } catch (error) {
      if (attempt === TRIES || isContention(error)) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}

async function write(tx: Db, claimed: Claimed, { outcome, exchange }: CreateReply): Promise<Confirmation> {
  const { state, doubt } = settle(claimed.doubt, outcome.kind);
  const reason = outcome.kind === 'done' ? null : outcome.reason;
  const held = await settleUnderLease(tx, claimed.id, claimed.leaseToken, {
    state,
    doubt,
    ...(outcome.kind === 'done' ? { reference: outcome.reference } : { problem: outcome.reason }),
  });
  await finishAttempt(tx, claimed.id, claimed.leaseToken, { outcome: outcome.kind, reason, ...exchange });
  if (!held) return afterTheFact(tx, claimed, outcome);
  if (state === 'accepted') await accepted(tx, claimed.id, claimed.waited);
  if (state === 'rejected') await giveBack(tx, claimed.id);
  return { state, doubt };
}

/** Orders go on; their tasks close where there can be any, which a first attempt has none of. */
export async function accepted(tx: Db, dispatchId: string, mayHaveWaited: boolean): Promise<void> {
  await markOrdersDispatched(tx, dispatchId);
  if (!mayHaveWaited) return;
  for (const orderKey of await ordersThere(tx, dispatchId)) await unparkOrder(tx, orderKey, 'boosta');
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
  await accepted(tx, row.id, true);
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
