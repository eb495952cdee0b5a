import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { BackfillProgress } from '../../domain/backfill';
import type { TimeWindow } from '../../domain/order';
import type { Db } from '../database';
import { backfill } from '../schema';
import type { Command } from './audit';

export type BackfillRow = typeof backfill.$inferSelect;

/** @returns its number. */
export async function insertBackfill(
  tx: Db,
  connectionId: string,
  { from, to }: TimeWindow,
  { by, reason }: Command,
): Promise<number> {
  const now = sql`now(6)`;
  const [done] = await tx.insert(backfill).values({
    connectionId,
    windowFrom: from,
    windowTo: to,
    reason,
    madeBy: by,
    madeAt: now,
    updatedAt: now,
  });
  return done.insertId;
}

export async function findBackfill(db: Db, id: number): Promise<BackfillRow | undefined> {
  const [row] = await db.select().from(backfill).where(eq(backfill.id, id));
  return row;
}

/** A source's, the newest first; `before`: only those with a smaller id. */
export async function backfillsOf(
  db: Db,
  connectionId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<BackfillRow[]> {
  return db
    .select()
    .from(backfill)
    .where(
      and(
        eq(backfill.connectionId, connectionId),
        before === undefined ? undefined : lt(backfill.id, before),
      ),
    )
    .orderBy(desc(backfill.id))
    .limit(limit);
}

/** Written down as it stands, so that it may be written twice. */
export async function noteBackfill(db: Db, id: number, progress: BackfillProgress): Promise<void> {
  const { failure = null, ...counted } = progress;
  await db
    .update(backfill)
    .set({ ...counted, failure: failure?.slice(0, 500) ?? null, updatedAt: sql`now(6)` })
    .where(eq(backfill.id, id));
}
