import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import {
  type BulkJob,
  bulkProgress,
  findBulkJob,
  insertBulkJob,
  newestBulkJobs,
  reopenFailedRows,
} from '../../db/queries/bulk';
import { type FoundOrder, type OrderPosition, searchOrders } from '../../db/queries/order-search';
import { existingOrders } from '../../db/queries/orders';
import { databaseNow } from '../../db/queries/server';
import { inTransaction } from '../../db/transaction';
import { BULK_AT_MOST, type BulkCommand } from '../../domain/bulk';
import type { bulkAction } from '../../workflows/bulk-action';
import { goOn } from '../../workflows/messages';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { Servers } from '../connect';
import { type OrderFilters, searchOf } from './search-orders';
import { NotFound, UseCaseError } from './use-case-error';

/** Which orders: those named, or all that fit the filters and were there at a moment. */
export type Selection =
  | { readonly keys: readonly string[] }
  | { readonly filters: OrderFilters; readonly asOf?: Date | undefined };

const PAGE = 1_000;
/** As long as fifty thousand rows may take on a slow disk. */
const STORE_TIMEOUT_MS = 120_000;

/** How many orders a bulk action would be for, as of now; at most one more than a job may have. */
export async function previewBulk({ db }: Database, selection: Selection) {
  const asOf = await databaseNow(db);
  const keys = await keysOf(db, 'keys' in selection ? selection : { ...selection, asOf });
  return { asOf, orders: Math.min(keys.length, BULK_AT_MOST), isTooMany: keys.length > BULK_AT_MOST };
}

/**
 * Stores a job for all these orders and starts it.
 *
 * @returns its number.
 * @throws UseCaseError where there are none, or too many; or where it is stored and Temporal does not answer.
 */
export async function startBulk(
  servers: Servers,
  name: BulkCommand,
  selection: Selection,
  command: Command,
): Promise<number> {
  const { database } = servers;
  const keys = await keysOf(database.db, selection);
  if (keys.length === 0) throw new UseCaseError('There is no such order.');
  if (keys.length > BULK_AT_MOST)
    throw new UseCaseError(`One job is for at most ${BULK_AT_MOST} orders: narrow the filters.`);
  const store = async (tx: Db) => {
    const id = await insertBulkJob(tx, name, command, keys);
    const detail = { command: name, orders: keys.length };
    await recordAudit(tx, { ...command, action: 'bulk.start', subject: `bulk/${id}`, detail });
    return id;
  };
  const id = await inTransaction(database, store, { timeoutMs: STORE_TIMEOUT_MS });
  await driveBulk(servers, id);
  return id;
}

/** Has what failed tried again, and what stands still go on. @throws UseCaseError. */
export async function retryBulk(servers: Servers, id: number, command: Command): Promise<number> {
  await requireJob(servers.database.db, id);
  const rows = await inTransaction(servers.database, async (tx) => {
    const failed = await reopenFailedRows(tx, id);
    const detail = { orders: failed };
    await recordAudit(tx, { ...command, action: 'bulk.retry', subject: `bulk/${id}`, detail });
    return failed;
  });
  await driveBulk(servers, id);
  return rows;
}

/** Has a stored job carried out: its workflow is started, or told that there is more. @throws UseCaseError. */
export async function driveBulk({ temporal }: Servers, id: number): Promise<void> {
  try {
    await temporal.workflow.signalWithStart<typeof bulkAction>('bulkAction', {
      args: [id],
      workflowId: workflowIds.bulk(id),
      taskQueue: TASK_QUEUE,
      signal: goOn,
    });
  } catch (cause) {
    throw new UseCaseError(`Job ${id} is stored, but Temporal does not answer: have it go on later.`, {
      cause,
    });
  }
}

export type BulkStanding = BulkJob & {
  readonly pending: number;
  readonly done: number;
  readonly failed: number;
};

/** @throws NotFound. */
export async function readBulk(db: Db, id: number): Promise<BulkStanding> {
  return standingOf(await requireJob(db, id), await bulkProgress(db, [id]));
}

/** The newest first. */
export async function listBulk(db: Db, limit: number): Promise<BulkStanding[]> {
  const jobs = await newestBulkJobs(db, limit);
  const ids = jobs.map(({ id }) => id);
  const progress = await bulkProgress(db, ids);
  return jobs.map((job) => standingOf(job, progress));
}

function standingOf(job: BulkJob, progress: Awaited<ReturnType<typeof bulkProgress>>): BulkStanding {
  const of = (state: string) => progress.find((p) => p.jobId === job.id && p.state === state)?.rows ?? 0;
  const [pending, failed] = [of('pending'), of('failed')];
  return { ...job, pending, done: job.total - pending - failed, failed };
}

async function requireJob(db: Db, id: number): Promise<BulkJob> {
  const job = await findBulkJob(db, id);
  if (job === undefined) throw new NotFound(`There is no job ${id}.`);
  return job;
}

async function keysOf(db: Db, selection: Selection): Promise<string[]> {
  if ('keys' in selection) return existingOrders(db, selection.keys);
  const search = searchOf(selection.filters, selection.asOf);
  const keys: string[] = [];
  let after: OrderPosition | undefined;
  while (keys.length <= BULK_AT_MOST) {
    const page: FoundOrder[] = await searchOrders(db, search, after, PAGE);
    keys.push(...page.map(({ key }) => key));
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  return keys;
}
