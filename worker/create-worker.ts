import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import type { AlertSettings } from '../activities/alerts/settings';
import { Connections } from '../activities/connections';
import type { Deps } from '../activities/deps';
import { Dispatcher, type DispatcherOptions } from '../activities/dispatch/dispatcher';
import { openWayBack } from '../activities/way-back';
import type { Database } from '../db/database';
import { listConnections } from '../db/queries/connections';
import { TASK_QUEUE, wmsTaskQueue } from '../workflows/names';
import { heartbeats } from './heartbeats';
import { safeFailures } from './safe-failures';
import { temporalCommands } from './temporal-commands';
import { temporalJourneys } from './temporal-journeys';
import { WmsQueues } from './wms-queues';

export interface Parts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly database: Database;
  readonly log: Logger;
  readonly alerts: AlertSettings;
  readonly dispatcher?: DispatcherOptions;
  readonly taskQueue?: string;
  /** Further settings of the worker: interceptors and sinks of traces, limits. */
  readonly worker?: Partial<WorkerOptions>;
}

export interface BoostaWorker {
  readonly taskQueue: string;
  readonly deps: Deps;
  /** Until it is shut down, by a signal or by {@link shutdown}. */
  run(): Promise<void>;
  shutdown(): void;
}

/** As many as go in one call of the WMSes that take the most. */
const SENDS_PER_WMS = 100;

/** Above the longest activity that is not cancelled: a first try with its whole time-out. */
const GRACE = '30s';

/** The composition root: everything the activities work with is made here, once. */
export async function createWorker(parts: Parts): Promise<BoostaWorker> {
  const { connection, namespace, database, log, taskQueue = TASK_QUEUE } = parts;
  const client = new Client({ connection, namespace });
  const connections = new Connections(database);
  const deps: Deps = {
    database,
    connections,
    dispatcher: new Dispatcher({ database, connections, log }, parts.dispatcher),
    wayBack: openWayBack(database, connections),
    journeys: temporalJourneys(client, taskQueue),
    alerts: parts.alerts,
    log,
  };
  const { interceptors, ...settings } = parts.worker ?? {};
  const activities = createActivities(deps, temporalCommands(client));
  const common = {
    connection,
    namespace,
    shutdownGraceTime: GRACE,
    interceptors: {
      ...interceptors,
      activity: [safeFailures, heartbeats, ...(interceptors?.activity ?? [])],
    },
  };
  const worker = await Worker.create({
    ...common,
    taskQueue,
    // Tracing brings workflow code of its own, which the bundle made ahead does not have.
    ...workflows(settings.plugins === undefined),
    activities,
    maxCachedWorkflows: 1_000,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 100,
    ...settings,
  });
  const queues = new WmsQueues({
    wmsIds: async () => {
      const all = await listConnections(database.db);
      return all.filter(({ kind }) => kind === 'wms').map(({ id }) => id);
    },
    open: (wmsId) =>
      Worker.create({
        ...common,
        taskQueue: wmsTaskQueue(taskQueue, wmsId),
        activities: { dispatchOrder: activities.dispatchOrder },
        maxConcurrentActivityTaskExecutions: SENDS_PER_WMS,
        activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 2 },
      }),
    log,
  });
  return {
    taskQueue,
    deps,
    run: () => queues.whileRunning(worker.run()),
    shutdown: () => worker.shutdown(),
  };
}

/** Bundled ahead by `npm run build`; from the sources otherwise. */
function workflows(asBundled: boolean): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const bundle = join(__dirname, '..', 'workflows', 'bundle.js');
  if (asBundled && existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  return { workflowsPath: require.resolve('../workflows') };
}
