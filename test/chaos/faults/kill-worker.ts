import type { Step } from '../../../activities/dispatch/one-call';
import type { Fault } from './fault';

const STEPS: readonly Step[] = ['before-claim', 'claimed', 'sent', 'confirmed'];

/** kill -9 at a point of the protocol: before the intent, after it, after the WMS's answer, after COMMIT. */
export const killWorker: Fault = {
  kind: 'kill-worker',
  async inject({ seats }, random) {
    const seat = random.pick(seats);
    const step = random.pick(STEPS);
    return seat.turns.take(async () => {
      const where = await seat.strike({ step, signal: 'SIGKILL' });
      await seat.untilRunning();
      return `${seat.name} at ${where === 'at the step' ? step : where}`;
    });
  },
};
