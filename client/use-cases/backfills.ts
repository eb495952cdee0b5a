import { WorkflowNotFoundError } from '@temporalio/client';
import { sourceAdapter } from '../../activities/sources/registry';
import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { type BackfillRow, backfillsOf, findBackfill, insertBackfill } from '../../db/queries/backfills';
import { lastCovered } from '../../db/queries/collection';
import { inTransaction } from '../../db/transaction';
import type { BackfillState } from '../../domain/backfill';
import type { TimeWindow } from '../../domain/order';
import type { backfill } from '../../workflows/backfill';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { Servers } from '../connect';
import { requireSource } from './require-source';
import { requireWorker } from './require-worker';
import { NotFound, UseCaseError } from './use-case-error';

/** More windows than that are too long a history for one run. */
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/**
 * Has a stretch of a source read again in the background. It begins no later than where the source has been read up
 * to and ends no later than now: what is written down as read would otherwise leave a gap behind it that no scheduled
 * run reads.
 *
 * @returns its number.
 * @throws UseCaseError where there is nothing to read, or nobody to read it; or where it is written down and Temporal
 * does not answer.
 */
export async function startBackfill(
  { database, temporal }: Servers,
  source: string,
  asked: TimeWindow,
  command: Command,
): Promise<number> {
  if (asked.from >= asked.to) throw new UseCaseError('The beginning must come before the end.');
  if (+asked.to - +asked.from > LONGEST_DAYS * DAY_MS)
    throw new UseCaseError(`At most ${LONGEST_DAYS} days are read at once: ask for them in parts.`);
  await requireReadable(database.db, source);
  await requireWorker(temporal);
  const covered = (await lastCovered(database.db, source)) ?? asked.from;
  const window = withoutGap(asked, covered, new Date());
  if (window.from >= window.to)
    throw new UseCaseError('That time is still to come: there is nothing to read yet.');
  const detail = isoOf(window);
  const id = await inTransaction(database, async (tx) => {
    const inserted = await insertBackfill(tx, source, window, command);
    const subject = `connection/${source}`;
    await recordAudit(tx, { ...command, action: 'collection.backfill', subject, detail });
    return inserted;
  });
  try {
    await temporal.workflow.start<typeof backfill>('backfill', {
      args: [{ id, source, window: detail }],
      taskQueue: TASK_QUEUE,
      workflowId: workflowIds.backfill(id),
    });
  } catch (cause) {
    throw new UseCaseError('It is written down, but Temporal does not answer: ask for it again later.', {
      cause,
    });
  }
  return id;
}

/** A stretch that is read again; `stopped`: its run has gone, as when somebody has terminated it. */
export type BackfillStanding = Omit<BackfillRow, 'state'> & { readonly state: BackfillState | 'stopped' };

/** A source's, the newest first. @throws UseCaseError where there is no such source. */
export async function listBackfills(
  { database, temporal }: Servers,
  source: string,
  page: { readonly before?: number | undefined; readonly limit: number },
): Promise<BackfillStanding[]> {
  await requireSource(database.db, source);
  const rows = await backfillsOf(database.db, source, page);
  return Promise.all(rows.map((row) => standingOf(temporal, row)));
}

/** @throws NotFound. */
export async function readBackfill({ database, temporal }: Servers, id: number): Promise<BackfillStanding> {
  const row = await findBackfill(database.db, id);
  if (row === undefined) throw new NotFound(`No stretch was read again under the number ${id}.`);
  return standingOf(temporal, row);
}

/** MySQL says how far it has come, and Temporal whether anybody still goes on with it. */
async function standingOf(temporal: Servers['temporal'], row: BackfillRow): Promise<BackfillStanding> {
  if (row.state !== 'running' || (await isRunning(temporal, row.id))) return row;
  return { ...row, state: 'stopped' };
}

async function isRunning(temporal: Servers['temporal'], id: number): Promise<boolean> {
  try {
    const { status } = await temporal.workflow.getHandle(workflowIds.backfill(id)).describe();
    // It has written down how it ended before it did: who has looked just before that looks again.
    return status.name === 'RUNNING' || status.name === 'COMPLETED' || status.name === 'FAILED';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** @param covered up to when the source has been read without a gap. */
export function withoutGap({ from, to }: TimeWindow, covered: Date, now: Date): TimeWindow {
  const end = to < now ? to : now;
  return { from: end > covered && from > covered ? covered : from, to: end };
}

function isoOf({ from, to }: TimeWindow): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}

/** @throws UseCaseError. */
async function requireReadable(db: Db, id: string): Promise<void> {
  const row = await requireSource(db, id);
  if (row.paused) throw new UseCaseError(`${id} is paused: nothing is read from it.`);
  try {
    sourceAdapter(row.adapter);
  } catch (cause) {
    throw new UseCaseError(`The connection ${id} names what is not there: see boosta doctor.`, { cause });
  }
}
