import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import type { AlertSettings } from '../../activities/alerts/settings';
import type { DispatcherOptions } from '../../activities/dispatch/dispatcher';
import type { Step } from '../../activities/dispatch/one-call';
import { openDatabase } from '../../db/database';
import { createWorker } from '../../worker/create-worker';
import { installRuntime } from '../../worker/telemetry';
import { NO_ALERTS } from './alerts';
import { TEST_KEYS } from './database';
import type { TemporalAt } from './temporal';

/** How a worker process is to run, and where it is to end. */
export interface WorkerJob {
  readonly databaseUrl: string;
  readonly temporal: TemporalAt;
  readonly taskQueues: readonly string[];
  readonly alerts?: AlertSettings;
  readonly dispatcher: Pick<DispatcherOptions, 'leaseMs' | 'requestTimeoutMs' | 'settlingMs'>;
  /** Workflow code of the test's own, bundled. */
  readonly bundle?: string;
  /** Once so many dispatches have come to this step, the process ends itself (or stops) in the same tick. */
  readonly at?: { readonly step: Step; readonly dispatches: number; readonly signal: 'SIGKILL' | 'SIGSTOP' };
}

/** A real worker in a process of its own, to be killed, stopped and resumed. */
export class WorkerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Resolves when it has ended; a kill of its own doing too. */
    readonly ended: Promise<unknown>,
  ) {}

  static async start(job: WorkerJob): Promise<WorkerProcess> {
    const compiled = join(__dirname, '../../dist/test/support/worker-process.js');
    const child = fork(compiled, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const ended = once(child, 'exit');
    child.send(job);
    await Promise.race([
      once(child, 'message'),
      ended.then(([code]) => {
        throw new Error(`The worker process ended with ${code} before it ran`);
      }),
    ]);
    return new WorkerProcess(child, ended);
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Holds everybody who comes to the step until the last has come, and strikes then. */
function striker({ step, dispatches, signal }: NonNullable<WorkerJob['at']>): DispatcherOptions['onStep'] {
  let goOn = () => {};
  const struck = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let arrived = 0;
  return (at, ids) => {
    if (at !== step) return;
    arrived += ids.length;
    if (arrived === dispatches) {
      process.kill(process.pid, signal);
      goOn();
    }
    return struck;
  };
}

/** Who is stopped still holds its polls, and Temporal gives tasks to them: few polls, few tasks lost so. */
const FEW_POLLS = { workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 2 } } as const;

async function work(job: WorkerJob): Promise<void> {
  const log = pino({ level: 'silent' });
  installRuntime(log, undefined);
  const connection = await NativeConnection.connect({ address: job.temporal.address });
  const database = openDatabase({ url: job.databaseUrl, connections: 10, secretKeys: TEST_KEYS });
  const onStep = job.at === undefined ? undefined : striker(job.at);
  const dispatcher = { ...job.dispatcher, ...(onStep === undefined ? {} : { onStep }) };
  const workers = await Promise.all(
    job.taskQueues.map((taskQueue) =>
      createWorker({
        connection,
        namespace: job.temporal.namespace,
        database,
        log,
        alerts: job.alerts ?? NO_ALERTS,
        taskQueue,
        dispatcher,
        worker: {
          ...(job.at?.signal === 'SIGSTOP' ? FEW_POLLS : {}),
          ...(job.bundle === undefined ? {} : { workflowBundle: { codePath: job.bundle } }),
        },
      }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  process.send?.('ready');
  await Promise.all(running);
}

if (require.main === module) {
  process.once('message', (job: WorkerJob) => {
    work(job).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    });
  });
  process.on('disconnect', () => process.exit());
}
