import * as t from '../../../db/schema';
import { termsOf } from '../../../domain/search-terms';
import { sha256 } from '../../../domain/sha256';
import type { Batch } from './load-rows';
import type { OneOrder } from './one-order';
import { amountOf, discountOf, HOUR, later, type Moments, momentsOf } from './parts-of-order';
import { STANDINGS } from './progress';
import { addDispatch } from './rows-of-dispatch';
import { addParcel } from './rows-of-parcel';
import { addTrouble } from './rows-of-trouble';

/** Adds everything that is stored of an order: as it came, as it was read, sent, shipped, booked and told. */
export function addOrder(batch: Batch, order: OneOrder, file: UploadedFile | undefined): void {
  const moments = momentsOf(order);
  addRecord(batch, order, moments, file);
  addContent(batch, order, moments);
  addDispatch(batch, order, moments);
  addParcel(batch, order, moments);
  addTrouble(batch, order, moments);
}

/** A file that orders have come by. */
export interface UploadedFile {
  readonly hash: string;
  readonly row: number;
}

function addRecord(batch: Batch, order: OneOrder, { collected }: Moments, file?: UploadedFile): void {
  const { index, key, source: connectionId, number, lines, recipient } = order;
  const body = JSON.stringify({
    number,
    recipient,
    lines: lines.map(({ deal, quantity }) => ({ product: deal.deal, option: deal.option, quantity })),
  });
  batch.add(t.rawRecord, {
    id: index,
    connectionId,
    recordId: file === undefined ? number : `${file.hash.slice(0, 32)}/${file.row}`,
    contentHash: sha256(body),
    body: Buffer.from(body),
    orderKey: key,
    follows: 0,
    receivedAt: collected,
  });
}

function addContent(batch: Batch, order: OneOrder, moments: Moments): void {
  const { index, key, progress, orderedAt, recipient, lines } = order;
  const { stage, waiting = null, told } = STANDINGS[progress];
  const isHeld = waiting === 'held';
  const updatedAt = told === undefined ? moments.accepted : moments.told;
  batch.add(t.order, {
    key,
    channel: order.channel,
    source: order.source,
    orderNumber: order.number,
    orderedAt,
    shippingFee: order.shippingFee,
    stage,
    waiting,
    heldReason: isHeld ? '수량이 많은 주문' : null,
    heldByRule: isHeld && index % 3 > 0 ? 1 : null,
    appliedRecord: stage === 'collected' ? 0 : index,
    createdAt: moments.collected,
    updatedAt: stage === 'cancelled' ? later(moments.accepted, HOUR) : updatedAt,
    shipBy: later(orderedAt, 48 * HOUR),
    sweptAt: updatedAt,
  });
  if (stage === 'collected') return;
  batch.add(t.recipient, { orderKey: key, ...recipient });
  for (const term of termsOf(recipient)) batch.add(t.orderSearchTerm, { orderKey: key, term, orderedAt });
  const isCancelled = stage === 'cancelled';
  const isSent = STANDINGS[progress].dispatch !== undefined && !isCancelled;
  for (const line of lines) {
    const { giftRule = null } = line;
    batch.add(t.orderLine, {
      key: line.key,
      orderKey: key,
      lineNumber: line.number,
      connectionId: order.source,
      recordId: order.number,
      ...line.deal,
      dealKey: line.dealKey,
      quantity: line.quantity,
      cancelledQuantity: isCancelled ? line.quantity : 0,
      dispatchedQuantity: isSent ? line.quantity : 0,
      amount: amountOf(line),
      discount: discountOf(line),
      configuration: line.configuration?.code ?? null,
      configurationVersion: line.configuration === undefined ? null : 1,
      matchVersion: line.configuration === undefined || giftRule !== null ? null : 1,
      giftRule,
    });
    if (giftRule !== null) batch.add(t.gift, giftOf(line.key, giftRule, order, moments.dispatched));
  }
}

function giftOf(lineKey: string, ruleId: number, { key: orderKey, progress }: OneOrder, givenAt: Date) {
  const isCancelled = STANDINGS[progress].stage === 'cancelled';
  return {
    lineKey,
    orderKey,
    ruleId,
    ruleVersion: 1,
    state: isCancelled ? ('taken_back' as const) : ('given' as const),
    whenShort: 'wait' as const,
    receiver: null,
    changedAt: givenAt,
  };
}
