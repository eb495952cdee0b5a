import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault';

const COMMIT_PATIENCE_MS = 3_000;

/** kill -9 of MySQL while a COMMIT is on its way, and a restart on the same data. */
export const killMysql: Fault = {
  kind: 'kill-mysql',
  async inject({ mysql, seats }, random) {
    const ms = random.between(0, 2_000);
    return mysql.turns.take(async () => {
      const commit = new Promise<'during a COMMIT'>((resolve) => {
        for (const { toMysql } of seats) toMysql.onNextCommit(() => resolve('during a COMMIT'));
      });
      const when = await Promise.race([commit, sleep(COMMIT_PATIENCE_MS, 'while nothing was committed')]);
      await mysql.kill();
      await sleep(ms);
      await mysql.restart();
      return `${when}, away for ${ms} ms`;
    });
  },
};
