import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const { reconcileWms: compare, reportWmsFailure } = proxyActivities<Activities>({
  // Where a WMS has no list, its orders are looked up one by one within its limit of calls.
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3, maximumInterval: '30s' },
});

/** One comparison of what was sent with what a WMS says it has. */
export async function reconcileWms(wms: string) {
  try {
    const { differences, ...result } = await compare(wms);
    return { ...result, differences: differences.length };
  } catch (error) {
    await reportWmsFailure(wms, 'orders');
    throw error;
  }
}
