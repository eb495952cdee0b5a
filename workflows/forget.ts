import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { HEARTBEAT_TIMEOUT } from './names';

const { dropEnded, erasePersonalData } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { maximumAttempts: 3 },
});

/** Nothing is kept longer than it is needed: sessions, answers to repeats, personal data of orders long over. */
export async function forget() {
  const dropped = await dropEnded();
  let orders = 0;
  let strayRecords = 0;
  for (let more = true; more; ) {
    const erased = await erasePersonalData();
    orders += erased.orders;
    strayRecords += erased.strayRecords;
    more = erased.more;
  }
  return { ...dropped, orders, strayRecords };
}
