import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

/** A worker has no database connection left, at the longest for longer than anybody waits for one. */
export const fullPool: Fault = {
  kind: 'full-pool',
  async inject({ seats }, random) {
    const seat = random.pick(seats);
    const ms = random.between(3_000, 12_000);
    return seat.lineTurns.take(async () => {
      seat.tell({ do: 'fill-pool', ms });
      await sleep(ms);
      return `${seat.name} for ${ms} ms`;
    });
  },
};
