import type { Database } from '../../db/database';
import { attemptsOf } from '../../db/queries/attempts';
import { type Command, recordAudit } from '../../db/queries/audit';
import { dispatchesOf, membersOf } from '../../db/queries/dispatches';
import { recipientOf } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { maskExchange } from '../mask-exchange';
import { requireOrder } from './find-order';
import { nextActionOf } from './tasks';

/**
 * All the evidence of an order's dispatches: what was said to which WMS, what came back, what was looked up,
 * when; with personal data masked.
 *
 * @param reveal who wants to see it all, and why; that is kept.
 * @throws UseCaseError when there is no such order.
 */
export async function showDispatches({ db }: Database, orderKey: string, reveal?: Command) {
  const { erasedAt } = await requireOrder(db, orderKey);
  const [dispatches, tasks, recipient] = await Promise.all([
    dispatchesOf(db, orderKey),
    tasksOfOrder(db, orderKey),
    recipientOf(db, orderKey),
  ]);
  const { orderKey: _of, ...current } = recipient ?? { orderKey };
  // What was sent may be older than what we know of them now.
  const personal = [current, ...dispatches.map(({ request }) => request?.['recipient'] ?? {})]
    .flatMap((person): unknown[] => Object.values(person))
    .filter((value): value is string => typeof value === 'string');
  const ids = dispatches.map(({ id }) => id);
  const [attempts, members] = await Promise.all([attemptsOf(db, ids), membersOf(db, ids)]);
  if (reveal !== undefined) {
    const detail = { dispatches: ids };
    await recordAudit(db, { ...reveal, action: 'dispatch.reveal', subject: orderKey, detail });
  }
  const shown = (text: string | null) =>
    text === null || reveal !== undefined ? text : maskExchange(text, personal);
  return {
    orderKey,
    masked: reveal === undefined,
    erasedAt,
    next: tasks
      .filter((task) => task.closedAt === null)
      .map((task) => ({ id: task.id, kind: task.kind, reason: task.reason, nextAction: nextActionOf(task) })),
    dispatches: dispatches.map(
      ({ request: _request, leaseToken: _token, leadOrderKey: _key, ...dispatch }) => ({
        ...dispatch,
        orders: members.get(dispatch.id) ?? [orderKey],
        attempts: attempts
          .filter((attempt) => attempt.dispatchId === dispatch.id)
          .map(({ dispatchId: _id, leaseToken: _lease, request, response, ...attempt }) => ({
            ...attempt,
            request: shown(request),
            response: shown(response),
          })),
      }),
    ),
  };
}

export type ShownDispatches = Awaited<ReturnType<typeof showDispatches>>;
export type ShownDispatch = ShownDispatches['dispatches'][number];
