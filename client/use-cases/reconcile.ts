import { WorkflowFailedError } from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { DIFFERENCES } from '../../domain/reconcile';
import { TASK_QUEUE, workflowIds } from '../../workflows/names';
import type { reconcileWms } from '../../workflows/reconcile-wms';
import type { Context } from '../connect';
import { requireWms } from './require-wms';
import { requireWorker } from './require-worker';
import { listTasks } from './tasks';
import { UseCaseError } from './use-case-error';

const MOST_SHOWN = 1_000;

/**
 * Compares now what was sent with what a WMS says it has.
 *
 * @returns how it was asked, and the differences, which are open tasks.
 * @throws UseCaseError.
 */
export async function reconcileNow(context: Context, wms: string) {
  const { database, temporal } = context;
  const connection = await requireWms(database.db, wms);
  if (connection.paused) throw new UseCaseError(`${wms} is paused: nothing is asked of it.`);
  await requireWorker(temporal);
  const result = await run(context, wms);
  const tasks = await listTasks(database.db, { limit: MOST_SHOWN });
  const kinds: readonly string[] = DIFFERENCES;
  const differences = tasks.filter((task) => task.connectionId === wms && kinds.includes(task.kind));
  return {
    ...result,
    differences: differences.map(({ id, kind, orderKey, reason, nextAction }) => ({
      task: id,
      kind,
      orderKey,
      reason,
      nextAction,
    })),
  };
}

export type Reconciliation = Awaited<ReturnType<typeof reconcileNow>>;

async function run({ temporal }: Context, wms: string) {
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
