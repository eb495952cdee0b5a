import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { Standing } from '../../domain/stage';

const { dispatchOrder } = proxyActivities<Activities>({
  startToCloseTimeout: '1s',
  retry: { initialInterval: '100ms', maximumInterval: '500ms' },
});

/** Dispatches with a time-out that a slow WMS outlasts, so that one attempt goes on while the next begins. */
export async function impatientDispatch(orderKey: string): Promise<Standing> {
  return dispatchOrder(orderKey);
}
