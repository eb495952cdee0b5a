import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
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
