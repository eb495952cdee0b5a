import type { Db } from '../db/database';
import { lastCovered, recordCollection } from '../db/queries/collection';
import { type CollectedOrder, insertCollected } from '../db/queries/orders';
import {
  findRawRecordId,
  insertRawRecords,
  type NewRawRecord,
  newestVersions,
  type StoredVersion,
} from '../db/queries/raw-records';
import { closeTasks, openTask } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isClaim, type Told } from '../domain/claim';
import { UndecodableRecord } from '../domain/errors';
import type { TimeWindow } from '../domain/order';
import { orderKey } from '../domain/order-key';
import { cutWindow } from '../domain/window';
import type { Deps } from './deps';
import { normalizeOrder } from './normalize-order';
import { inParallel } from './parallel';
import type { FetchedRecord, Source } from './sources/source';

/** What Temporal keeps of a window: numbers only. */
export interface Collected {
  readonly records: number;
  readonly newRecords: number;
  readonly orders: number;
  readonly undecodable: number;
}

interface Read {
  readonly raw: NewRawRecord;
  readonly told: Told | undefined;
  readonly problem: UndecodableRecord | undefined;
}

const STARTS_AT_ONCE = 20;

/**
 * Reads a window: whatever is new in it is stored as it came, and only then journeys are started. What
 * is known already changes nothing, so that windows may overlap and be read again at will.
 *
 * @throws OutsideUnavailable when the source did not answer; the window is then read again.
 */
export async function collectWindow(
  deps: Deps,
  sourceId: string,
  window: TimeWindow,
  runId: string,
): Promise<Collected> {
  const source = await deps.connections.source(sourceId);
  const total = { records: 0, newRecords: 0, orders: 0, undecodable: 0 };
  const startedAt = new Date();
  const fresh: Read[] = [];
  for await (const { records } of source.fetchRecords(window)) {
    fresh.push(...(await storeNew(deps, source, sourceId, records)));
    total.records += records.length;
  }
  total.newRecords = fresh.length;
  total.undecodable = fresh.filter((r) => r.problem !== undefined).length;
  // An order's lines may stand on several pages: none sets out before all are stored.
  total.orders = await beginJourneys(deps, sourceId, fresh);
  // A window that reaches into the future has been read up to now only.
  const to = window.to < startedAt ? window.to : startedAt;
  await recordCollection(deps.database.db, sourceId, { from: window.from, to }, runId, total);
  await closeTasks(deps.database.db, ['collection_failed'], { connectionId: sourceId }, 'boosta');
  return total;
}

/**
 * Stores what is not stored yet; little else is decoded, since most of a window has been read before.
 * Records, their orders and their tasks come together: a record alone would never be new again.
 */
async function storeNew(
  deps: Deps,
  source: Source,
  connectionId: string,
  page: readonly FetchedRecord[],
): Promise<Read[]> {
  const newest = await newestVersions(
    deps.database.db,
    connectionId,
    page.map((record) => record.recordId),
  );
  const fresh = page.flatMap((record) => {
    const before = newest.get(record.recordId);
    const isKnown = before?.contentHash === record.contentHash;
    if (isKnown && before.isReadable) return [];
    const now = read(source, connectionId, record, before);
    // Its task is open; it is a version of its own once settings have been mended so that it can be read.
    return isKnown && now.problem !== undefined ? [] : [now];
  });
  if (fresh.length === 0) return [];
  await inTransaction(deps.database, async (tx) => {
    // First, since it locks them: a record with a lower number would be taken for read if it came later.
    await insertCollected(tx, ordersOf(connectionId, fresh));
    await insertRawRecords(
      tx,
      fresh.map((r) => r.raw),
    );
    for (const each of fresh) await reportUndecodable(tx, connectionId, each);
  });
  return fresh;
}

