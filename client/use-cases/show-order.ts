import type { Db } from '../../db/database';
import { workflowIds } from '../../workflows/names';
import { maskRecipient } from '../mask';
import { omit } from '../omit';
import { requireOrder } from './find-order';
import { readHistory } from './order-history';
import { nextActionOf } from './tasks';
import { timelineOf } from './timeline';

/** One order: where it stands, what to do next, and all that has happened to it. @throws UseCaseError. */
export async function showOrder(db: Db, key: string) {
  const order = await requireOrder(db, key);
  const history = await readHistory(db, key);
  const { lines, recipient, tasks } = history;
  return {
    order,
    workflowId: workflowIds.journey(key),
    recipient: recipient === undefined ? null : maskRecipient(omit(recipient, 'orderKey')),
    lines: lines.map((line) => omit(line, 'orderKey', 'dealKey')),
    next: tasks
      .filter((task) => task.closedAt === null)
      .map((task) => ({ id: task.id, kind: task.kind, reason: task.reason, nextAction: nextActionOf(task) })),
    timeline: timelineOf(order, history),
  };
}

export type ShownOrder = Awaited<ReturnType<typeof showOrder>>;
