import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { AlertSettings } from '../../activities/alerts/settings';
import type { Deps } from '../../activities/deps';
import type { Context } from '../../client/connect';
import { readConfig } from '../../worker/config';
import { temporalJourneys } from '../../worker/temporal-journeys';
import type { collectOrders } from '../../workflows/collect-orders';
import { TASK_QUEUE } from '../../workflows/names';
import { NO_ALERTS } from './alerts';
import { boostaProcess } from './boosta';
import { type House, openHouse } from './house';
import { freshTemporal } from './temporal';
import { type WorkerJob, WorkerProcess } from './worker-process';

/** Longer than any run waits for a worker: one that comes later is taken for a backfill. */
const COLLECT_EVERY_MS = 600_000;

/** A house with workers in processes of their own, that go on with every order over the real Temporal. */
export interface StaffedHouse extends House {
  readonly context: Context;
  /** Those of the house, but what these activities tell a journey reaches it. */
  readonly deps: Deps;
  /** A run of the workflow that reads a source, as its schedule starts it. */
  collect(source: string): Promise<WorkflowHandle<typeof collectOrders>>;
  /** Does this over and over until the house is closed. */
  repeat(work: () => Promise<unknown>, everyMs: number): void;
  /** What a further process of the house is told. */
  readonly env: {
    readonly DATABASE_URL: string;
    readonly TEMPORAL_ADDRESS: string;
    readonly TEMPORAL_NAMESPACE: string;
  };
  /** The command line as a person uses it. @returns what it prints as JSON. */
  boosta(...args: string[]): Promise<unknown>;
}

export async function openStaffedHouse({
  workers = 2,
  dispatcher = {},
  alerts = NO_ALERTS,
  ...options
}: Omit<NonNullable<Parameters<typeof openHouse>[0]>, 'dispatcher'> & {
  readonly workers?: number;
  readonly dispatcher?: WorkerJob['dispatcher'];
  /** Where its workers tell people of tasks. */
  readonly alerts?: AlertSettings;
} = {}): Promise<StaffedHouse> {
  const house = await openHouse({ ...options, dispatcher });
  const temporal = await freshTemporal();
  const env = { DATABASE_URL: house.database.url, ...temporal.env };
  const job: WorkerJob = {
    databaseUrl: house.database.url,
    temporal: temporal.at,
    taskQueues: [TASK_QUEUE],
    alerts,
    dispatcher,
  };
  const staff: WorkerProcess[] = [];
  for (let index = 0; index < workers; index += 1) staff.push(await WorkerProcess.start(job));
  const loops: Promise<void>[] = [];
  let closing = false;
  let runs = 0;
  const untilClosed = async (work: () => Promise<unknown>, everyMs: number) => {
    while (!closing) {
      await work();
      await sleep(everyMs);
    }
  };
  return {
    ...house,
    context: {
      config: readConfig({}),
      database: house.database,
      temporal: temporal.client,
      close: async () => undefined,
    },
    deps: { ...house.deps, journeys: temporalJourneys(temporal.client) },
    collect(source) {
      runs += 1;
      return temporal.client.workflow.start<typeof collectOrders>('collectOrders', {
        args: [{ source, intervalMs: COLLECT_EVERY_MS }],
        taskQueue: TASK_QUEUE,
        workflowId: `collect/${source}/${runs}`,
      });
    },
    repeat: (work, everyMs) => void loops.push(untilClosed(work, everyMs)),
    env,
    async boosta(...args) {
      const { code, out, err } = await boostaProcess(env, ...args, '--json');
      if (code !== 0) throw new Error(`boosta ${args.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out);
    },
    async close() {
      closing = true;
      await Promise.all(loops);
      for (const process of staff) await process.kill();
      await temporal.close();
      await house.close();
    },
  };
}
