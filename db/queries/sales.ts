import { and, asc, type Column, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { SaleKind } from '../../domain/sale';
import type { Db } from '../database';
import { configurationItem, item, order, orderLine, sale, shipment, shipmentLine } from '../schema';
import { isInLine } from './line-items';

/** Orders' lines by item, and what each parcel held of them (null where nothing has shipped yet). */
export async function saleBasis(db: Db, orderKeys: readonly string[]) {
  return db
    .select({
      orderKey: order.key,
      channel: order.channel,
      shippingFee: order.shippingFee,
      lineKey: orderLine.key,
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
  readonly lineKey: string | null;
  readonly itemCode: string | null;
  readonly shipmentId: number;
  readonly quantity: number;
  /** KRW; a discount is negative, a reversal what it reverses with the other sign. */
  readonly amount: bigint;
  /** The day in Seoul. */
  readonly day: string;
}

/** Appends to the ledger; an entry that is there already stays as it is. */
export async function bookSales(tx: Db, entries: readonly SaleEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insert(sale)
    .values(entries.map((entry) => ({ ...entry, bookedAt: sql`now(6)` })))
    .onDuplicateKeyUpdate({ set: { id: sql`${sale.id}` } });
}

const BY = { channel: sale.channel, item: sale.itemCode, day: sale.day };
export type SalesBy = keyof typeof BY;

/** Sales from one Seoul day to another, both included; the rows add up to the total. */
export async function salesBy(db: Db, by: SalesBy, from: string, to: string) {
  // A shipping fee is of no item, whether it was paid or paid back.
  const key = sql<string>`coalesce(${BY[by]}, if(${sale.kind} = 'reversal', 'shipping_fee', ${sale.kind}))`;
  const when = (test: SQL, what: SQL | Column) => sql`sum(if(${test}, ${what}, 0))`;
  return db
    .select({
      key,
      /** Pieces that have shipped, and those of them that have come back. */
      quantity: when(sql`${sale.kind} = 'sale'`, sale.quantity).mapWith(Number),
      returned: when(sql`${sale.kind} = 'reversal'`, sale.quantity).mapWith(Number),
      gross: when(sql`${sale.kind} <> 'reversal'`, sale.amount).mapWith(BigInt),
      returns: when(sql`${sale.kind} = 'reversal'`, sale.amount).mapWith(BigInt),
      /** What remains. */
      amount: sql<bigint>`sum(${sale.amount})`.mapWith(BigInt),
    })
    .from(sale)
    .where(and(gte(sale.day, from), lte(sale.day, to)))
    .groupBy(key)
    .orderBy(asc(key));
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
