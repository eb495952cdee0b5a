import type { Fault } from './fault';

/** A deployment under load: one worker after the other finishes what it has in hand and is replaced. */
export const restartWorkers: Fault = {
  kind: 'restart-workers',
  async inject({ seats }) {
    for (const seat of seats) await seat.turns.take(() => seat.replace());
    return `${seats.length} workers, one after the other`;
  },
};
