import type { Database } from '../../db/database';
import { firstSentAt, recordAttempt } from '../../db/queries/attempts';
import { lockDispatch } from '../../db/queries/dispatches';
import { openTask } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { absenceTellsAfter, afterAbsence, isOver } from '../../domain/dispatch-protocol';
import type { WmsConnection } from '../connections';
import { findOrder } from '../wms/find-order';
import type { WmsOrderFound } from '../wms/wms';
import type { Doubtful } from './claim';
import { acceptLate, differenceIn, reportRevenant } from './confirm';

export type LookUpResult =
  | { readonly kind: 'found' }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }
  | { readonly kind: 'ask' }
  | { readonly kind: 'resend'; readonly resendAfter: string };

/** A WMS whose staff take orders in may promise days; most come up long before. */
const LOOK_UP_EVERY_MS = 10 * 60_000;

/**
 * Asks the WMS whether it has a dispatch whose outcome is unknown, by its list where it has no look-up.
 * Found, it is accepted; absent, it may be too early to tell, or the connection's policy decides. Nothing is cancelled automatically.
 *
 * @throws OutsideUnavailable when the WMS does not answer.
 */
export async function lookUp(
  database: Database,
  at: WmsConnection,
  doubtful: Doubtful,
  settlingMs: number,
): Promise<LookUpResult> {
  const sentAt = (await firstSentAt(database.db, doubtful.id)) ?? new Date();
  const found = await findOrder(at.wms, doubtful.code, sentAt);
  await recordAttempt(database.db, doubtful.id, 'look-up', evidenceOf(doubtful.code, found));
  const live = found.filter((order) => order.state !== 'cancelled');
  const [first] = live;
  if (first !== undefined) {
    if (live.length > 1) await reportDouble(database, doubtful, live);
    return acceptFound(database, doubtful.id, first.reference);
  }
  if (found.length > 0) return { kind: 'ask' };
  return absent(at, doubtful, settlingMs / 1000);
}

function absent(at: WmsConnection, doubtful: Doubtful, settlingSeconds: number): LookUpResult {
  const { lookup, list } = at.wms.capabilities;
  const shown = lookup === 'none' ? list : lookup;
  if (shown === 'none') return { kind: 'ask' };
  // What the WMS refused and does not have, it would refuse again, for ever; a list is no look-up.
  const onAbsent = doubtful.doubt === 'refused' || lookup === 'none' ? 'ask' : at.onAbsent;
  switch (afterAbsence(shown, doubtful.secondsSinceLeaseEnd, onAbsent, settlingSeconds)) {
    case 'later': {
      const tellsAfter = absenceTellsAfter(shown, onAbsent, settlingSeconds);
      const leftSeconds = tellsAfter - doubtful.secondsSinceLeaseEnd;
      const afterMs = Math.min(Math.ceil(leftSeconds * 1000), LOOK_UP_EVERY_MS);
      return { kind: 'later', why: 'not found yet', afterMs };
    }
    case 'ask':
      return { kind: 'ask' };
    case 'resend':
      return { kind: 'resend', resendAfter: doubtful.leaseToken };
  }
}

async function acceptFound(database: Database, id: string, reference: string): Promise<LookUpResult> {
  return inTransaction(database, async (tx) => {
    const row = await lockDispatch(tx, id);
    if (row?.state === 'unknown') {
      await acceptLate(tx, row, reference);
      return { kind: 'found' };
    }
    if (row !== undefined && isOver(row.state)) await reportRevenant(tx, row);
    // Somebody else is at it, or was faster: what is recorded then is what counts.
    return { kind: 'later', why: 'settled by another', afterMs: 0 };
  });
}

async function reportDouble(
  database: Database,
  doubtful: Doubtful,
  live: readonly WmsOrderFound[],
): Promise<void> {
  const row = await inTransaction(database, (tx) => lockDispatch(tx, doubtful.id));
  if (row === undefined) return;
  const references = live.map((order) => order.reference).join(', ');
  const reason = `The WMS has ${live.length} live orders under ${doubtful.code}: ${references}`;
  await openTask(database.db, 'double_in_wms', differenceIn(row), reason);
}

function evidenceOf(code: string, found: readonly WmsOrderFound[]) {
  return {
    outcome: found.length === 0 ? 'absent' : 'found',
    reason: null,
    request: code,
    response: JSON.stringify(found),
    status: null,
  };
}
