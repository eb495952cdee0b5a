import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { sellable } from '../../domain/stock';
import type { Db } from '../database';
import { allocation, stock } from '../schema';
import { recordStock } from './stock-ledger';
import { type Claimant, joinQueue, neededBefore } from './stock-queue';

export interface Demand {
  readonly itemCode: string;
  readonly quantity: number;
}

/** What a dispatch lacks of an item. */
export interface Short extends Demand {
  /** What older orders wait for of it. */
  readonly ahead: number;
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
 * Reserves all of it for a dispatch, or nothing. The stock rows are locked in item order. What older
 * orders wait for counts as gone; whoever is short gets in line.
 *
 * @returns what is short, and by how much; empty when it is reserved.
 */
export async function reserve(
  tx: Db,
  wms: string,
  claimant: Claimant,
  demand: readonly Demand[],
): Promise<Short[]> {
  const short = await shortOf(tx, wms, claimant, demand);
  if (short.length > 0) {
    const lacking = new Set(short.map((lack) => lack.itemCode));
    const wanted = demand.filter((d) => lacking.has(d.itemCode));
    await joinQueue(tx, wms, claimant, wanted);
    return short;
  }
  const dispatchId = claimant.id;
  await tx.insert(allocation).values(demand.map((d) => ({ dispatchId, wms, ...d })));
  await tx
    .update(stock)
    .set({ allocated: sql`${stock.allocated} + ${perItem(stock.itemCode, demand)}` })
    .where(levelsOf(wms, demand));
  const changes = demand.map(({ itemCode, quantity }) => ({ itemCode, allocated: quantity }));
  await recordStock(tx, wms, changes, { reason: 'reserved', dispatchId });
  return [];
}

async function shortOf(tx: Db, wms: string, claimant: Claimant, demand: readonly Demand[]): Promise<Short[]> {
  const codes = demand.map((d) => d.itemCode);
  const { free, before } = await freeFor(tx, wms, claimant, codes);
  return demand
    .map(({ itemCode, quantity }) => ({
      itemCode,
      quantity: quantity - (free.get(itemCode) ?? 0),
      ahead: before.get(itemCode) ?? 0,
    }))
    .filter((lack) => lack.quantity > 0);
}

/**
 * How much of each item a dispatch may have, and what older ones wait for before it. The stock rows are
 * locked from here on.
 */
export async function freeFor(
  tx: Db,
  wms: string,
  claimant: Claimant,
  itemCodes: readonly string[],
): Promise<{ free: Map<string, number>; before: Map<string, number> }> {
  const rows = await tx
    .select()
    .from(stock)
    .where(rowsOf(wms, itemCodes))
    .orderBy(asc(stock.itemCode))
    .for('update');
  const awaited = rows.filter((row) => row.awaited).map((row) => row.itemCode);
  const before =
    awaited.length === 0 ? new Map<string, number>() : await neededBefore(tx, wms, awaited, claimant);
  const left = (row: (typeof rows)[number]) => Math.max(0, sellable(row) - (before.get(row.itemCode) ?? 0));
  return { free: new Map(rows.map((row) => [row.itemCode, left(row)])), before };
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
  return rowsOf(
    wms,
    items.map((item) => item.itemCode),
  );
}

function rowsOf(wms: string, itemCodes: readonly string[]) {
  return and(eq(stock.wms, wms), inArray(stock.itemCode, [...itemCodes]));
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

/**
 * Gives back what a dispatch has reserved and not shipped; a second time gives back nothing. Orders that
 * are short may go on then: `nudgeShort`, once this is committed.
 */
export async function giveBack(tx: Db, dispatchId: string): Promise<void> {
  const rows = await lockHeld(tx, dispatchId);
  const [first] = rows;
  if (first === undefined) return;
  await tx.update(allocation).set({ released: true }).where(eq(allocation.dispatchId, dispatchId));
  const rest = rows
    .map((row) => ({ itemCode: row.itemCode, quantity: row.quantity - row.shippedQuantity }))
    .filter((row) => row.quantity > 0);
  if (rest.length === 0) return;
  await tx
    .update(stock)
    .set({ allocated: sql`${stock.allocated} - ${perItem(stock.itemCode, rest)}` })
    .where(levelsOf(first.wms, rest));
  const changes = rest.map(({ itemCode, quantity }) => ({ itemCode, allocated: -quantity }));
  await recordStock(tx, first.wms, changes, { reason: 'given_back', dispatchId });
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
  if (held.length > 0)
    await tx
      .update(allocation)
      .set({
        shippedQuantity: sql`least(${allocation.quantity}, ${allocation.shippedQuantity} + ${perItem(allocation.itemCode, pieces)})`,
      })
      .where(eq(allocation.dispatchId, dispatchId));
  const [done] = await tx
    .update(stock)
    .set({
      ...(held.length === 0
        ? {}
        : { allocated: sql`${stock.allocated} - ${perItem(stock.itemCode, allocated)}` }),
      shippedSince: sql`${stock.shippedSince} + ${perItem(stock.itemCode, pieces)}`,
    })
    .where(levelsOf(wms, pieces));
  // A WMS that tells of no stock has no rows.
  if (done.affectedRows === 0) return;
  const changes = pieces.map(({ itemCode, quantity }) => {
    const freed = allocated.find((row) => row.itemCode === itemCode)?.quantity ?? 0;
    return { itemCode, allocated: -freed, shippedSince: quantity };
  });
  await recordStock(tx, wms, changes, { reason: 'shipped', dispatchId });
}

/** Whether a WMS's stock has been looked at yet. */
export async function hasStock(db: Db, wms: string): Promise<boolean> {
  const rows = await db.select({ itemCode: stock.itemCode }).from(stock).where(eq(stock.wms, wms)).limit(1);
  return rows.length > 0;
}
