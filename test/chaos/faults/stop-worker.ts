import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../../../activities/dispatch/dispatcher';
import { LEASE_MS } from '../world';
import type { Fault } from './fault';

/** Most often with the lease in hand and nothing sent: what comes back then is the zombie to be feared. */
const STEPS: readonly Step[] = ['claimed', 'claimed', 'sent', 'before-claim'];

/** SIGSTOP past the lease, then SIGCONT: it goes on as if nothing had been. */
export const stopWorker: Fault = {
  kind: 'stop-worker',
  async inject({ seats }, random) {
    const seat = random.pick(seats);
    const step = random.pick(STEPS);
    const ms = LEASE_MS + random.between(3_000, 7_000);
    return seat.turns.take(async () => {
      const where = await seat.strike({ do: 'strike', step, signal: 'SIGSTOP' });
      await sleep(ms);
      seat.signal('SIGCONT');
      return `${seat.name} at ${where === 'at the step' ? step : where} for ${ms} ms`;
    });
  },
};
