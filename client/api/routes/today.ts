import type { FastifyInstance } from 'fastify';
import { showToday } from '../../use-cases/show-today';
import { finishTask, isClosedByHand, listTasks } from '../../use-cases/tasks';
import type { ApiContext } from '../context';
import * as contract from '../contract/today';
import { nextAfter } from '../cursor';
import { serve } from '../serve';

export function addToday(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.readToday, async () => showToday(database.db));
  serve(api, contract.listTasks, async ({ query: { kind, cursor, limit } }) => {
    const tasks = await listTasks(database.db, { kind, after: cursor, limit });
    const rows = tasks.map((task) => ({ ...task, closedByHand: isClosedByHand(task.kind) }));
    return { rows, next: nextAfter(tasks, limit, ({ id }) => String(id)) };
  });
  serve(api, contract.closeTask, async ({ params, body, caller }) => {
    await finishTask(database, params.id, { by: caller.name, reason: body.reason });
    return {};
  });
}
