import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { sourceAdapter } from '../../activities/sources/registry';
import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { lastCovered } from '../../db/queries/collection';
import type { TimeWindow } from '../../domain/order';
import { cutWindow } from '../../domain/window';
import type { Collection, collectOrders } from '../../workflows/collect-orders';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { Servers } from '../connect';
import { requireSource } from './require-source';
import { requireWorker } from './require-worker';
import { UseCaseError } from './use-case-error';

export interface Collected {
  /** What was read in the end. */
  readonly window: TimeWindow;
  readonly windows: number;
  /** Orders that something new was said of. */
  readonly orders: number;
}

/**
 * Reads a stretch of a source again now, cut to what the source gives at once. It begins no later than
 * where the source has been read up to and ends no later than now: what is written down as read would
 * otherwise leave a gap behind it that no scheduled run reads.
 *
 * @throws UseCaseError.
 */
export async function collectNow(
  context: Servers,
  source: string,
  window: TimeWindow,
  onWindow: (window: TimeWindow) => void = () => undefined,
): Promise<Collected> {
  const maxHours = await longestWindow(context.database.db, source);
  await requireWorker(context.temporal);
  const total = { windows: 0, orders: 0 };
  const covered = (await lastCovered(context.database.db, source)) ?? window.from;
  const read = withoutGap(window, covered, new Date());
  if (read.from >= read.to)
    throw new UseCaseError('That time is still to come: there is nothing to read yet.');
  for (const part of cutWindow(read, maxHours)) {
    onWindow(part);
    const { windows, orders } = await collectOne(context, source, part);
    total.windows += windows;
    total.orders += orders;
  }
  return { window: read, ...total };
}

/** Longer ones are read piece by piece: somebody waits for the answer. */
const LONGEST_BACKFILL_DAYS = 62;

/** The same, because somebody asks for it. @throws UseCaseError. */
export async function backfill(
  context: Servers,
  source: string,
  window: TimeWindow,
  command: Command,
): Promise<Collected> {
  if (window.from >= window.to) throw new UseCaseError('The beginning must come before the end.');
  if (+window.to - +window.from > LONGEST_BACKFILL_DAYS * 86_400_000)
    throw new UseCaseError(`At most ${LONGEST_BACKFILL_DAYS} days are read at once: ask for them in parts.`);
  await requireSource(context.database.db, source);
  const detail = { from: window.from.toISOString(), to: window.to.toISOString() };
  const subject = `connection/${source}`;
  await recordAudit(context.database.db, { ...command, action: 'collection.backfill', subject, detail });
  return collectNow(context, source, window);
}

/** @param covered up to when the source has been read without a gap. */
export function withoutGap({ from, to }: TimeWindow, covered: Date, now: Date): TimeWindow {
  const end = to < now ? to : now;
  return { from: end > covered && from > covered ? covered : from, to: end };
}

async function collectOne({ temporal }: Servers, source: string, { from, to }: TimeWindow) {
  const window = { from: from.toISOString(), to: to.toISOString() };
  const collection: Collection = { source, intervalMs: 0, window };
  const workflowId = workflowIds.collection(source, from, to);
  const handle = await temporal.workflow.start<typeof collectOrders>('collectOrders', {
    args: [collection],
    taskQueue: TASK_QUEUE,
    workflowId,
    // Somebody who is reading it already reads it for us, too.
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    return await handle.result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const why = rootCause(error) ?? error.message;
    throw new UseCaseError(
      `${source} could not be read (${why}): see boosta tasks, or ${workflowId} in the Temporal UI.`,
      {
        cause: error,
      },
    );
  }
}

/** @returns the longest window it gives at once, in hours. */
async function longestWindow(db: Db, id: string): Promise<number> {
  const row = await requireSource(db, id);
  if (row.paused) throw new UseCaseError(`${id} is paused: nothing is read from it.`);
  try {
    return sourceAdapter(row.adapter).capabilities.maxWindowHours;
  } catch (cause) {
    throw new UseCaseError(`The connection ${id} names what is not there: see boosta doctor.`, { cause });
  }
}
