import type { Db } from '../../db/database';
import { findUploadById, listUploadedFiles, ordersOfFile, type UploadRow } from '../../db/queries/uploads';
import { UPLOAD_CONNECTION } from './store-orders';
import { NotFound } from './use-case-error';

/** Which part of a list: from after the cursor on, so many. */
export interface Wanted<Cursor> {
  readonly cursor?: Cursor | undefined;
  readonly limit: number;
}

/** The files that were taken in, the newest first. */
export async function listUploads(db: Db, { cursor, limit }: Wanted<number>) {
  const rows = await listUploadedFiles(db, cursor, limit);
  return { rows, next: rows.length < limit ? null : String(rows.at(-1)?.id) };
}

/** @throws NotFound. */
export async function requireUpload(db: Db, id: number): Promise<UploadRow> {
  const upload = await findUploadById(db, id);
  if (upload === undefined) throw new NotFound(`There is no upload ${id}.`);
  return upload;
}

/** The orders of a file that was taken in. @throws NotFound where there is no such upload. */
export async function listUploadedOrders(db: Db, id: number, { cursor, limit }: Wanted<string>) {
  const { fileHash } = await requireUpload(db, id);
  const rows = await ordersOfFile(db, UPLOAD_CONNECTION, fileHash, cursor, limit);
  return {
    rows: rows.flatMap(({ orderKey }) => (orderKey === null ? [] : [{ orderKey }])),
    next: rows.length < limit ? null : (rows.at(-1)?.recordId ?? null),
  };
}
