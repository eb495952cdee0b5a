import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

export interface Collection {
  readonly source: string;
  /** How often the schedule runs; a run that comes much later than its time reads its own interval. */
  readonly intervalMs: number;
  /** Given by a person: read this stretch instead. */
  readonly window?: Window;
}

/** ISO 8601. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

const RETRY = { initialInterval: '2s', maximumInterval: '1 minute', maximumAttempts: 5 } as const;

const { windowsToCollect, reportCollectionFailure } = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: RETRY,
});

/** Reads what a source holds for the time that is due, window by window, the oldest first. */
export async function collectOrders(collection: Collection): Promise<{ windows: number; orders: number }> {
  const { source } = collection;
  const windows = await windowsOf(collection);
  let orders = 0;
  for (const window of windows) orders += await readWindow(source, window);
  return { windows: windows.length, orders };
}

/** What there is to read, cut to what the source gives at once. */
export async function windowsOf({ source, intervalMs, window }: Collection): Promise<Window[]> {
  const due = () => windowsToCollect(source, scheduledFor().toISOString(), intervalMs, window);
  return orTask(source, 'What is due could not be found out', due);
}

/** @returns of how many orders something new was said. */
export async function readWindow(source: string, window: Window): Promise<number> {
  return orTask(source, cannotRead(window), () => collect(source, window));
}

export function cannotRead({ from, to }: Window): string {
  return `The window from ${from} to ${to} could not be read`;
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

async function collect(source: string, window: Window): Promise<number> {
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
