import { and, eq } from 'drizzle-orm';
import type { Db } from '../database';
import { configurationItem, order, orderLine } from '../schema';

/** A line stands for the items of the version it was matched with, whatever came later. */
export const isInLine = and(
  eq(configurationItem.configuration, orderLine.configuration),
  eq(configurationItem.version, orderLine.configurationVersion),
);

/** What one unit of each matched deal of an order stands for: a row for each of its lines and items. */
export async function piecesPerUnit(db: Db) {
  return db
    .select({
      orderKey: order.key,
      orderNumber: order.orderNumber,
      dealKey: orderLine.dealKey,
      itemCode: configurationItem.itemCode,
      pieces: configurationItem.quantity,
    })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .innerJoin(configurationItem, isInLine);
}