/** One task for a record that cannot be read; it closes when the record's next version comes. */
async function reportUndecodable(tx: Db, connectionId: string, { raw, problem }: Read): Promise<void> {
  if (raw.follows > 0) {
    await closeTasks(tx, ['undecodable'], { connectionId, rawRecordId: raw.follows }, 'boosta');
  }
  if (problem === undefined) return;
  const rawRecordId = await findRawRecordId(tx, raw);
  const subject = { connectionId, ...(rawRecordId === undefined ? {} : { rawRecordId }) };
  await openTask(tx, 'undecodable', subject, `Record ${raw.recordId}: ${problem.message}`);
}

function read(source: Source, connectionId: string, record: FetchedRecord, before?: StoredVersion): Read {
  const { recordId, contentHash } = record;
  const follows = before?.id ?? 0;
  const raw = { connectionId, recordId, contentHash, follows, body: Buffer.from(record.body) };
  try {
    const told = source.decode(record.body);
    const key = orderKey(told.channel, told.orderNumber);
    // Taken for another order, its units would ship twice.
    if (before !== undefined && (before.orderKey ?? key) !== key) {
      throw new UndecodableRecord(
        'order number',
        `the record was of ${before.orderKey}, and is now of ${key}`,
      );
    }
    return { raw: { ...raw, orderKey: key }, told, problem: undefined };
  } catch (error) {
    return { raw: { ...raw, orderKey: null }, told: undefined, problem: asUndecodable(error) };
  }
}

/** An order number that makes no key is as undecodable as a missing one. */
function asUndecodable(error: unknown): UndecodableRecord {
  if (error instanceof UndecodableRecord) return error;
  if (error instanceof RangeError)
    return new UndecodableRecord('order number', error.message, { cause: error });
  throw error;
}

function ordersOf(source: string, fresh: readonly Read[]): CollectedOrder[] {
  const orders = new Map<string, CollectedOrder>();
  for (const { raw, told } of fresh) {
    if (told === undefined || isClaim(told) || raw.orderKey === null) continue;
    const { channel, orderNumber, orderedAt } = told;
    orders.set(raw.orderKey, { key: raw.orderKey, channel, orderNumber, orderedAt, source });
  }
  return [...orders.values()];
}

/** A new order's journey starts; one on its way hears that there is news; one that is over needs no journey. */
async function beginJourneys(deps: Deps, sourceId: string, fresh: readonly Read[]): Promise<number> {
  const orders = ordersOf(sourceId, fresh);
  await inParallel(STARTS_AT_ONCE, orders, async (order) => {
    if (await deps.journeys.start(order)) return;
    if (!(await deps.journeys.nudge(order.key, 'changed'))) await normalizeOrder(deps, order.key);
  });
  return orders.length;
}

const OVERLAP_MS = 10 * 60_000;
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;

/**
 * Which windows a run has to read. One that a person gave, or the interval of a run that Temporal's
 * backfill starts for an earlier time, is read again. Any other run reads from where reading without a
 * gap has ended, so that time is covered also after an outage. Cut to what the source takes at once.
 */
export async function windowsToCollect(
  deps: Deps,
  sourceId: string,
  scheduledFor: Date,
  intervalMs: number,
  now: Date,
  given?: TimeWindow,
): Promise<TimeWindow[]> {
  const { capabilities } = await deps.connections.source(sourceId);
  if (given !== undefined) return cutWindow(given, capabilities.maxWindowHours, OVERLAP_MS);
  const covered = await lastCovered(deps.database.db, sourceId);
  const isBackfill = covered !== undefined && now.getTime() - scheduledFor.getTime() > 2 * intervalMs;
  const to = isBackfill ? scheduledFor : now;
  const from = isBackfill
    ? scheduledFor.getTime() - intervalMs
    : Math.min(covered?.getTime() ?? now.getTime() - FIRST_LOOK_BACK_MS, now.getTime());
  return cutWindow({ from: new Date(from - OVERLAP_MS), to }, capabilities.maxWindowHours, OVERLAP_MS);
}

/** A source that does not answer is somebody's task, however long Temporal goes on trying. */
export async function reportCollectionFailure(deps: Deps, sourceId: string, reason: string): Promise<void> {
  await openTask(deps.database.db, 'collection_failed', { connectionId: sourceId }, reason);
}
