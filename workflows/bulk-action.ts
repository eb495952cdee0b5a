import { continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import * as messages from './messages';
import { HEARTBEAT_TIMEOUT } from './names';

const { runBulk } = proxyActivities<Activities>({
  // A row waits for its journey's answer, and for the WMS where that is asked.
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { initialInterval: '1s', maximumInterval: '1 minute' },
});

/** One command for many orders, some rows of its job at a time; the rows and what came of each are in MySQL. */
export async function bulkAction(jobId: number): Promise<void> {
  const state = { isToldMore: false };
  setHandler(messages.goOn, () => {
    state.isToldMore = true;
  });
  for (let left = true; left || state.isToldMore; ) {
    state.isToldMore = false;
    left = await runBulk(jobId);
    if (left && workflowInfo().continueAsNewSuggested) await continueAsNew<typeof bulkAction>(jobId);
  }
}
