import type { Db } from '../../db/database';
import { ORDER_COMMANDS, outlookOf } from '../../domain/order-command';
import { workflowIds } from '../../workflows/names';
import { maskRecipient } from '../mask';
import { omit } from '../omit';
import { requireOrder } from './find-order';
import { readHistory } from './order-history';
import { packedWith } from './packing';
import { factsOf } from './preview-command';
import { nextActionOf } from './tasks';
import { timelineOf } from './timeline';

/** One order: where it stands, what to do next, and all that has happened to it. @throws UseCaseError. */
export async function showOrder(db: Db, key: string) {
  const order = await requireOrder(db, key);
  const history = await readHistory(db, key);
  const { lines, recipient, tasks } = history;
  const together = await packedWith(db, key, history.dispatches);
  const facts = factsOf(order, history, together);
  return {
    order,
    workflowId: workflowIds.journey(key),
    recipient: recipient === undefined ? null : maskRecipient(omit(recipient, 'orderKey')),
    lines: lines.map((line) => omit(line, 'orderKey')),
    next: tasks
      .filter((task) => task.closedAt === null)
      .map((task) => ({
        id: task.id,
        kind: task.kind,
        reason: task.reason,
        nextAction: nextActionOf(task),
        openedAt: task.openedAt,
      })),
    commands: ORDER_COMMANDS.map((command) => ({ command, outlook: outlookOf(command, facts) })),
    together,
    dispatches: history.dispatches.map((dispatch) =>
      omit(dispatch, 'request', 'leaseToken', 'leaseExpiresAt', 'leadOrderKey'),
    ),
    parcels: history.shipments.map(({ carrierName, carrier, upload, uploadReason, ...shipment }) => ({
      ...omit(shipment, 'uploadedAt'),
      carrier: carrierName ?? carrier,
      told: upload,
      toldReason: uploadReason,
    })),
    claims: history.claims.map(({ claimId, kind, state, requestedAt }) => ({
      id: claimId,
      kind,
      state,
      requestedAt,
    })),
    timeline: timelineOf(order, history),
  };
}

export type ShownOrder = Awaited<ReturnType<typeof showOrder>>;
