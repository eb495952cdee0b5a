import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

const MINUTE_MS = 60_000;

/** A worker's wall clock is wrong by minutes to hours, and then right again. */
export const clockJump: Fault = {
  kind: 'clock-jump',
  async inject({ seats }, random) {
    const seat = random.pick(seats);
    const byMs = random.between(5, 120) * MINUTE_MS * (random.chance(0.5) ? 1 : -1);
    const ms = random.between(3_000, 8_000);
    return seat.turns.take(async () => {
      seat.tell({ do: 'jump-clock', byMs });
      await sleep(ms);
      seat.tell({ do: 'jump-clock', byMs: 0 });
      return `${seat.name} by ${byMs / MINUTE_MS} min for ${ms} ms`;
    });
  },
};
