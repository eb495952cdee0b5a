import type { Database } from '../db/database';
import { giveUpGap, lastCovered } from '../db/queries/collection';
import { openTask } from '../db/queries/tasks';
import type { TimeWindow } from '../domain/order';
import { cutWindow } from '../domain/window';
import type { Deps } from './deps';

const OVERLAP_MS = 10 * 60_000;
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Which windows a run has to read. One that a person gave, or the interval of a run that Temporal's
 * backfill starts for an earlier time, is read again. Any other run reads from where reading without a
 * gap has ended, so that time is covered also after an outage. Cut to what the source takes at once; what it
 * no longer gives is somebody's task.
 */
export async function windowsToCollect(
  deps: Pick<Deps, 'database' | 'connections'>,
  sourceId: string,
  scheduledFor: Date,
  intervalMs: number,
  now: Date,
  given?: TimeWindow,
): Promise<TimeWindow[]> {
  const { capabilities } = await deps.connections.source(sourceId);
  const { maxWindowHours, lookBackDays } = capabilities;
  if (given !== undefined) return cutWindow(given, maxWindowHours, OVERLAP_MS);
  const covered = await lastCovered(deps.database.db, sourceId);
  const isBackfill = covered !== undefined && now.getTime() - scheduledFor.getTime() > 2 * intervalMs;
  const to = isBackfill ? scheduledFor : now;
  const due = isBackfill
    ? scheduledFor.getTime() - intervalMs
    : Math.min(covered?.getTime() ?? now.getTime() - FIRST_LOOK_BACK_MS, now.getTime());
  const oldest = lookBackDays === null ? 0 : now.getTime() - lookBackDays * DAY_MS;
  if (!isBackfill && covered !== undefined && due < oldest)
    await reportGap(deps.database, sourceId, { from: covered, to: new Date(oldest) });
  const from = new Date(Math.max(due - OVERLAP_MS, oldest));
  return from < to ? cutWindow({ from, to }, maxWindowHours, OVERLAP_MS) : [];
}

/** Nobody can read it any more: it is written down as given up, so that the next run goes on after it. */
async function reportGap({ db }: Database, connectionId: string, gap: TimeWindow): Promise<void> {
  const from = gap.from.toISOString();
  const reason = `${connectionId} was not read from ${from} to ${gap.to.toISOString()}, and gives nothing so old any more`;
  await openTask(db, 'collection_gap', { connectionId, part: from }, reason);
  await giveUpGap(db, connectionId, gap);
}
