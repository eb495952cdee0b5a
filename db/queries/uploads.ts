import { eq, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { upload } from '../schema';

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
