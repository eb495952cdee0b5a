import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import { Connections } from '../activities/connections';
import type { Deps } from '../activities/deps';
import { Dispatcher, type DispatcherOptions } from '../activities/dispatch/dispatcher';
import { TrackingUploads } from '../activities/tracking-uploads';
import type { Database } from '../db/database';
import { TASK_QUEUE } from '../workflows/names';
import { safeFailures } from './safe-failures';
import { temporalJourneys } from './temporal-journeys';

export interface Parts {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly database: Database;
  readonly log: Logger;
  readonly dispatcher?: DispatcherOptions;
  readonly taskQueue?: string;
  /** Further settings of the worker: interceptors and sinks of traces, limits. */
  readonly worker?: Partial<WorkerOptions>;
}

export interface BoostaWorker {
  readonly worker: Worker;
  readonly deps: Deps;
}

/** Above the longest activity that is not cancelled: a first try with its whole time-out. */
const GRACE = '30s';

/** The composition root: everything the activities work with is made here, once. */
export async function createWorker(parts: Parts): Promise<BoostaWorker> {
  const { connection, namespace, database, log, taskQueue = TASK_QUEUE } = parts;
  const client = new Client({ connection, namespace });
  const connections = new Connections(database.db);
  const deps: Deps = {
    database,
    connections,
    dispatcher: new Dispatcher(database, connections, log, parts.dispatcher),
    uploads: new TrackingUploads(connections),
    journeys: temporalJourneys(client, taskQueue),
    log,
  };
  const { interceptors, ...settings } = parts.worker ?? {};
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    // Tracing brings workflow code of its own, which the bundle made ahead does not have.
    ...workflows(settings.plugins === undefined),
    activities: createActivities(deps),
    maxCachedWorkflows: 1_000,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 100,
    shutdownGraceTime: GRACE,
    interceptors: { ...interceptors, activity: [safeFailures, ...(interceptors?.activity ?? [])] },
    ...settings,
  });
  return { worker, deps };
}

/** Bundled ahead by `npm run build`; from the sources otherwise. */
function workflows(asBundled: boolean): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const bundle = join(__dirname, '..', 'workflows', 'bundle.js');
  if (asBundled && existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  return { workflowsPath: require.resolve('../workflows') };
}
