import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const activities = proxyActivities<Activities>({
  // Each page waits for its turn in the WMS's call limit.
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3, maximumInterval: '30s' },
});

/** One look at a WMS's stock. */
export async function syncStock(wms: string): Promise<number> {
  try {
    return await activities.syncStock(wms);
  } catch (error) {
    await activities.reportWmsFailure(wms, 'stock');
    throw error;
  }
}
