import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

/** kill -9 of the Temporal server, and a restart on the same data. */
export const killTemporal: Fault = {
  kind: 'kill-temporal',
  async inject({ temporal }, random) {
    const ms = random.between(0, 3_000);
    return temporal.turns.take(async () => {
      await temporal.kill();
      await sleep(ms);
      await temporal.restart();
      return `away for ${ms} ms`;
    });
  },
};
