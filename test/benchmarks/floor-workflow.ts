import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** Temporal's floor: one workflow of one empty regular activity. */
export async function floor(): Promise<void> {
  await nothing();
}
