import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { SaleKind } from '../../domain/sale';
import type { Db } from '../database';
import { configurationItem, item, order, orderLine, sale, shipment, shipmentLine } from '../schema';
import { countSales } from './count-sales';
import { isInLine } from './line-items';

/** Orders' lines by item, and what each parcel held of them (null where nothing has shipped yet). */
export async function saleBasis(db: Db, orderKeys: readonly string[]) {
  return db
    .select({
      orderKey: order.key,
      channel: order.channel,
      source: order.source,
      shippingFee: order.shippingFee,
      lineKey: orderLine.key,
      configuration: configurationItem.configuration,
      lineUnits: orderLine.quantity,
      soldUnits: sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity}`.mapWith(Number),
      amount: orderLine.amount,
      discount: orderLine.discount,
      itemCode: item.code,
      referencePrice: item.referencePrice,
      piecesPerUnit: configurationItem.quantity,
      shipmentId: shipment.id,
      shippedAt: shipment.shippedAt,
      shippedPieces: shipmentLine.quantity,
    })
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .innerJoin(configurationItem, isInLine)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .leftJoin(
      shipmentLine,
      and(
        // Says nothing new, but is what the index finds them by.
        eq(shipmentLine.orderKey, order.key),
        eq(shipmentLine.lineKey, orderLine.key),
        eq(shipmentLine.itemCode, item.code),
      ),
    )
    .leftJoin(shipment, eq(shipment.id, shipmentLine.shipmentId))
    .where(inArray(order.key, [...orderKeys]))
    .orderBy(asc(order.key), asc(orderLine.key), asc(item.code), asc(shipment.id));
}

export type SaleBasis = Awaited<ReturnType<typeof saleBasis>>[number];

export interface SaleEntry {
  readonly entryKey: string;
  readonly kind: SaleKind;
  readonly orderKey: string;
  readonly channel: string;
  readonly source: string;
  readonly lineKey: string | null;
  /** Empty where it is of no line. */
  readonly configuration: string;
  readonly itemCode: string | null;
  readonly shipmentId: number;
  readonly quantity: number;
  /** KRW; a discount is negative, a reversal what it reverses with the other sign. */
  readonly amount: bigint;
  /** The day in Seoul. */
  readonly day: string;
}

/**
 * Appends to the ledger, and to what it adds up to; an entry that is there already stays as it is, and is not
 * counted again. The rows of the entries' orders are locked: whoever has not locked them and meets another is refused
 * by the ledger's unique key.
 */
export async function bookSales(tx: Db, entries: readonly SaleEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const keys = entries.map(({ entryKey }) => entryKey);
  const rows = await tx.select({ key: sale.entryKey }).from(sale).where(inArray(sale.entryKey, keys));
  const known = new Set(rows.map(({ key }) => key));
  const fresh = entries.filter(({ entryKey }) => !known.has(entryKey));
  if (fresh.length === 0) return;
  await tx.insert(sale).values(fresh.map((entry) => ({ ...entry, bookedAt: sql`now(6)` })));
  await countSales(tx, fresh);
}

export async function totalSales(db: Db): Promise<bigint> {
  const [row] = await db
    .select({ amount: sql<bigint>`coalesce(sum(${sale.amount}), 0)`.mapWith(BigInt) })
    .from(sale);
  return row?.amount ?? 0n;
}

export async function salesOf(db: Db, orderKey: string) {
  return db.select().from(sale).where(eq(sale.orderKey, orderKey)).orderBy(asc(sale.id));
}
