import { and, asc, eq, sql } from 'drizzle-orm';
import { groupBy } from '../../domain/group-by';
import type { ReturnedPieces, Reversal, SoldPieces } from '../../domain/return';
import type { Db } from '../database';
import {
  configurationItem,
  goodsReturn,
  orderLine,
  returnLine,
  sale,
  shipment,
  shipmentLine,
} from '../schema';
import type { Command } from './audit';
import { isInLine } from './line-items';

/** Pieces, and the configuration that their line was booked as. */
export interface BookedPieces extends SoldPieces {
  readonly configuration: string;
}

/** What has shipped of an order, parcel by parcel, with what it is booked for and what has come back. */
export async function soldPieces(tx: Db, orderKey: string): Promise<BookedPieces[]> {
  const returned = sql`(select coalesce(sum(${returnLine.quantity}), 0) from ${returnLine}
    where ${returnLine.shipmentId} = ${shipmentLine.shipmentId} and ${returnLine.lineKey} = ${shipmentLine.lineKey}
      and ${returnLine.itemCode} = ${shipmentLine.itemCode})`;
  const booked = sql`from ${sale}
    where ${sale.orderKey} = ${shipmentLine.orderKey} and ${sale.shipmentId} = ${shipmentLine.shipmentId}
      and ${sale.lineKey} = ${shipmentLine.lineKey} and ${sale.itemCode} = ${shipmentLine.itemCode}
      and ${sale.kind} in ('sale', 'discount')`;
  return tx
    .select({
      shipmentId: shipment.id,
      lineKey: shipmentLine.lineKey,
      itemCode: shipmentLine.itemCode,
      pieces: shipmentLine.quantity,
      returned: sql<number>`${returned}`.mapWith(Number),
      amount: sql<bigint>`(select coalesce(sum(${sale.amount}), 0) ${booked})`.mapWith(BigInt),
      configuration: sql<string>`(select coalesce(max(${sale.configuration}), '') ${booked})`,
    })
    .from(shipmentLine)
    .innerJoin(shipment, eq(shipment.id, shipmentLine.shipmentId))
    .where(eq(shipmentLine.orderKey, orderKey))
    .orderBy(asc(shipment.id), asc(shipmentLine.lineKey), asc(shipmentLine.itemCode));
}

/** The lines of an order by item: how many pieces a unit stands for. */
export async function piecesPerUnit(tx: Db, orderKey: string) {
  return tx
    .select({
      lineKey: orderLine.key,
      lineNumber: orderLine.lineNumber,
      itemCode: configurationItem.itemCode,
      pieces: configurationItem.quantity,
    })
    .from(orderLine)
    .innerJoin(configurationItem, isInLine)
    .where(eq(orderLine.orderKey, orderKey))
    .orderBy(asc(orderLine.key), asc(configurationItem.itemCode));
}

/** A return that is recorded already; undefined where none has this number. */
export async function findReturn(
  tx: Db,
  orderKey: string,
  number: string,
): Promise<{ restocked: boolean; pieces: ReturnedPieces[] } | undefined> {
  const [row] = await tx
    .select()
    .from(goodsReturn)
    .where(and(eq(goodsReturn.orderKey, orderKey), eq(goodsReturn.number, number)));
  if (row === undefined) return undefined;
  const pieces = await tx
    .select({
      lineKey: returnLine.lineKey,
      itemCode: returnLine.itemCode,
      pieces: sql<number>`sum(${returnLine.quantity})`.mapWith(Number),
    })
    .from(returnLine)
    .where(eq(returnLine.returnId, row.id))
    .groupBy(returnLine.lineKey, returnLine.itemCode);
  return { restocked: row.restocked, pieces };
}

/** @returns its number in our own books. */
export async function insertReturn(
  tx: Db,
  given: { orderKey: string; number: string; restocked: boolean } & Command,
  lines: readonly Reversal[],
): Promise<number> {
  const { by: recordedBy, ...row } = given;
  const [done] = await tx.insert(goodsReturn).values({ ...row, recordedBy, recordedAt: sql`now(6)` });
  await tx.insert(returnLine).values(
    lines.map(({ shipmentId, lineKey, itemCode, pieces: quantity }) => ({
      returnId: done.insertId,
      shipmentId,
      lineKey,
      itemCode,
      quantity,
    })),
  );
  return done.insertId;
}

/** What has come back of an order, the oldest first. */
export async function returnsOf(db: Db, orderKey: string) {
  const rows = await db
    .select({
      id: goodsReturn.id,
      number: goodsReturn.number,
      restocked: goodsReturn.restocked,
      recordedBy: goodsReturn.recordedBy,
      reason: goodsReturn.reason,
      recordedAt: goodsReturn.recordedAt,
      itemCode: returnLine.itemCode,
      quantity: sql<number>`sum(${returnLine.quantity})`.mapWith(Number),
    })
    .from(goodsReturn)
    .innerJoin(returnLine, eq(returnLine.returnId, goodsReturn.id))
    .where(eq(goodsReturn.orderKey, orderKey))
    .groupBy(goodsReturn.id, returnLine.itemCode)
    .orderBy(asc(goodsReturn.id), asc(returnLine.itemCode));
  const groups = groupBy(rows, (row) => row.id);
  return [...groups.values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { id, number, restocked, recordedBy, reason, recordedAt } = first;
    const held = items.map(({ itemCode, quantity }) => ({ itemCode, quantity }));
    return [{ id, number, restocked, recordedBy, reason, recordedAt, items: held }];
  });
}
