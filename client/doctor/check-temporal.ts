import { listConnections } from '../../db/queries/connections';
import type { Config } from '../../worker/config';
import { SEARCH_ATTRIBUTES, TASK_QUEUE, wmsTaskQueue } from '../../workflows/names';
import { openOrExplain, type TemporalServer, temporalOrExplain } from '../connect';
import { wantedSchedules } from '../schedules';
import { workersPolling } from '../use-cases/require-worker';
import { checkSchedules } from './check-schedules';
import { attempt, FIX, type Finding, ok, wrong } from './finding';

/** Whether the work goes on: the server, what is registered there, a worker, the schedules. */
export async function checkTemporal(config: Config): Promise<Finding[]> {
  const server = await temporalOrExplain(config).catch((error: Error) => error);
  if (server instanceof Error)
    return [wrong('temporal', server.message, 'npm start (or set TEMPORAL_ADDRESS)')];
  try {
    const namespace = await attempt(
      'namespace',
      () => checkNamespace(server),
      `npm run temporal -- operator namespace create --namespace ${config.temporal.namespace}`,
    );
    if (namespace.some((finding) => !finding.ok)) return namespace;
    const rest = await Promise.all([
      attempt('search attributes', () => checkSearchAttributes(server), FIX),
      attempt('worker', () => checkWorker(server)),
      attempt('schedule', () =>
        withWanted(config, async ({ schedules, wmsIds }) => [
          ...(await checkSchedules(server.client, schedules)),
          ...(await checkWmsQueues(server, wmsIds)),
        ]),
      ),
    ]);
    return [...namespace, ...rest.flat()];
  } finally {
    await server.connection.close();
  }
}

async function checkNamespace({ client, connection }: TemporalServer): Promise<Finding> {
  const { namespace } = client.options;
  await connection.workflowService.describeNamespace({ namespace });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  return ok('temporal', `server ${serverVersion}, namespace ${namespace}`);
}

/** Search attributes that Temporal does not know; with one missing, no journey starts. */
export async function missingSearchAttributes({ client, connection }: TemporalServer): Promise<string[]> {
  const { namespace } = client.options;
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(SEARCH_ATTRIBUTES).filter((name) => !(name in (customAttributes ?? {})));
}

async function checkSearchAttributes(server: TemporalServer): Promise<Finding> {
  const missing = await missingSearchAttributes(server);
  return missing.length === 0
    ? ok('search attributes', Object.keys(SEARCH_ATTRIBUTES).join(', '))
    : wrong('search attributes', `not registered: ${missing.join(', ')}; no journey can start`, FIX);
}

async function checkWorker({ client }: TemporalServer): Promise<Finding> {
  const workers = await workersPolling(client);
  return workers > 0
    ? ok('worker', `${workers} at the task queue ${TASK_QUEUE}`)
    : wrong('worker', `none has asked for work at the task queue ${TASK_QUEUE} lately`, 'npm run worker');
}

/** What has to be tried again waits in a queue of its WMS; a worker that could not open it says so in its log. */
async function checkWmsQueues({ client }: TemporalServer, wmsIds: readonly string[]): Promise<Finding[]> {
  return Promise.all(
    wmsIds.map(async (id) => {
      const taskQueue = wmsTaskQueue(TASK_QUEUE, id);
      const workers = await workersPolling(client, taskQueue, 'activity');
      return workers > 0
        ? ok(`queue ${id}`, `${workers} at the task queue ${taskQueue}`)
        : wrong(
            `queue ${id}`,
            `none has asked for work at the task queue ${taskQueue} lately`,
            'npm run worker',
          );
    }),
  );
}

interface Wanted {
  readonly schedules: Awaited<ReturnType<typeof wantedSchedules>>;
  readonly wmsIds: readonly string[];
}

/** Without the database nobody knows what there should be; that is said elsewhere. */
async function withWanted(config: Config, work: (wanted: Wanted) => Promise<Finding[]>): Promise<Finding[]> {
  const wanted = await readWanted(config);
  return wanted === undefined
    ? [wrong('schedule', 'not checked: the database does not tell which there should be')]
    : work(wanted);
}

async function readWanted(config: Config): Promise<Wanted | undefined> {
  const database = await openOrExplain(config).catch(() => undefined);
  if (database === undefined) return undefined;
  try {
    const connections = await listConnections(database.db);
    const wmsIds = connections.filter(({ kind }) => kind === 'wms').map(({ id }) => id);
    return { schedules: await wantedSchedules(database.db), wmsIds };
  } catch {
    return undefined;
  } finally {
    await database.close();
  }
}
