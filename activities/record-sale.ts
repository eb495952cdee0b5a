import type { Db } from '../db/database';
import { lockOrder, setStage } from '../db/queries/orders';
import { bookSales, type SaleBasis, type SaleEntry, saleBasis } from '../db/queries/sales';
import { inTransaction } from '../db/transaction';
import { groupBy } from '../domain/group-by';
import { type SoldItem, type SoldLine, saleEntries } from '../domain/sale-entries';
import { seoulDay } from '../domain/seoul';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';

/**
 * Books what has shipped of an order. It comes before the channel is told, so that a channel that does
 * not answer never keeps a sale out of the books.
 */
export async function recordSale(deps: Deps, orderKey: string): Promise<Standing> {
  return inTransaction(deps.database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    if (order.stage !== 'dispatched') return { stage: order.stage };
    if (!(await bookShipped(tx, orderKey)))
      return { stage: 'dispatched', waiting: order.waiting ?? 'shipment' };
    await setStage(tx, orderKey, 'booked');
    return { stage: 'booked' };
  });
}

/**
 * Books every parcel of an order whose row is locked; what is booked already stays as it is.
 *
 * @returns whether anything has shipped.
 */
export async function bookShipped(tx: Db, orderKey: string): Promise<boolean> {
  const entries = ledgerEntries(orderKey, await saleBasis(tx, orderKey));
  await bookSales(tx, entries);
  return entries.length > 0;
}

function ledgerEntries(orderKey: string, basis: readonly SaleBasis[]): SaleEntry[] {
  const days = new Map(
    basis.flatMap((b) =>
      b.shipmentId === null || b.shippedAt === null ? [] : [[b.shipmentId, seoulDay(b.shippedAt)]],
    ),
  );
  const [first] = basis;
  if (first === undefined || days.size === 0) return [];
  const common = { orderKey, channel: first.channel };
  const dayOf = (shipmentId: number) => days.get(shipmentId) ?? '';
  const entries: SaleEntry[] = linesOf(basis)
    .flatMap(saleEntries)
    .map(({ pieces, ...piece }) => ({
      ...common,
      ...piece,
      quantity: pieces,
      entryKey: `${piece.kind}/${piece.shipmentId}/${piece.itemCode}/${piece.lineKey}`,
      day: dayOf(piece.shipmentId),
    }));
  const firstShipment = Math.min(...days.keys());
  if (first.shippingFee > 0n) {
    entries.push({
      ...common,
      entryKey: `shipping_fee/${orderKey}`,
      kind: 'shipping_fee',
      lineKey: null,
      itemCode: null,
      shipmentId: firstShipment,
      quantity: 0,
      amount: first.shippingFee,
      day: dayOf(firstShipment),
    });
  }
  return entries;
}

function linesOf(basis: readonly SaleBasis[]): SoldLine[] {
  const byLine = groupBy(basis, (row) => row.lineKey);
  return [...byLine.values()].flatMap((rows) => {
    const [line] = rows;
    if (line === undefined) return [];
    const { lineKey, lineUnits: units, soldUnits, amount, discount } = line;
    return [{ lineKey, units, soldUnits, amount, discount, items: itemsOf(rows) }];
  });
}

function itemsOf(rows: readonly SaleBasis[]): SoldItem[] {
  const byItem = groupBy(rows, (row) => row.itemCode);
  return [...byItem].flatMap(([itemCode, parcels]) => {
    const [item] = parcels;
    if (item === undefined) return [];
    const { piecesPerUnit, referencePrice } = item;
    const held = parcels.flatMap(({ shipmentId, shippedPieces: pieces }) =>
      shipmentId === null || pieces === null ? [] : [{ shipmentId, pieces }],
    );
    return [{ itemCode, piecesPerUnit, referencePrice, parcels: held }];
  });
}
