import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { DIFFERENCES, type Difference, type Ours } from '../../domain/reconcile';
import type { Db } from '../database';
import { dispatch, task } from '../schema';
import { openTask } from './tasks';

const OURS = {
  code: dispatch.code,
  orderKey: dispatch.leadOrderKey,
  wms: dispatch.wms,
  state: dispatch.state,
};

/**
 * What a WMS has accepted at least so many seconds ago and not shipped, the oldest first; with what it is
 * being asked to cancel, for somebody may have died over it.
 */
export async function acceptedBy(db: Db, wms: string, secondsAgo: number) {
  return db
    .select({ code: dispatch.code, createdAt: dispatch.createdAt })
    .from(dispatch)
    .where(
      and(
        eq(dispatch.wms, wms),
        inArray(dispatch.state, ['accepted', 'cancelling']),
        sql`${dispatch.acceptedAt} < now(6) - interval ${secondsAgo} second`,
      ),
    )
    .orderBy(asc(dispatch.createdAt), asc(dispatch.id));
}

/** What was once sent to a WMS, or tried to, and given up since that moment or later, the newest first. */
export async function givenUpAt(db: Db, wms: string, since: Date): Promise<string[]> {
  const rows = await db
    .select({ code: dispatch.code })
    .from(dispatch)
    .where(
      and(
        eq(dispatch.wms, wms),
        inArray(dispatch.state, ['cancelled', 'superseded']),
        gte(dispatch.createdAt, since),
      ),
    )
    .orderBy(desc(dispatch.createdAt));
  return rows.map((row) => row.code);
}

const CODES_PER_QUERY = 1_000;

/** Dispatches by their codes, wherever they were sent. */
export async function oursByCode(db: Db, codes: readonly string[]): Promise<Map<string, Ours>> {
  const ours = new Map<string, Ours>();
  for (let first = 0; first < codes.length; first += CODES_PER_QUERY) {
    const some = codes.slice(first, first + CODES_PER_QUERY);
    const rows = await db.select(OURS).from(dispatch).where(inArray(dispatch.code, some));
    for (const row of rows) ours.set(row.code, row);
  }
  return ours;
}

/** Dispatches made since a moment, by code, wherever they were sent. */
export async function oursSince(db: Db, since: Date): Promise<Map<string, Ours>> {
  const rows = await db.select(OURS).from(dispatch).where(gte(dispatch.createdAt, since));
  return new Map(rows.map((row) => [row.code, row]));
}

/** The tasks of earlier comparisons with a WMS that are still open, and the code that each is about. */
export async function openDifferences(db: Db, wms: string) {
  return db
    .select({ id: task.id, kind: task.kind, code: sql<string>`substring_index(${task.openKey}, '#', -1)` })
    .from(task)
    .where(
      and(
        eq(task.connectionId, wms),
        inArray(task.kind, [...DIFFERENCES]),
        isNull(task.closedAt),
        isNotNull(task.openKey),
      ),
    );
}

/** The same difference is one task, however often it is found. */
export async function reportDifference(db: Db, wms: string, difference: Difference): Promise<void> {
  const { kind, code, orderKey, reason } = difference;
  const subject = { connectionId: wms, part: code, ...(orderKey === null ? {} : { orderKey }) };
  await openTask(db, kind, subject, reason);
}

/** Whether an earlier comparison has missed a dispatch in its WMS, and nothing has been done about it. */
export async function isMissed(db: Db, dispatchOf: { wms: string | null; code: string }): Promise<boolean> {
  const open = dispatchOf.wms === null ? [] : await openDifferences(db, dispatchOf.wms);
  return open.some(({ kind, code }) => kind === 'missing_in_wms' && code === dispatchOf.code);
}
