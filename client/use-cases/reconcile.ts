import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import type { Db } from '../../db/database';
import { openTasksOfKinds } from '../../db/queries/tasks';
import { DIFFERENCES } from '../../domain/reconcile';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { reconcileWms } from '../../workflows/reconcile-wms';
import type { Servers } from '../connect';
import { requireWms } from './require-wms';
import { requireWorker } from './require-worker';
import { nextActionOf } from './tasks';
import { UseCaseError } from './use-case-error';

/**
 * Compares now what was sent with what a WMS says it has.
 *
 * @returns how it was asked, and the differences, which are open tasks.
 * @throws UseCaseError.
 */
export async function reconcileNow(context: Servers, wms: string) {
  const { database, temporal } = context;
  const connection = await requireWms(database.db, wms);
  if (connection.paused) throw new UseCaseError(`${wms} is paused: nothing is asked of it.`);
  await requireWorker(temporal);
  const result = await run(context, wms);
  const differences = await listDifferences(database.db);
  return { ...result, differences: differences.filter((difference) => difference.wms === wms) };
}

/** What comparisons have found that is still open, the oldest first. */
export async function listDifferences(db: Db) {
  const tasks = await openTasksOfKinds(db, DIFFERENCES);
  return tasks.map((task) => ({
    task: task.id,
    wms: task.connectionId,
    kind: task.kind,
    orderKey: task.orderKey,
    reason: task.reason,
    nextAction: nextActionOf(task),
    openedAt: task.openedAt,
  }));
}

export type Reconciliation = Awaited<ReturnType<typeof reconcileNow>>;

async function run({ temporal }: Servers, wms: string) {
  const workflowId = workflowIds.reconciliation(wms);
  const handle = await temporal.workflow.start<typeof reconcileWms>('reconcileWms', {
    args: [wms],
    taskQueue: TASK_QUEUE,
    workflowId,
    // Somebody else's question gets the same answer.
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    return await handle.result();
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const why = rootCause(error) ?? error.message;
    const says = `${wms} could not be compared (${why}): see boosta tasks, or ${workflowId} in the Temporal UI.`;
    throw new UseCaseError(says, { cause: error });
  }
}
