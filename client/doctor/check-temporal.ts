import type { Config } from '../../worker/config';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '../../workflows/names';
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
      attempt('schedule', () => withWanted(config, (wanted) => checkSchedules(server.client, wanted))),
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

/** Without the database nobody knows which schedules there should be; that is said elsewhere. */
async function withWanted(
  config: Config,
  work: (wanted: Awaited<ReturnType<typeof wantedSchedules>>) => Promise<Finding[]>,
): Promise<Finding[]> {
  const wanted = await readWanted(config);
  return wanted === undefined
    ? [wrong('schedule', 'not checked: the database does not tell which there should be')]
    : work(wanted);
}

async function readWanted(config: Config) {
  const database = await openOrExplain(config).catch(() => undefined);
  try {
    return database === undefined ? undefined : await wantedSchedules(database.db);
  } catch {
    return undefined;
  } finally {
    await database?.close();
  }
}
