import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

/** Nothing gets through on one line: either in silence, or with nobody at its end. */
export const partition: Fault = {
  kind: 'partition',
  async inject({ lines }, random) {
    const line = random.pick(lines);
    const isSilent = random.chance(0.5);
    const ms = random.between(2_000, 8_000);
    return line.turns.take(async () => {
      if (isSilent) line.proxy.fallSilent();
      else await line.proxy.refuse();
      await sleep(ms);
      if (isSilent) line.proxy.speakAgain();
      else await line.proxy.accept();
      return `${line.name}: ${isSilent ? 'silent' : 'refused'} for ${ms} ms`;
    });
  },
};
