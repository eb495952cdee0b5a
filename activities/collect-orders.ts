import { recordCollection } from '../db/queries/collection';
import { newestRecordId, ordersToldSince } from '../db/queries/raw-records';
import { closeTasks, openTask } from '../db/queries/tasks';
import type { TimeWindow } from '../domain/order';
import type { Deps } from './deps';
import { normalizeOrder } from './normalize-order';
import { inParallel } from './parallel';
import { FROM_THE_BEGINNING, type Progress } from './progress';
import { storeNew } from './store-records';

/** What Temporal keeps of a window: numbers only. */
export interface Collected {
  readonly records: number;
  readonly newRecords: number;
  readonly orders: number;
  readonly undecodable: number;
}

/** How far the reading of a window has come. */
export interface Reached extends Omit<Collected, 'orders'> {
  /** Where the source's list goes on; none once it has been read to its end. */
  readonly next?: string;
  /** The newest record there was when the window was begun: what came after it is to be looked at. */
  readonly since: number;
  readonly announced: number | null;
}

const STARTS_AT_ONCE = 20;

/**
 * Reads a window: whatever is new in it is stored as it came, and only then journeys are started. What
 * is known already changes nothing, so that windows may overlap and be read again at will.
 *
 * @param progress where another attempt at this window goes on.
 * @throws OutsideUnavailable when the source did not answer; the window is then read on from there.
 */
export async function collectWindow(
  deps: Deps,
  sourceId: string,
  window: TimeWindow,
  runId: string,
  progress: Progress<Reached> = FROM_THE_BEGINNING,
): Promise<Collected> {
  const startedAt = new Date();
  const read = await readWindow(deps, sourceId, window, progress);
  // An order's lines may stand on several pages: none sets out before all are stored.
  const orders = await beginJourneys(deps, sourceId, read.since);
  const { records, newRecords, undecodable, announced } = read;
  // A window that reaches into the future has been read up to now only.
  const covered = { from: window.from, to: window.to < startedAt ? window.to : startedAt };
  await recordCollection(deps.database.db, sourceId, covered, runId, {
    records,
    newRecords,
    orders,
    announced,
  });
  await closeTasks(deps.database.db, ['collection_failed'], { connectionId: sourceId }, 'boosta');
  return { records, newRecords, orders, undecodable };
}

async function readWindow(
  deps: Deps,
  sourceId: string,
  window: TimeWindow,
  progress: Progress<Reached>,
): Promise<Reached> {
  const source = await deps.connections.source(sourceId);
  let reached: Reached = progress.from ?? {
    records: 0,
    newRecords: 0,
    undecodable: 0,
    announced: null,
    since: await newestRecordId(deps.database.db),
  };
  if (progress.from !== undefined && progress.from.next === undefined) return reached;
  for await (const { records, next, announced } of source.fetchRecords(window, progress.from?.next)) {
    const stored = await storeNew(deps, source, sourceId, records);
    reached = {
      since: reached.since,
      records: reached.records + records.length,
      newRecords: reached.newRecords + stored.newRecords,
      undecodable: reached.undecodable + stored.undecodable,
      announced: announced ?? reached.announced,
      ...(next === undefined ? {} : { next }),
    };
    progress.reach(reached);
  }
  return reached;
}

/** A new order's journey starts; one on its way hears that there is news; one that is over needs no journey. */
async function beginJourneys(deps: Deps, sourceId: string, since: number): Promise<number> {
  const orders = await ordersToldSince(deps.database.db, sourceId, since);
  await inParallel(STARTS_AT_ONCE, orders, async (order) => {
    if (await deps.journeys.start(order)) return;
    if (!(await deps.journeys.nudge(order.key, 'changed'))) await normalizeOrder(deps, order.key);
  });
  return orders.length;
}

/** A source that does not answer is somebody's task, however long Temporal goes on trying. */
export async function reportCollectionFailure(deps: Deps, sourceId: string, reason: string): Promise<void> {
  await openTask(deps.database.db, 'collection_failed', { connectionId: sourceId }, reason);
}
