import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { uploadDraft, uploadDraftPiece } from '../schema';

export type UploadDraftRow = typeof uploadDraft.$inferSelect;
export type UploadDraftChange = Pick<UploadDraftRow, 'template' | 'sheet' | 'corrections'>;

const HOURS_KEPT = 24;
/** Well below what a server takes in one statement, whatever it is set to. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** @returns its id. */
export async function insertDraft(
  tx: Db,
  given: Pick<UploadDraftRow, 'fileName' | 'template' | 'sheet' | 'madeBy'>,
  file: Buffer,
): Promise<number> {
  const [{ insertId: draftId }] = await tx
    .insert(uploadDraft)
    .values({ ...given, corrections: [], expiresAt: sql`now(6) + interval ${HOURS_KEPT} hour` });
  for (let at = 0; at * PIECE_BYTES < file.length; at += 1)
    await tx
      .insert(uploadDraftPiece)
      .values({ draftId, number: at, bytes: file.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES) });
  return draftId;
}

/** Only whoever made it sees it. */
export async function findDraft(db: Db, id: number, madeBy: string): Promise<UploadDraftRow | undefined> {
  const isTheirs = and(eq(uploadDraft.id, id), eq(uploadDraft.madeBy, madeBy));
  const [row] = await db
    .select()
    .from(uploadDraft)
    .where(and(isTheirs, gt(uploadDraft.expiresAt, sql`now(6)`)));
  return row;
}

export async function readDraftFile(db: Db, draftId: number): Promise<Buffer> {
  const pieces = await db
    .select({ bytes: uploadDraftPiece.bytes })
    .from(uploadDraftPiece)
    .where(eq(uploadDraftPiece.draftId, draftId))
    .orderBy(asc(uploadDraftPiece.number));
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}

/** @returns false where it is no longer at this version. */
export async function changeDraft(
  db: Db,
  id: number,
  version: number,
  change: UploadDraftChange,
): Promise<boolean> {
  const [done] = await db
    .update(uploadDraft)
    .set({ ...change, version: version + 1 })
    .where(and(eq(uploadDraft.id, id), eq(uploadDraft.version, version)));
  return done.affectedRows === 1;
}

export async function noteDraftProgress(
  db: Db,
  id: number,
  progress: Partial<Pick<UploadDraftRow, 'stored' | 'started' | 'of'>>,
): Promise<void> {
  await db.update(uploadDraft).set(progress).where(eq(uploadDraft.id, id));
}

export async function dropDrafts(tx: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.delete(uploadDraftPiece).where(inArray(uploadDraftPiece.draftId, [...ids]));
  await tx.delete(uploadDraft).where(inArray(uploadDraft.id, [...ids]));
}

/** Files that nobody has taken in within their day. */
export async function dropExpiredDrafts(db: Db): Promise<void> {
  const expired = await db
    .select({ id: uploadDraft.id })
    .from(uploadDraft)
    .where(lt(uploadDraft.expiresAt, sql`now(6)`));
  await dropDrafts(
    db,
    expired.map(({ id }) => id),
  );
}
