import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { allocation } from '../schema';

/** What dispatches hold of the stock: pieces that are neither shipped nor given back. */
export async function heldPieces(db: Db, dispatchIds: readonly string[]) {
  if (dispatchIds.length === 0) return [];
  const pieces = sql<number>`sum(${allocation.quantity} - ${allocation.shippedQuantity})`.mapWith(Number);
  return db
    .select({ wms: allocation.wms, itemCode: allocation.itemCode, pieces })
    .from(allocation)
    .where(and(inArray(allocation.dispatchId, [...dispatchIds]), eq(allocation.released, false)))
    .groupBy(allocation.wms, allocation.itemCode)
    .having(sql`${pieces} > 0`)
    .orderBy(asc(allocation.wms), asc(allocation.itemCode));
}
