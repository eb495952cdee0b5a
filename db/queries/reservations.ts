import { and, asc, eq, inArray } from 'drizzle-orm';
import { sellable } from '../../domain/stock';
import type { Db } from '../database';
import { allocation, stock } from '../schema';
import type { Demand } from './stock';
import { moveStock } from './stock-ledger';
import { byAge, type Claimant, joinQueue, neededBefore } from './stock-queue';

/** A dispatch that wants all of this or nothing; the demand is summed per item. */
export interface Claim extends Claimant {
  readonly demand: readonly Demand[];
}

/** What a dispatch lacks of an item. */
export interface Short extends Demand {
  /** What older orders wait for of it. */
  readonly ahead: number;
}

/**
 * Reserves for each dispatch all that it wants, or nothing; the oldest comes first. The stock rows are
 * locked in item order. What older orders wait for counts as gone; whoever is short gets in line.
 *
 * @returns what is short, and by how much, of those for which nothing is reserved.
 */
export async function reserve(
  tx: Db,
  wms: string,
  claims: readonly Claim[],
): Promise<Map<string, readonly Short[]>> {
  const levels = await lockLevels(tx, wms, claims.flatMap(codesOf));
  const short = new Map<string, readonly Short[]>();
  const served: Claim[] = [];
  for (const claim of claims.toSorted(byAge)) {
    const lacks = lacksOf(claim, await leftFor(tx, wms, claim, codesOf(claim), levels));
    if (lacks.length === 0) {
      served.push(claim);
      take(levels, claim);
      continue;
    }
    short.set(claim.id, lacks);
    const lacking = new Set(codesOf({ demand: lacks }));
    const wanted = claim.demand.filter((d) => lacking.has(d.itemCode));
    await joinQueue(tx, wms, claim, wanted);
    for (const { itemCode } of wanted) levels.awaited.add(itemCode);
  }
  await allocate(tx, wms, served);
  return short;
}

/** How much of each item a dispatch may have; the stock rows are locked from here on. */
export async function freeFor(
  tx: Db,
  wms: string,
  claimant: Claimant,
  itemCodes: readonly string[],
): Promise<Map<string, number>> {
  return (await leftFor(tx, wms, claimant, itemCodes, await lockLevels(tx, wms, itemCodes))).free;
}

/** What there is of items whose stock rows are locked, as one claim after the other takes of it. */
interface Levels {
  readonly left: Map<string, number>;
  readonly awaited: Set<string>;
  readonly served: Set<string>;
}

async function lockLevels(tx: Db, wms: string, itemCodes: readonly string[]): Promise<Levels> {
  const rows = await tx
    .select()
    // Of a small table MySQL would rather read all rows, and lock them.
    .from(stock, { forceIndex: 'PRIMARY' })
    .where(and(eq(stock.wms, wms), inArray(stock.itemCode, [...new Set(itemCodes)])))
    .orderBy(asc(stock.itemCode))
    .for('update');
  return {
    left: new Map(rows.map((row) => [row.itemCode, sellable(row)])),
    awaited: new Set(rows.filter((row) => row.awaited).map((row) => row.itemCode)),
    served: new Set(),
  };
}

interface Left {
  readonly free: Map<string, number>;
  /** What older orders wait for. */
  readonly before: Map<string, number>;
}

async function leftFor(
  tx: Db,
  wms: string,
  claimant: Claimant,
  itemCodes: readonly string[],
  { left, awaited, served }: Levels,
): Promise<Left> {
  const queuedFor = itemCodes.filter((itemCode) => awaited.has(itemCode));
  const before =
    queuedFor.length === 0
      ? new Map<string, number>()
      : await neededBefore(tx, wms, queuedFor, claimant, served);
  const freeOf = (itemCode: string) => Math.max(0, (left.get(itemCode) ?? 0) - (before.get(itemCode) ?? 0));
  return { free: new Map(itemCodes.map((itemCode) => [itemCode, freeOf(itemCode)])), before };
}

function lacksOf({ demand }: Claim, { free, before }: Left): Short[] {
  return demand
    .map(({ itemCode, quantity }) => ({
      itemCode,
      quantity: quantity - (free.get(itemCode) ?? 0),
      ahead: before.get(itemCode) ?? 0,
    }))
    .filter((lack) => lack.quantity > 0);
}

function take({ left, served }: Levels, { id, demand }: Claim): void {
  served.add(id);
  for (const { itemCode, quantity } of demand) left.set(itemCode, (left.get(itemCode) ?? 0) - quantity);
}

async function allocate(tx: Db, wms: string, claims: readonly Claim[]): Promise<void> {
  const rows = claims.flatMap(({ id: dispatchId, demand }) => demand.map((d) => ({ dispatchId, wms, ...d })));
  if (rows.length === 0) return;
  await tx.insert(allocation).values(rows);
  const changes = rows.map(({ dispatchId, itemCode, quantity: allocated }) => ({
    dispatchId,
    itemCode,
    allocated,
  }));
  await moveStock(tx, wms, changes, { reason: 'reserved' });
}

function codesOf({ demand }: Pick<Claim, 'demand'>): string[] {
  return demand.map(({ itemCode }) => itemCode);
}
