import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { allocation, dispatch, stock } from '../schema';

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

/**
 * Reserves all of it for a dispatch, or nothing. The stock rows are locked in item order.
 *
 * @returns what is short, and by how much; empty when it is reserved.
 */
export async function reserve(
  tx: Db,
  wms: string,
  dispatchId: string,
  demand: readonly Demand[],
): Promise<Demand[]> {
  const rows = await tx
    .select({
      itemCode: stock.itemCode,
      sellable:
        sql<number>`${stock.onHand} - ${stock.allocated} - ${stock.shippedSince} - ${stock.safety}`.mapWith(
          Number,
        ),
    })
    .from(stock)
    .where(levelsOf(wms, demand))
    .orderBy(asc(stock.itemCode))
    .for('update');
  const sellable = new Map(rows.map((row) => [row.itemCode, row.sellable]));
  const short = demand
    .map((d) => ({ itemCode: d.itemCode, quantity: d.quantity - (sellable.get(d.itemCode) ?? 0) }))
    .filter((d) => d.quantity > 0);
  if (short.length > 0) return short;
  await tx.insert(allocation).values(demand.map((d) => ({ dispatchId, wms, ...d })));
  await tx
    .update(stock)
    .set({ allocated: sql`${stock.allocated} + ${perItem(stock.itemCode, demand)}` })
    .where(levelsOf(wms, demand));
  return [];
}

/** A `case` that gives each item its quantity, so that one statement changes all rows. */
function perItem(
  itemCode: typeof stock.itemCode | typeof allocation.itemCode,
  quantities: readonly Demand[],
) {
  const cases = quantities.map((q) => sql`when ${q.itemCode} then ${q.quantity}`);
  return sql`(case ${itemCode} ${sql.join(cases, sql` `)} else 0 end)`;
}

/** A WMS's stock rows of these items. */
function levelsOf(wms: string, items: readonly Demand[]) {
  const codes = items.map((item) => item.itemCode);
  return and(eq(stock.wms, wms), inArray(stock.itemCode, codes));
}

/** What a dispatch has reserved and not given back, locked in item order. */
async function lockHeld(tx: Db, dispatchId: string) {
  return tx
    .select()
    .from(allocation)
    .where(and(eq(allocation.dispatchId, dispatchId), eq(allocation.released, false)))
    .orderBy(asc(allocation.itemCode))
    .for('update');
}

/** Gives back what a dispatch has reserved and not shipped; a second time gives back nothing. */
export async function giveBack(tx: Db, dispatchId: string): Promise<void> {
  const rows = await lockHeld(tx, dispatchId);
  const [first] = rows;
  if (first === undefined) return;
  await tx.update(allocation).set({ released: true }).where(eq(allocation.dispatchId, dispatchId));
  const rest = rows.map((row) => ({ itemCode: row.itemCode, quantity: row.quantity - row.shippedQuantity }));
  await tx
    .update(stock)
    .set({ allocated: sql`${stock.allocated} - ${perItem(stock.itemCode, rest)}` })
    .where(levelsOf(first.wms, rest));
}

/** Pieces of a dispatch have left: they are no longer allocated, and gone since the last snapshot. */
export async function shipAllocated(
  tx: Db,
  dispatchId: string,
  wms: string,
  pieces: readonly Demand[],
): Promise<void> {
  const held = await lockHeld(tx, dispatchId);
  // What was given back before is allocated no longer, though it has shipped after all.
  const allocated = held.map(({ itemCode, quantity, shippedQuantity }) => {
    const shipped = pieces.find((piece) => piece.itemCode === itemCode)?.quantity ?? 0;
    return { itemCode, quantity: Math.min(shipped, quantity - shippedQuantity) };
  });
  await tx
    .update(allocation)
    .set({
      shippedQuantity: sql`least(${allocation.quantity}, ${allocation.shippedQuantity} + ${perItem(allocation.itemCode, pieces)})`,
    })
    .where(eq(allocation.dispatchId, dispatchId));
  await tx
    .update(stock)
    .set({
      ...(allocated.length === 0
        ? {}
        : { allocated: sql`greatest(0, ${stock.allocated} - ${perItem(stock.itemCode, allocated)})` }),
      shippedSince: sql`${stock.shippedSince} + ${perItem(stock.itemCode, pieces)}`,
    })
    .where(levelsOf(wms, pieces));
}

/** What a snapshot is compared with: as it stood before the WMS was asked. */
export interface BeforeSnapshot {
  readonly shippedSince: ReadonlyMap<string, number>;
  /** What a WMS that allocates by itself has subtracted for us. */
  readonly allocatedThere: ReadonlyMap<string, number>;
}

/**
 * To be read before the WMS is asked. What ships or is accepted while it answers may not be in its
 * answer: it is taken as if it were not, so that never more is sold than there is.
 */
export async function beforeSnapshot(
  db: Db,
  wms: string,
  counts: 'on-hand' | 'available',
): Promise<BeforeSnapshot> {
  const rows = await db.select().from(stock).where(eq(stock.wms, wms));
  const shippedSince = new Map(rows.map((row) => [row.itemCode, row.shippedSince]));
  if (counts === 'on-hand') return { shippedSince, allocatedThere: new Map() };
  const there = await db
    .select({
      itemCode: allocation.itemCode,
      quantity: sql<number>`sum(${allocation.quantity} - ${allocation.shippedQuantity})`.mapWith(Number),
    })
    .from(allocation)
    .innerJoin(dispatch, eq(dispatch.id, allocation.dispatchId))
    .where(
      and(
        eq(allocation.wms, wms),
        eq(allocation.released, false),
        sql`${dispatch.state} in ('accepted', 'cancelling', 'cancel_unknown')`,
      ),
    )
    .groupBy(allocation.itemCode);
  return { shippedSince, allocatedThere: new Map(there.map((row) => [row.itemCode, row.quantity])) };
}

/**
 * Takes over a WMS's snapshot. A WMS that allocates by itself has subtracted what it accepted from us
 * and not shipped: that is added again, so that our own allocation is not counted twice.
 */
export async function takeSnapshot(
  tx: Db,
  wms: string,
  levels: readonly Demand[],
  { shippedSince, allocatedThere }: BeforeSnapshot,
): Promise<void> {
  if (levels.length === 0) return;
  await tx.select().from(stock).where(eq(stock.wms, wms)).orderBy(asc(stock.itemCode)).for('update');
  const inAnswer = levels.map(({ itemCode }) => ({ itemCode, quantity: shippedSince.get(itemCode) ?? 0 }));
  await tx
    .insert(stock)
    .values(
      levels.map(({ itemCode, quantity }) => ({
        wms,
        itemCode,
        onHand: quantity + (allocatedThere.get(itemCode) ?? 0),
        snapshotAt: sql`now(6)`,
      })),
    )
    .onDuplicateKeyUpdate({
      set: {
        onHand: sql`values(on_hand)`,
        snapshotAt: sql`values(snapshot_at)`,
        shippedSince: sql`greatest(0, ${stock.shippedSince} - ${perItem(stock.itemCode, inAnswer)})`,
      },
    });
}

/** Whether a WMS's stock has been looked at yet. */
export async function hasStock(db: Db, wms: string): Promise<boolean> {
  const rows = await db.select({ itemCode: stock.itemCode }).from(stock).where(eq(stock.wms, wms)).limit(1);
  return rows.length > 0;
}
