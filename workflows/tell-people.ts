import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  // The schedule comes again: a message that may have arrived is not sent at once a second time.
  retry: { maximumAttempts: 1 },
});

/** New tasks reach the people who chose to be told. @returns how many messages arrived. */
export async function tellPeople(): Promise<number> {
  return activities.tellPeople();
}
