import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

/** The longest is longer than a call to a WMS may take: it arrives when its sender has given it up. */
const DELAYS_MS = [50, 200, 800, 3_000];

/** Everything on one line arrives late, each way. */
export const latency: Fault = {
  kind: 'latency',
  async inject({ lines }, random) {
    const line = random.pick(lines);
    const delayMs = random.pick(DELAYS_MS);
    const ms = random.between(3_000, 6_000);
    return line.turns.take(async () => {
      line.proxy.slowDown(delayMs);
      await sleep(ms);
      line.proxy.slowDown(0);
      return `${line.name}: ${delayMs} ms each way for ${ms} ms`;
    });
  },
};
