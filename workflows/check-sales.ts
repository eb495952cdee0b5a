import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const activities = proxyActivities<Activities>({
  // One statement that reads the whole ledger.
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3, maximumInterval: '1 minute' },
});

/** The sums that reports come from are compared with the ledger. @returns how many differ. */
export async function checkSales(): Promise<number> {
  return activities.checkSales();
}
