import type { Client } from '@temporalio/client';
import { TASK_QUEUE } from '../../workflows/names';
import { UseCaseError } from './use-case-error';

const WORKFLOW_TASKS = 1;
const RECENT_MS = 2 * 60_000;

/** How many workers have asked for work lately; Temporal remembers one that has gone for a while. */
export async function workersPolling(temporal: Client): Promise<number> {
  const { pollers } = await temporal.workflowService.describeTaskQueue({
    namespace: temporal.options.namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType: WORKFLOW_TASKS,
  });
  const since = Date.now() - RECENT_MS;
  return (pollers ?? []).filter((p) => Number(p.lastAccessTime?.seconds ?? 0) * 1000 >= since).length;
}

/** @throws UseCaseError when nobody would do the work. */
export async function requireWorker(temporal: Client): Promise<void> {
  if ((await workersPolling(temporal)) > 0) return;
  throw new UseCaseError('No worker is running: start one with npm start or npm run worker.');
}
