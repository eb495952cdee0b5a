import type { Database, Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { insertCollected } from '../../db/queries/orders';
import { insertRawRecords } from '../../db/queries/raw-records';
import { findUpload, insertUpload, recordIdOf } from '../../db/queries/uploads';
import { inTransaction } from '../../db/transaction';
import { sha256 } from '../../domain/sha256';
import type { ReadyOrder } from '../import/kept-order';
import { type CheckedImport, sameFile } from './check-import';
import { UseCaseError } from './use-case-error';

/** The connection that orders of files are stored under. */
export const UPLOAD_CONNECTION = 'upload';

/** Larger statements are large objects, which the collector leaves lying for long. */
const ORDERS_A_STATEMENT = 100;
/** As long as the largest file may take on a slow disk; a silent server holds nobody longer. */
const STORE_TIMEOUT_MS = 600_000;

/**
 * Stores the new orders of a checked file. One transaction, however many there are: a file that is stored by half
 * could not be given again.
 *
 * @returns the upload's number.
 * @throws UseCaseError where somebody else took in the same file or order in the meantime.
 */
export async function storeOrders(
  database: Database,
  checked: CheckedImport,
  by: string,
  onStored: (orders: number) => void = () => undefined,
): Promise<number> {
  const { name, hash, read, known, rejectedRows, mendedCells } = checked;
  const orders = read.keys.length - known.size;
  const work = async (tx: Db) => {
    const uploadId = await insertUpload(tx, {
      fileHash: hash,
      fileName: name.slice(-255),
      template: read.template.name,
      rows: read.rows,
      orders,
      rejectedRows,
      madeBy: by,
    });
    if (uploadId === undefined) throw new UseCaseError(await whoWasFaster(tx, hash));
    let stored = 0;
    for await (const some of newOrders(checked, ORDERS_A_STATEMENT)) {
      await storeSome(tx, hash, some);
      stored += some.length;
      onStored(stored);
    }
    await recordAudit(tx, {
      by,
      reason: `Took in a file as ${read.template.name}`,
      action: 'import.commit',
      subject: `upload/${uploadId}`,
      detail: { orders, rejectedRows, mendedCells },
    });
    return uploadId;
  };
  return inTransaction(database, work, { timeoutMs: STORE_TIMEOUT_MS });
}

/** The orders of a file that are not stored yet, some at a time: all at once they would take much memory. */
export async function* newOrders(
  { read, known, thread }: CheckedImport,
  atOnce: number,
): AsyncGenerator<ReadyOrder[]> {
  for (let from = 0; from < read.keys.length; from += atOnce) {
    const some = (await thread.ask('records', from, from + atOnce)).filter(({ key }) => !known.has(key));
    if (some.length > 0) yield some;
  }
}

async function whoWasFaster(tx: Db, hash: string): Promise<string> {
  const before = await findUpload(tx, hash);
  return before === undefined ? 'This file has been taken in in the meantime.' : sameFile(before);
}

export async function storeSome(tx: Db, hash: string, ready: readonly ReadyOrder[]): Promise<void> {
  const orders = ready.map(({ key, channel, orderNumber, orderedAt }) => ({
    key,
    channel,
    orderNumber,
    orderedAt,
    source: UPLOAD_CONNECTION,
  }));
  // First, since it locks them: a record that can be seen before its order would be taken for read.
  if ((await insertCollected(tx, orders)) < orders.length)
    throw new UseCaseError(
      'Nothing was taken in: an order of the file has come in the meantime. Check it once more.',
    );
  await insertRawRecords(
    tx,
    ready.map(({ key, firstRow, body }) => ({
      connectionId: UPLOAD_CONNECTION,
      recordId: recordIdOf(hash, firstRow),
      contentHash: sha256(body),
      body: Buffer.from(body),
      orderKey: key,
      follows: 0,
    })),
  );
}
