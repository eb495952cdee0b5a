import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { Connections } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { Dispatcher, type DispatcherOptions } from '../../activities/dispatch/dispatcher';
import { dispatchOrder } from '../../activities/dispatch-order';
import { openWayBack } from '../../activities/way-back';
import { openDatabase } from '../../db/database';
import { NO_ALERTS } from './alerts';
import { TEST_KEYS } from './database';

/** What another process is to dispatch; an order that is named several times is dispatched so often at once. */
export interface Job {
  readonly databaseUrl: string;
  readonly orderKeys: readonly string[];
  readonly dispatcher?: Pick<DispatcherOptions, 'leaseMs' | 'requestTimeoutMs' | 'callsInFlight'>;
}

/** Where each of the job's orders stood in the end, or why it did not get there. */
export type Report = readonly string[];

const GIVE_UP_AFTER_MS = 60_000;

/** A worker of its own, without Temporal: it loads the activities, says so, and waits for its job. */
export class DispatchProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<DispatchProcess> {
    const compiled = join(__dirname, '../../dist/test/support/dispatch-process.js');
    const child = fork(compiled, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(child, 'message');
    return new DispatchProcess(child);
  }

  async run(job: Job): Promise<Report> {
    const ended = once(this.child, 'exit').then(() => {
      throw new Error('The process ended before it had reported');
    });
    this.child.send(job);
    const [report] = await Promise.race([once(this.child, 'message'), ended]);
    return report as Report;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }
}

async function work(job: Job): Promise<Report> {
  const database = openDatabase({ url: job.databaseUrl, connections: 10, secretKeys: TEST_KEYS });
  const log = pino({ level: 'silent' });
  const connections = new Connections(database);
  const deps: Deps = {
    database,
    connections,
    dispatcher: new Dispatcher({ database, connections, log }, job.dispatcher),
    wayBack: openWayBack(database, connections),
    journeys: { start: () => Promise.resolve(false), nudge: () => Promise.resolve(false) },
    alerts: NO_ALERTS,
    log,
  };
  const report = await Promise.all(job.orderKeys.map((key) => untilSettled(deps, key)));
  await database.close();
  return report;
}

async function untilSettled(deps: Deps, orderKey: string): Promise<string> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      const { stage, waiting } = await dispatchOrder(deps, orderKey);
      return `${stage}/${waiting ?? ''}`;
    } catch (error) {
      if (performance.now() > deadline) return String(error);
      await sleep(50 + Math.random() * 100);
    }
  }
}

if (require.main === module) {
  process.on('message', (job: Job) => {
    void work(job).then((report) => process.send?.(report));
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}
