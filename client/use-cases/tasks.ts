import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { closeTask, findTask, openTasks } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import { WAITING_REASONS } from '../../domain/stage';
import type { TaskKind } from '../../domain/task';
import { NotFound, UseCaseError } from './use-case-error';

export type TaskRow = NonNullable<Awaited<ReturnType<typeof findTask>>>;

/** What waits for a person, the oldest first; the next action names the subject. */
export async function listTasks(
  db: Db,
  filter: { kind?: TaskKind | undefined; after?: number | undefined; limit: number },
) {
  const tasks = await openTasks(db, filter);
  return tasks.map((task) => ({ ...task, nextAction: nextActionOf(task) }));
}

/** Whether a person closes it; one that stops an order closes by itself once that goes on. */
export function isClosedByHand(kind: TaskKind): boolean {
  return !(WAITING_REASONS as readonly TaskKind[]).includes(kind);
}

/** The next safe action with this task's own names in it. */
export function nextActionOf(
  task: Pick<TaskRow, 'nextAction' | 'orderKey' | 'connectionId' | 'rawRecordId'>,
): string {
  return task.nextAction
    .replace(/\bKEY\b/gu, task.orderKey ?? 'KEY')
    .replace(/\bSOURCE\b/u, task.connectionId ?? 'SOURCE')
    .replace(/\bID\b/u, task.rawRecordId === null ? 'ID' : String(task.rawRecordId));
}

/** Says that a task is done which nothing else closes. @throws UseCaseError for one that stops an order. */
export async function finishTask(database: Database, id: number, command: Command): Promise<TaskRow> {
  const task = await findTask(database.db, id);
  if (task === undefined) throw new NotFound(`There is no task ${id}: boosta tasks lists the open ones.`);
  if (!isClosedByHand(task.kind))
    throw new UseCaseError(
      `Task ${id} stops ${task.orderKey} and closes by itself once that goes on: ${nextActionOf(task)}.`,
    );
  await inTransaction(database, async (tx) => {
    if (!(await closeTask(tx, id, command.by))) throw new UseCaseError(`Task ${id} is closed already.`);
    const detail = { kind: task.kind };
    await recordAudit(tx, {
      ...command,
      action: 'task.close',
      subject: task.orderKey ?? `task/${id}`,
      detail,
    });
  });
  return task;
}
