import { Gate } from '../../activities/gate';
import { bucketFor } from '../../domain/call-limit';
import { VirtualTime } from './virtual-time';

export interface LimitedWms {
  readonly orders: number;
  readonly ordersPerCall: number;
  readonly callsPerMinute: number;
  /** Orders that wait for their turn at the same time. */
  readonly inHand: number;
  /** How long a call takes, in ms. */
  readonly callMs: number;
}

export interface Sent {
  readonly calls: number;
  readonly ordersPerCall: number;
  /** Simulated. */
  readonly seconds: number;
}

/**
 * How long a WMS with a limit takes for so many orders, in simulated time: the gate is the one that
 * dispatches go through, the permits follow the bucket that MySQL keeps.
 */
export async function sendUnderLimit(wms: LimitedWms): Promise<Sent> {
  const time = new VirtualTime();
  const { capacity, perSecond } = bucketFor(wms.callsPerMinute);
  let tokens = capacity;
  let refilledAt = 0;
  const permit = async () => {
    for (;;) {
      tokens = Math.min(capacity, tokens + ((time.now - refilledAt) / 1000) * perSecond);
      refilledAt = time.now;
      if (tokens >= 1) break;
      await time.sleep(Math.ceil(((1 - tokens) / perSecond) * 1000));
    }
    tokens -= 1;
  };
  let calls = 0;
  let begun = 0;
  let done = 0;
  const begin = () => {
    if (begun === wms.orders) return;
    begun += 1;
    gate.add(begun);
  };
  const gate = new Gate<number>({
    atOnce: 4,
    perCall: wms.ordersPerCall,
    admit: permit,
    call: async (together) => {
      calls += 1;
      await time.sleep(wms.callMs);
      done += together.length;
      for (const _ of together) begin();
    },
  });
  for (let order = 0; order < wms.inHand; order += 1) begin();
  await time.runUntil(() => done === wms.orders);
  return {
    calls,
    ordersPerCall: Number((wms.orders / calls).toFixed(1)),
    seconds: Math.round(time.now / 1000),
  };
}
