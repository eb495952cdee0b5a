import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { maximumAttempts: 3 },
});

/** Every unfinished order has a journey. */
export async function sweep(): Promise<number> {
  return activities.sweepOrders();
}
