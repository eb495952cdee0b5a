import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3, maximumInterval: '30s' },
});

/** One look at what a WMS has shipped; the schedule comes again, so a failed one is not tried for ever. */
export async function watchShipments(wms: string): Promise<number> {
  try {
    return await activities.watchShipments(wms);
  } catch (error) {
    await activities.reportWmsFailure(wms, 'shipments');
    throw error;
  }
}
