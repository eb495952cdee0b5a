import type { Database, Db } from '../db/database';
import { findOrder, lockOrders, setStages } from '../db/queries/orders';
import { bookSales, type SaleBasis, type SaleEntry, saleBasis } from '../db/queries/sales';
import { inTransaction } from '../db/transaction';
import { groupBy } from '../domain/group-by';
import { type SoldItem, type SoldLine, saleEntries } from '../domain/sale-entries';
import { seoulDay } from '../domain/seoul';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';
import { runTogether } from './run-together';

/**
 * Books what has shipped of an order. It comes before the channel is told, so that a channel that does
 * not answer never keeps a sale out of the books.
 */
export async function recordSale({ database }: Deps, orderKey: string): Promise<Standing> {
  const seen = await findOrder(database.db, orderKey);
  // As a rule it was booked with its parcel, together with others.
  if (seen !== undefined && seen.stage !== 'dispatched') return { stage: seen.stage };
  const [booked] = await recordSales(database, [orderKey]);
  if (booked?.status === 'fulfilled') return booked.value;
  throw booked?.reason;
}

/** Books what has shipped of several orders, in one transaction. @returns what each came to, in their order. */
export async function recordSales(
  database: Database,
  orderKeys: readonly string[],
): Promise<PromiseSettledResult<Standing>[]> {
  const sameKey = (orderKey: string) => orderKey;
  return runTogether(orderKeys, sameKey, (some) => inTransaction(database, (tx) => record(tx, some)));
}

async function record(tx: Db, orderKeys: readonly string[]): Promise<Standing[]> {
  const orders = new Map((await lockOrders(tx, orderKeys)).map((order) => [order.key, order]));
  const atTheWms = [...orders.values()].filter(({ stage }) => stage === 'dispatched').map(({ key }) => key);
  const shipped = await bookShipped(tx, atTheWms);
  await setStages(tx, shipped, 'booked');
  const booked = new Set(shipped);
  return orderKeys.map((orderKey) => {
    const order = orders.get(orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    if (booked.has(orderKey)) return { stage: 'booked' };
    const { stage, waiting } = order;
    return stage === 'dispatched' ? { stage, waiting: waiting ?? 'shipment' } : { stage };
  });
}

/**
 * Books every parcel of orders whose rows are locked; what is booked already stays as it is.
 *
 * @returns those of which something has shipped.
 */
export async function bookShipped(tx: Db, orderKeys: readonly string[]): Promise<string[]> {
  if (orderKeys.length === 0) return [];
  const byOrder = groupBy(await saleBasis(tx, orderKeys), (row) => row.orderKey);
  const entries = [...byOrder].flatMap(([orderKey, basis]) => ledgerEntries(orderKey, basis));
  await bookSales(tx, entries);
  return [...new Set(entries.map(({ orderKey }) => orderKey))];
}

function ledgerEntries(orderKey: string, basis: readonly SaleBasis[]): SaleEntry[] {
  const days = new Map(
    basis.flatMap((b) =>
      b.shipmentId === null || b.shippedAt === null ? [] : [[b.shipmentId, seoulDay(b.shippedAt)]],
    ),
  );
  const [first] = basis;
  if (first === undefined || days.size === 0) return [];
  const { channel, source } = first;
  const common = { orderKey, channel, source };
  const lines = groupBy(basis, (row) => row.lineKey);
  const dayOf = (shipmentId: number) => days.get(shipmentId) ?? '';
  const entries: SaleEntry[] = linesOf(lines)
    .flatMap(saleEntries)
    .map(({ pieces, ...piece }) => ({
      ...common,
      ...piece,
      configuration: lines.get(piece.lineKey)?.[0]?.configuration ?? '',
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
      configuration: '',
      itemCode: null,
      shipmentId: firstShipment,
      quantity: 0,
      amount: first.shippingFee,
      day: dayOf(firstShipment),
    });
  }
  return entries;
}

function linesOf(byLine: ReadonlyMap<string, readonly SaleBasis[]>): SoldLine[] {
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
