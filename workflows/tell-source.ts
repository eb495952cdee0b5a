import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const { answerClaims, pushStock, reportTellingFailure } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3, maximumInterval: '30s' },
});

/**
 * What a source wants to hear that no single order's journey tells it: what became of claims, also after the
 * journey's end, and how much may be sold. The schedule comes again, so a failed one is not tried for ever.
 */
export async function tellSource(source: string): Promise<{ claims: number; listings: number }> {
  try {
    return { claims: await answerClaims(source), listings: await pushStock(source) };
  } catch (error) {
    await reportTellingFailure(source);
    throw error;
  }
}
