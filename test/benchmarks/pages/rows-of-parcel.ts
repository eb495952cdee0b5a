import * as t from '../../../db/schema';
import { type PieceSale, saleEntries } from '../../../domain/sale-entries';
import { seoulDay } from '../../../domain/seoul';
import { items } from '../../../sandbox/catalogue';
import type { Batch } from './load-rows';
import type { OneOrder } from './one-order';
import { amountOf, discountOf, HOUR, later, MINUTE, type Moments, piecesOf } from './parts-of-order';
import { STANDINGS } from './progress';

const PRICES = new Map(items.map((item) => [item.code, item.referencePrice]));

/** What has left, what the channel was told of it, and what it was sold for. */
export function addParcel(batch: Batch, order: OneOrder, { shipped, told }: Moments): void {
  const { index: shipmentId, key: orderKey, progress, wms } = order;
  const { told: state } = STANDINGS[progress];
  if (state === undefined) return;
  batch.add(t.shipment, {
    id: shipmentId,
    wms,
    wmsShipmentId: `S${shipmentId}`,
    dispatchId: order.dispatchId,
    carrier: 'cj',
    trackingNumber: trackingNumber(shipmentId),
    shippedAt: shipped,
    recordedAt: later(shipped, 2 * MINUTE),
  });
  for (const { line, itemCode, pieces } of piecesOf(order))
    batch.add(t.shipmentLine, { shipmentId, lineKey: line.key, itemCode, orderKey, quantity: pieces });
  const reason = state === 'refused' ? '이미 취소된 주문입니다' : null;
  batch.add(t.trackingUpload, { orderKey, shipmentId, state, reason, updatedAt: told });
  addSales(batch, order, shipped);
}

function trackingNumber(shipmentId: number): string {
  return String(600_000_000_000 + shipmentId * 7);
}

function addSales(batch: Batch, order: OneOrder, shipped: Date): void {
  const { index: shipmentId, key: orderKey, channel, source, lines, shippingFee, progress } = order;
  const common = { orderKey, channel, source, shipmentId, bookedAt: later(shipped, 2 * MINUTE) };
  const day = seoulDay(shipped);
  const ofPiece = ({ kind, lineKey, itemCode, pieces, amount }: PieceSale, configuration: string) => ({
    ...common,
    entryKey: `${kind}/${shipmentId}/${itemCode}/${lineKey}`,
    kind,
    lineKey,
    configuration,
    itemCode,
    quantity: pieces,
    amount,
    day,
  });
  for (const line of lines) {
    const configuration = line.configuration?.code ?? '';
    const pieces = piecesOf({ ...order, lines: [line] }).map(
      ({ itemCode, perUnit, pieces: shippedPieces }) => ({
        itemCode,
        piecesPerUnit: perUnit,
        referencePrice: PRICES.get(itemCode) ?? 0n,
        parcels: [{ shipmentId, pieces: shippedPieces }],
      }),
    );
    const { key: lineKey, quantity: units } = line;
    const amounts = { amount: amountOf(line), discount: discountOf(line) };
    const entries = saleEntries({ lineKey, units, soldUnits: units, ...amounts, items: pieces }).map(
      (piece) => ofPiece(piece, configuration),
    );
    batch.add(t.sale, ...entries);
    if (progress === 'returned')
      batch.add(
        t.sale,
        ...entries.map((entry) => ({
          ...entry,
          entryKey: `reversal/${entry.entryKey}`,
          kind: 'reversal' as const,
          quantity: entry.kind === 'sale' ? entry.quantity : 0,
          amount: -entry.amount,
        })),
      );
  }
  if (shippingFee > 0n)
    batch.add(t.sale, {
      ...common,
      entryKey: `shipping_fee/${orderKey}`,
      kind: 'shipping_fee',
      lineKey: null,
      configuration: '',
      itemCode: null,
      quantity: 0,
      amount: shippingFee,
      day,
    });
  if (progress === 'returned') addReturn(batch, order, shipped);
}

function addReturn(batch: Batch, order: OneOrder, shipped: Date): void {
  const { index, key } = order;
  batch.add(t.goodsReturn, {
    id: index,
    orderKey: key,
    number: `R${index}`,
    restocked: true,
    recordedBy: 'lee',
    reason: '단순 변심',
    recordedAt: later(shipped, HOUR),
  });
  for (const { line, itemCode, pieces } of piecesOf(order))
    batch.add(t.returnLine, {
      returnId: index,
      shipmentId: index,
      lineKey: line.key,
      itemCode,
      quantity: pieces,
    });
}
