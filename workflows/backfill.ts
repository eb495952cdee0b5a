import { ActivityFailure, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { cannotRead, readWindow, type Window, windowsOf } from './collect-orders';

const { noteBackfill } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '500ms', maximumInterval: '1 minute' },
});

/** A stretch that a person has read again: its source, and from when to when, cut so that no gap stays behind it. */
export interface Backfill {
  readonly id: number;
  readonly source: string;
  readonly window: Window;
}

/** Reads a stretch again, window by window, the oldest first; how far it has come is in MySQL. */
export async function backfill({ id, source, window }: Backfill): Promise<void> {
  let progress = { windows: 0, windowsRead: 0, orders: 0 };
  let under: Window = window;
  try {
    const windows = await windowsOf({ source, intervalMs: 0, window });
    progress = { ...progress, windows: windows.length };
    for (under of windows) {
      await noteBackfill(id, { ...progress, state: 'running' });
      const orders = progress.orders + (await readWindow(source, under));
      progress = { ...progress, windowsRead: progress.windowsRead + 1, orders };
    }
  } catch (error) {
    const why = error instanceof ActivityFailure ? `: ${error.cause?.message}` : '';
    await noteBackfill(id, { ...progress, state: 'failed', failure: `${cannotRead(under)}${why}` });
    throw error;
  }
  await noteBackfill(id, { ...progress, state: 'done' });
}
