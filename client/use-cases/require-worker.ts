import type { Client } from '@temporalio/client';
import { TASK_QUEUE } from '../../workflows/names';
import { UseCaseError } from './use-case-error';

/** The numbers of the kinds in Temporal's API. */
const NUMBER_OF_TASKS = { workflow: 1, activity: 2 } as const;
const RECENT_MS = 2 * 60_000;

/** How many workers have asked for work lately; Temporal remembers one that has gone for a while. */
export async function workersPolling(
  temporal: Client,
  taskQueue = TASK_QUEUE,
  tasks: keyof typeof NUMBER_OF_TASKS = 'workflow',
): Promise<number> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: NUMBER_OF_TASKS[tasks],
  });
  const since = Date.now() - RECENT_MS;
  return (pollers ?? []).filter((p) => Number(p.lastAccessTime?.seconds ?? 0) * 1000 >= since).length;
}

/** @throws UseCaseError when nobody would do the work. */
export async function requireWorker(temporal: Client): Promise<void> {
  if ((await workersPolling(temporal)) > 0) return;
  throw new UseCaseError('No worker is running: start one with npm start or npm run worker.');
}
