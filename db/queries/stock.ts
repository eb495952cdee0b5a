import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { allocation, stock } from '../schema';
import { moved, moveStock, type StockChange } from './stock-ledger';

export interface Demand {
  readonly itemCode: string;
  readonly quantity: number;
}

/** Demand of several lines, summed per item, in item order: two lines must not both pass on the same piece. */
export function sumDemand(parts: readonly Demand[]): Demand[] {
  const sums = new Map<string, number>();
  for (const { itemCode, quantity } of parts) sums.set(itemCode, (sums.get(itemCode) ?? 0) + quantity);
  return [...sums]
    .map(([itemCode, quantity]) => ({ itemCode, quantity }))
    .toSorted((a, b) => (a.itemCode < b.itemCode ? -1 : 1));
}

/** What dispatches have reserved and not given back, locked dispatch by dispatch in item order. */
async function lockHeld(tx: Db, dispatchIds: readonly string[]) {
  return tx
    .select()
    .from(allocation, { forceIndex: 'PRIMARY' })
    .where(and(inArray(allocation.dispatchId, [...dispatchIds]), eq(allocation.released, false)))
    .orderBy(asc(allocation.dispatchId), asc(allocation.itemCode))
    .for('update');
}

/**
 * Gives back what a dispatch has reserved and not shipped; a second time gives back nothing. Orders that
 * are short may go on then: `nudgeShort`, once this is committed.
 */
export async function giveBack(tx: Db, dispatchId: string): Promise<void> {
  const rows = await lockHeld(tx, [dispatchId]);
  const [first] = rows;
  if (first === undefined) return;
  await tx.update(allocation).set({ released: true }).where(eq(allocation.dispatchId, dispatchId));
  const changes = rows
    .map((row) => ({ itemCode: row.itemCode, dispatchId, allocated: row.shippedQuantity - row.quantity }))
    .filter(({ allocated }) => allocated !== 0);
  await moveStock(tx, first.wms, changes, { reason: 'given_back' });
}

/** What has left of a dispatch, summed per item. */
export interface Shipped {
  readonly dispatchId: string;
  readonly pieces: readonly Demand[];
}

/** Pieces of dispatches have left: they are no longer allocated, and gone since the last snapshot. */
export async function shipAllocated(tx: Db, wms: string, shipped: readonly Shipped[]): Promise<void> {
  const held = await lockHeld(
    tx,
    shipped.map(({ dispatchId }) => dispatchId),
  );
  const changes = shipped.flatMap(({ dispatchId, pieces }) =>
    pieces.map(({ itemCode, quantity }) => {
      const of = held.find((row) => row.dispatchId === dispatchId && row.itemCode === itemCode);
      // What was given back before is allocated no longer, though it has shipped after all.
      const freed = of === undefined ? 0 : Math.min(quantity, of.quantity - of.shippedQuantity);
      return { dispatchId, itemCode, allocated: -freed, shippedSince: quantity };
    }),
  );
  await markShipped(tx, changes);
  await moveStock(tx, wms, changes, { reason: 'shipped' });
}

async function markShipped(tx: Db, changes: readonly StockChange[]): Promise<void> {
  await tx.execute(sql`
    update ${moved(changes)}
    straight_join ${allocation} on allocation.dispatch_id = moved.dispatch_id and allocation.item_code = moved.item_code
    set allocation.shipped_quantity = least(allocation.quantity, allocation.shipped_quantity + moved.shipped_since)
    where not allocation.released`);
}

/** Whether a WMS's stock has been looked at yet. */
export async function hasStock(db: Db, wms: string): Promise<boolean> {
  const rows = await db.select({ itemCode: stock.itemCode }).from(stock).where(eq(stock.wms, wms)).limit(1);
  return rows.length > 0;
}
