import { and, asc, count, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { BulkRowState, BulkWork } from '../../domain/bulk';
import type { Db } from '../database';
import { bulkJob, bulkRow } from '../schema';
import type { Command } from './audit';

export type BulkJob = typeof bulkJob.$inferSelect;

const ROWS_A_STATEMENT = 500;

/** @returns the job's number. */
export async function insertBulkJob(
  tx: Db,
  command: BulkWork,
  { by, reason }: Command,
  orderKeys: readonly string[],
  /** The decision that it carries out. */
  decision: { readonly dealKey: string; readonly version: number } | null = null,
): Promise<number> {
  const [{ insertId: jobId }] = await tx.insert(bulkJob).values({
    command,
    reason,
    madeBy: by,
    madeAt: sql`now(6)`,
    total: orderKeys.length,
    dealKey: decision?.dealKey ?? null,
    matchVersion: decision?.version ?? null,
  });
  for (let from = 0; from < orderKeys.length; from += ROWS_A_STATEMENT) {
    const some = orderKeys.slice(from, from + ROWS_A_STATEMENT);
    await tx.insert(bulkRow).values(some.map((orderKey) => ({ jobId, orderKey, updatedAt: sql`now(6)` })));
  }
  return jobId;
}

export async function findBulkJob(db: Db, id: number): Promise<BulkJob | undefined> {
  const [row] = await db.select().from(bulkJob).where(eq(bulkJob.id, id));
  return row;
}

/** The newest first. */
export async function newestBulkJobs(db: Db, limit: number): Promise<BulkJob[]> {
  return db.select().from(bulkJob).orderBy(desc(bulkJob.id)).limit(limit);
}

/** How many rows of each job are not done; the others are, and there may be very many. */
export async function bulkProgress(db: Db, ids: readonly number[]) {
  if (ids.length === 0) return [];
  return db
    .select({ jobId: bulkRow.jobId, state: bulkRow.state, rows: count() })
    .from(bulkRow)
    .where(and(inArray(bulkRow.jobId, [...ids]), inArray(bulkRow.state, ['pending', 'failed'])))
    .groupBy(bulkRow.jobId, bulkRow.state);
}

export async function pendingRows(db: Db, jobId: number, limit: number): Promise<string[]> {
  const rows = await bulkRows(db, jobId, 'pending', '', limit);
  return rows.map(({ orderKey }) => orderKey);
}

/** Rows by their keys, from after the one given. */
export async function bulkRows(db: Db, jobId: number, state: BulkRowState, after: string, limit: number) {
  return db
    .select({ orderKey: bulkRow.orderKey, state: bulkRow.state, says: bulkRow.says })
    .from(bulkRow)
    .where(and(eq(bulkRow.jobId, jobId), eq(bulkRow.state, state), gt(bulkRow.orderKey, after)))
    .orderBy(asc(bulkRow.orderKey))
    .limit(limit);
}

export async function settleRow(
  db: Db,
  jobId: number,
  orderKey: string,
  { done, says }: { readonly done: boolean; readonly says: string },
): Promise<void> {
  await db
    .update(bulkRow)
    .set({ state: done ? 'done' : 'failed', says: says.slice(0, 500), updatedAt: sql`now(6)` })
    .where(and(eq(bulkRow.jobId, jobId), eq(bulkRow.orderKey, orderKey)));
}

/** The failed rows are to be done again. @returns how many. */
export async function reopenFailedRows(tx: Db, jobId: number): Promise<number> {
  await tx
    .update(bulkJob)
    .set({ tries: sql`${bulkJob.tries} + 1` })
    .where(eq(bulkJob.id, jobId));
  const [done] = await tx
    .update(bulkRow)
    .set({ state: 'pending', updatedAt: sql`now(6)` })
    .where(and(eq(bulkRow.jobId, jobId), eq(bulkRow.state, 'failed')));
  return done.affectedRows;
}
