import type { Db } from '../../db/database';
import { findUploadById, ordersOfFile, type UploadRow } from '../../db/queries/uploads';
import { UPLOAD_CONNECTION } from './store-orders';
import { NotFound } from './use-case-error';

/** @throws NotFound. */
export async function requireUpload(db: Db, id: number): Promise<UploadRow> {
  const upload = await findUploadById(db, id);
  if (upload === undefined) throw new NotFound(`There is no upload ${id}.`);
  return upload;
}

/** The orders of a file that was taken in, by their records. @throws NotFound where there is no such upload. */
export async function listUploadedOrders(db: Db, id: number, after: string | undefined, limit: number) {
  const { fileHash } = await requireUpload(db, id);
  return ordersOfFile(db, UPLOAD_CONNECTION, fileHash, after, limit);
}
