import { openKeyOf } from '../../../db/queries/tasks';
import * as t from '../../../db/schema';
import { NEXT_ACTION } from '../../../domain/task';
import type { Batch } from './load-rows';
import type { OneOrder } from './one-order';
import { HOUR, later, type Moments } from './parts-of-order';
import { STANDINGS } from './progress';

/** One order of so many once had a task that somebody has closed, or something that a person did. */
const ONCE_TASK = 16;
const PEOPLE = ['kim', 'lee', 'park', 'choi', 'jung', 'token:erp'];
const ACTIONS = ['order.hold', 'order.release', 'order.reveal', 'order.cancel', 'task.close', 'match.once'];

/** What waits for a person, what once did, what people did, and what the customer wanted. */
export function addTrouble(batch: Batch, order: OneOrder, { accepted, told }: Moments): void {
  const { index, key: orderKey, progress, wms } = order;
  const { waiting, task: kind = waiting } = STANDINGS[progress];
  if (kind !== undefined)
    batch.add(t.task, {
      kind,
      openKey: openKeyOf(kind, { orderKey }),
      orderKey,
      connectionId: kind === 'missing_in_wms' ? wms : null,
      reason: `${kind} of ${orderKey}`,
      nextAction: NEXT_ACTION[kind],
      openedAt: accepted,
      closedAt: null,
      closedBy: null,
    });
  else if (index % ONCE_TASK === 0)
    batch.add(t.task, {
      kind: 'shortage',
      openKey: null,
      orderKey,
      connectionId: null,
      reason: `shortage of ${orderKey}`,
      nextAction: NEXT_ACTION.shortage,
      openedAt: accepted,
      closedAt: told,
      closedBy: 'boosta',
    });
  if (index % ONCE_TASK === 1)
    batch.add(t.auditEvent, {
      at: accepted,
      actor: PEOPLE[(index >> 4) % PEOPLE.length] ?? 'kim',
      action: ACTIONS[(index >> 5) % ACTIONS.length] ?? 'order.hold',
      subject: orderKey,
      reason: '고객 요청',
      detail: { from: 'console' },
    });
  if (progress === 'cancelled' || progress === 'returned' || progress === 'claimed')
    addClaim(batch, order, accepted);
}

function addClaim(batch: Batch, { index, key, source, progress }: OneOrder, requestedAt: Date): void {
  const isReturn = progress === 'returned';
  const isOpen = progress === 'claimed';
  batch.add(t.claim, {
    connectionId: source,
    recordId: `claim-${index}`,
    orderKey: key,
    claimId: `C${index}`,
    kind: isReturn ? 'return' : 'cancellation',
    state: isOpen ? 'requested' : 'done',
    requestedAt,
    outcome: isOpen ? null : isReturn ? 'returned' : 'stopped',
    answer: isOpen ? 'awaited' : isReturn ? 'none' : 'done',
    answerReason: null,
    updatedAt: later(requestedAt, HOUR),
  });
}
