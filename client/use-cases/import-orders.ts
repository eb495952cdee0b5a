import { createHash } from 'node:crypto';
import type { Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { findConnection, saveConnection } from '../../db/queries/connections';
import { type CollectedOrder, insertCollected } from '../../db/queries/orders';
import { insertRawRecords } from '../../db/queries/raw-records';
import { findUpload, insertUpload } from '../../db/queries/uploads';
import { inTransaction } from '../../db/transaction';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import type { Context } from '../connect';
import type { ReadyOrder } from '../import/gather-orders';
import { type CheckedImport, sameFile } from './check-import';
import { UseCaseError } from './use-case-error';

/** The connection that orders of files are stored under. */
export const UPLOAD_CONNECTION = 'upload';

export interface ImportCommand {
  readonly by: string;
  /** Otherwise it is all or nothing. */
  readonly validRowsOnly: boolean;
}

export interface Imported {
  readonly uploadId: number;
  readonly orders: number;
  /** Rows left out, since their order has a problem. */
  readonly rejectedRows: number;
  /** Journeys that set out at once; the sweep starts the others within two minutes. */
  readonly started: number;
}

export interface ImportProgress {
  readonly stored?: number;
  readonly started?: number;
  readonly of: number;
}

/**
 * Stores the orders of a checked file, all of them or none, and then starts their journeys.
 *
 * @throws UseCaseError where there are problems and not only the valid rows are wanted; where nothing is left; or
 *   where somebody else took in the same file or order in the meantime. Nothing is stored then.
 */
export async function importOrders(
  context: Context,
  checked: CheckedImport,
  command: ImportCommand,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<Imported> {
  const { read, known, problemCount, rejectedRows } = checked;
  if (problemCount > 0 && !command.validRowsOnly)
    throw new UseCaseError(
      `Nothing was taken in: ${problemCount} problems in ${rejectedRows} rows. Mend them, or leave those orders out with --valid-rows-only.`,
    );
  const of = read.ready.length - known.size;
  if (of === 0) throw new UseCaseError('Nothing was taken in: no order in the file is valid and new.');
  await requireConnection(context.database.db);
  const { uploadId, orders } = await store(context, checked, command, (stored) => onProgress({ stored, of }));
  const started = await startJourneys(context, orders, (count) => onProgress({ started: count, of }));
  return { uploadId, orders: orders.length, rejectedRows, started };
}

async function requireConnection(db: Db): Promise<void> {
  const row = await findConnection(db, UPLOAD_CONNECTION);
  if (row === undefined)
    return saveConnection(db, {
      id: UPLOAD_CONNECTION,
      kind: 'source',
      adapter: 'upload',
      settings: {},
      secrets: {},
    });
  if (row.adapter !== 'upload')
    throw new UseCaseError(`The connection ${UPLOAD_CONNECTION} is of another kind: rename it first.`);
}

const ORDERS_A_STATEMENT = 500;
/** As long as the largest file may take on a slow disk; a silent server holds nobody longer. */
const STORE_TIMEOUT_MS = 600_000;

/** One transaction, however many orders: a file that is stored by half could not be given again. */
async function store(
  { database }: Context,
  checked: CheckedImport,
  { by }: ImportCommand,
  onStored: (orders: number) => void,
): Promise<{ uploadId: number; orders: CollectedOrder[] }> {
  const { name, hash, read, known, rejectedRows, thread } = checked;
  return inTransaction(
    database,
    async (tx) => {
      const orders: CollectedOrder[] = [];
      const uploadId = await insertUpload(tx, {
        fileHash: hash,
        fileName: name.slice(-255),
        template: read.template.name,
        rows: read.rows,
        orders: read.ready.length - known.size,
        rejectedRows,
        madeBy: by,
      });
      if (uploadId === undefined) throw new UseCaseError(await whoWasFaster(tx, hash));
      for (let from = 0; from < read.ready.length; from += ORDERS_A_STATEMENT) {
        const some = await thread.ask('records', from, from + ORDERS_A_STATEMENT);
        orders.push(
          ...(await storeSome(
            tx,
            hash,
            some.filter(({ key }) => !known.has(key)),
          )),
        );
        onStored(orders.length);
      }
      await recordAudit(tx, {
        by,
        reason: `Took in a file as ${read.template.name}`,
        action: 'import.commit',
        subject: `upload/${uploadId}`,
        detail: { orders: orders.length, rejectedRows },
      });
      return { uploadId, orders };
    },
    { timeoutMs: STORE_TIMEOUT_MS },
  );
}

async function whoWasFaster(tx: Db, hash: string): Promise<string> {
  const before = await findUpload(tx, hash);
  return before === undefined ? 'This file has been taken in in the meantime.' : sameFile(before);
}

async function storeSome(tx: Db, hash: string, ready: readonly ReadyOrder[]): Promise<CollectedOrder[]> {
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
    ready.map(({ key, rows, body }) => ({
      connectionId: UPLOAD_CONNECTION,
      recordId: `${hash.slice(0, 32)}/${rows[0]}`,
      contentHash: createHash('sha256').update(body).digest('hex'),
      body: Buffer.from(body),
      orderKey: key,
      follows: 0,
    })),
  );
  return orders;
}

const STARTS_AT_ONCE = 20;

/** What is stored is safe: where Temporal does not answer, the sweep starts what is left. */
async function startJourneys(
  { temporal }: Context,
  orders: readonly CollectedOrder[],
  onStarted: (orders: number) => void,
): Promise<number> {
  const journeys = temporalJourneys(temporal, TASK_QUEUE, false);
  let started = 0;
  for (let from = 0; from < orders.length; from += STARTS_AT_ONCE) {
    const some = orders.slice(from, from + STARTS_AT_ONCE);
    const results = await Promise.allSettled(some.map((order) => journeys.start(order)));
    started += results.filter(({ status }) => status === 'fulfilled').length;
    onStarted(started);
    if (results.some(({ status }) => status === 'rejected')) break;
  }
  return started;
}
