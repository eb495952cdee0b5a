import type { Database } from '../../db/database';
import { findConnection, saveConnection } from '../../db/queries/connections';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { TASK_QUEUE } from '../../workflows/names';
import type { Servers } from '../connect';
import type { CheckedImport } from './check-import';
import { newOrders, storeOrders, UPLOAD_CONNECTION } from './store-orders';
import { UseCaseError } from './use-case-error';

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
  context: Servers,
  checked: CheckedImport,
  command: ImportCommand,
  onProgress: (progress: ImportProgress) => void = () => undefined,
): Promise<Imported> {
  const { read, known, problemCount, rejectedRows } = checked;
  if (problemCount > 0 && !command.validRowsOnly)
    throw new UseCaseError(
      `Nothing was taken in: ${problemCount} problems in ${rejectedRows} rows. Mend them, or leave those orders out with --valid-rows-only.`,
    );
  const of = read.keys.length - known.size;
  if (of === 0) throw new UseCaseError('Nothing was taken in: no order in the file is valid and new.');
  await requireUploadConnection(context.database);
  const uploadId = await storeOrders(context.database, checked, command.by, (stored) =>
    onProgress({ stored, of }),
  );
  const started = await startJourneys(context, checked, (count) => onProgress({ started: count, of }));
  return { uploadId, orders: of, rejectedRows, started };
}

export async function requireUploadConnection(database: Database): Promise<void> {
  const row = await findConnection(database.db, UPLOAD_CONNECTION);
  if (row === undefined)
    return saveConnection(database, {
      id: UPLOAD_CONNECTION,
      kind: 'source',
      adapter: 'upload',
      settings: {},
      secrets: {},
    });
  if (row.adapter !== 'upload')
    throw new UseCaseError(`The connection ${UPLOAD_CONNECTION} is of another kind: rename it first.`);
}

const STARTS_AT_ONCE = 20;

/** What is stored is safe: where Temporal does not answer, the sweep starts what is left. */
async function startJourneys(
  { temporal }: Servers,
  checked: CheckedImport,
  onStarted: (orders: number) => void,
): Promise<number> {
  const journeys = temporalJourneys(temporal, TASK_QUEUE, false);
  let started = 0;
  for await (const some of newOrders(checked, STARTS_AT_ONCE)) {
    const results = await Promise.allSettled(
      some.map((order) => journeys.start({ ...order, source: UPLOAD_CONNECTION })),
    );
    started += results.filter(({ status }) => status === 'fulfilled').length;
    onStarted(started);
    if (results.some(({ status }) => status === 'rejected')) break;
  }
  return started;
}
