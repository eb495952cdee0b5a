import * as t from '../../../db/schema';
import { wmsOrderCode } from '../../../domain/dispatch-id';
import { type DispatchState, isUnsent } from '../../../domain/dispatch-protocol';
import { sha256 } from '../../../domain/sha256';
import type { Batch } from './load-rows';
import type { OneOrder } from './one-order';
import { demandOf, HOUR, later, type Moments } from './parts-of-order';
import { STANDINGS } from './progress';

/** What is to be sent, what was asked of the WMS, and what was reserved for it. */
export function addDispatch(batch: Batch, order: OneOrder, moments: Moments): void {
  const { key, dispatchId, progress, lines, wms } = order;
  const { dispatch: state, waiting } = STANDINGS[progress];
  if (state === undefined) return;
  batch.add(t.dispatch, rowOf(order, state, moments));
  for (const { key: lineKey, quantity } of lines)
    batch.add(t.dispatchLine, { dispatchId, lineKey, orderKey: key, quantity });
  if (isClaimed(order, state)) {
    batch.add(t.attempt, attemptOf(order, state, moments));
    addAllocations(batch, order, state, moments);
  }
  if (waiting === 'shortage')
    for (const [itemCode, quantity] of demandOf(order))
      batch.add(t.stockQueue, { dispatchId, itemCode, wms, quantity, orderedAt: order.orderedAt });
}

/** Whether it was ever sent; of two orders that are cancelled one was. */
function isClaimed({ index }: OneOrder, state: DispatchState): boolean {
  return state === 'cancelled' ? index % 2 === 0 : state === 'rejected' || !isUnsent(state);
}

function isAccepted(order: OneOrder, state: DispatchState): boolean {
  return isClaimed(order, state) && !['rejected', 'unknown', 'sending'].includes(state);
}

const leaseTokenOf = ({ dispatchId }: OneOrder) => sha256(dispatchId).slice(0, 36);
const referenceOf = ({ index }: OneOrder) => String(10_000_000 + index);

function rowOf(order: OneOrder, state: DispatchState, { dispatched, accepted }: Moments) {
  const { key, dispatchId: id, wms, recipient } = order;
  const code = wmsOrderCode(id);
  return {
    id,
    leadOrderKey: key,
    sequence: 1,
    generation: 1,
    code,
    state,
    doubt: state === 'unknown' ? ('unanswered' as const) : ('none' as const),
    wms: isClaimed(order, state) ? wms : null,
    request: isClaimed(order, state) ? { code, recipient } : null,
    leaseToken: state === 'sending' ? leaseTokenOf(order) : null,
    leaseExpiresAt: state === 'sending' ? later(new Date(), HOUR) : null,
    reference: isAccepted(order, state) ? referenceOf(order) : null,
    problem: state === 'rejected' ? '우편번호가 올바르지 않습니다' : null,
    createdAt: dispatched,
    acceptedAt: isAccepted(order, state) ? accepted : null,
  };
}

function attemptOf(order: OneOrder, state: DispatchState, { dispatched, accepted }: Moments) {
  const { dispatchId, recipient } = order;
  const wasAccepted = isAccepted(order, state);
  return {
    dispatchId,
    kind: 'create' as const,
    leaseToken: leaseTokenOf(order),
    startedAt: dispatched,
    finishedAt: state === 'unknown' || state === 'sending' ? null : accepted,
    outcome: wasAccepted ? 'accepted' : state === 'rejected' ? 'refused' : null,
    reason: null,
    request: JSON.stringify({ orders: [{ code: wmsOrderCode(dispatchId), receiver: recipient.name }] }),
    response: wasAccepted ? JSON.stringify({ result: 'ok', number: referenceOf(order) }) : null,
    status: wasAccepted ? 200 : null,
  };
}

function addAllocations(batch: Batch, order: OneOrder, state: DispatchState, moments: Moments): void {
  const { dispatchId, wms } = order;
  const released = state === 'cancelled' || state === 'rejected';
  const hasLeft = state === 'shipped';
  for (const [itemCode, quantity] of demandOf(order)) {
    const shippedQuantity = hasLeft ? quantity : 0;
    batch.add(t.allocation, { dispatchId, itemCode, wms, quantity, shippedQuantity, released });
    const moved = { wms, itemCode, dispatchId, madeBy: 'boosta', ...STILL };
    const [at, gone] = [moments.dispatched, { ...moved, allocatedChange: -quantity }];
    batch.add(t.stockLedger, { ...moved, at, reason: 'reserved', allocatedChange: quantity });
    if (hasLeft)
      batch.add(t.stockLedger, {
        ...gone,
        at: moments.shipped,
        reason: 'shipped',
        shippedSinceChange: quantity,
      });
    if (released) batch.add(t.stockLedger, { ...gone, at: moments.accepted, reason: 'given_back' });
  }
}

/** The level of the shelves, which nobody compares with the sum of the changes here. */
const STILL = {
  onHandChange: 0,
  allocatedChange: 0,
  shippedSinceChange: 0,
  safetyChange: 0,
  onHand: 1_000,
  allocated: 100,
  shippedSince: 50,
  safety: 10,
} as const;
