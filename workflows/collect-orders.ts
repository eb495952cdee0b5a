import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

export interface Collection {
  readonly source: string;
  /** How often the schedule runs; a run that comes much later than its time reads its own interval. */
  readonly intervalMs: number;
  /** Given by a person: read this stretch instead. ISO 8601. */
  readonly window?: { readonly from: string; readonly to: string };
}

const RETRY = { initialInterval: '2s', maximumInterval: '1 minute', maximumAttempts: 5 } as const;

const { windowsToCollect, reportCollectionFailure } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: RETRY,
});

/** Reads what a source holds for the time that is due, window by window, the oldest first. */
export async function collectOrders(collection: Collection): Promise<{ windows: number; orders: number }> {
  const { source, intervalMs, window } = collection;
  const due = () => windowsToCollect(source, scheduledFor().toISOString(), intervalMs, window);
  const windows = await orTask(source, 'What is due could not be found out', due);
  let orders = 0;
  for (const each of windows) {
    const failing = `The window from ${each.from} to ${each.to} could not be read`;
    orders += await orTask(source, failing, () => collect(source, each));
  }
  return { windows: windows.length, orders };
}

/** The next run reads from where the last good one ended, so a window that fails is not lost. */
async function orTask<T>(source: string, reason: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await reportCollectionFailure(source, reason);
    throw error;
  }
}

async function collect(source: string, window: { from: string; to: string }): Promise<number> {
  const { collectWindow } = proxyActivities<Activities>({
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    summary: `${source} ${window.from} – ${window.to}`,
  });
  return (await collectWindow(source, window)).orders;
}

/** When the schedule meant this run to be; a backfilled run is meant for a time gone by. */
function scheduledFor(): Date {
  const [at] = workflowInfo().searchAttributes['TemporalScheduledStartTime'] ?? [];
  return at instanceof Date ? at : workflowInfo().startTime;
}
