import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { rawRecord, upload } from '../schema';

export type UploadRow = typeof upload.$inferSelect;

/** The file that was taken in with these bytes. */
export async function findUpload(db: Db, fileHash: string): Promise<UploadRow | undefined> {
  const [row] = await db.select().from(upload).where(eq(upload.fileHash, fileHash));
  return row;
}

/** @returns its id; undefined where the same file has been taken in before. */
export async function insertUpload(
  tx: Db,
  given: Omit<typeof upload.$inferInsert, 'id' | 'madeAt'>,
): Promise<number | undefined> {
  const [done] = await tx
    .insert(upload)
    .values({ ...given, madeAt: sql`now(6)` })
    .onDuplicateKeyUpdate({ set: { id: sql`${upload.id}` } });
  return done.affectedRows === 1 ? done.insertId : undefined;
}

/** The files that were taken in, the newest first; `before`: only those with a smaller id. */
export async function listUploadedFiles(db: Db, before: number | undefined, limit: number) {
  return db
    .select()
    .from(upload)
    .where(before === undefined ? undefined : lt(upload.id, before))
    .orderBy(desc(upload.id))
    .limit(limit);
}

export async function findUploadById(db: Db, id: number): Promise<UploadRow | undefined> {
  const [row] = await db.select().from(upload).where(eq(upload.id, id));
  return row;
}

/** What the records of one file's orders have in common. */
function prefixOf(fileHash: string): string {
  return fileHash.slice(0, 32);
}

/** The record of an order by the first of its rows. */
export function recordIdOf(fileHash: string, row: number): string {
  return `${prefixOf(fileHash)}/${row}`;
}

/** The orders of a file by their records, which name its bytes; `after`: only records with a greater id. */
export async function ordersOfFile(
  db: Db,
  connectionId: string,
  fileHash: string,
  after: string | undefined,
  limit: number,
) {
  const prefix = prefixOf(fileHash);
  return db
    .select({ orderKey: rawRecord.orderKey, recordId: rawRecord.recordId })
    .from(rawRecord)
    .where(
      and(
        eq(rawRecord.connectionId, connectionId),
        gte(rawRecord.recordId, `${prefix}/`),
        after === undefined ? undefined : gt(rawRecord.recordId, after),
        // The sign after the slash.
        lt(rawRecord.recordId, `${prefix}0`),
      ),
    )
    .orderBy(asc(rawRecord.recordId))
    .limit(limit);
}
