import { and, asc, eq, inArray } from 'drizzle-orm';
import { sellable } from '../../domain/stock';
import type { Db } from '../database';
import { allocation, stock } from '../schema';
import { type Demand, sumDemand } from './stock';
import { moveStock } from './stock-ledger';
import { byAge, type Claimant, joinQueue, neededBefore } from './stock-queue';

/** A dispatch that wants all of this or nothing; the demand is summed per item. */
export interface Claim extends Claimant {
  readonly demand: readonly Demand[];
  /** What it goes without where there is not enough, each as a whole; it gets what there is in this order. */
  readonly extras?: readonly Extra[];
}

/** A line that may be left out, with what it takes. */
export interface Extra {
  readonly lineKey: string;
  readonly demand: readonly Demand[];
}

/** What a dispatch lacks of an item. */
export interface Short extends Demand {
  /** What older orders wait for of it. */
  readonly ahead: number;
}

/** What a claim came to: what is reserved, and which extras it goes without; or what it is short of, and by how much. */
export type Reserved =
  | { readonly demand: readonly Demand[]; readonly without: readonly string[] }
  | { readonly short: readonly Short[] };

/**
 * Reserves for each dispatch all that it wants, or nothing; the oldest comes first. The stock rows are
 * locked in item order. What older orders wait for counts as gone; whoever is short gets in line.
 */
export async function reserve(tx: Db, wms: string, claims: readonly Claim[]): Promise<Map<string, Reserved>> {
  const levels = await lockLevels(tx, wms, claims.flatMap(allCodesOf));
  const reserved = new Map<string, Reserved>();
  const served: Claim[] = [];
  for (const claim of claims.toSorted(byAge)) {
    const left = await leftFor(tx, wms, claim, allCodesOf(claim), levels);
    const lacks = lacksOf(claim, left);
    if (lacks.length === 0) {
      const { demand, without } = withExtras(claim, left);
      const one = { ...claim, demand };
      served.push(one);
      take(levels, one);
      reserved.set(claim.id, { demand, without });
      continue;
    }
    reserved.set(claim.id, { short: lacks });
    const lacking = new Set(codesOf({ demand: lacks }));
    const wanted = claim.demand.filter((d) => lacking.has(d.itemCode));
    await joinQueue(tx, wms, claim, wanted);
    for (const { itemCode } of wanted) levels.awaited.add(itemCode);
  }
  await allocate(tx, wms, served);
  return reserved;
}

/** All that it wants and as many of its extras as there is enough for. */
function withExtras(
  { id, orderedAt, demand, extras = [] }: Claim,
  left: Left,
): { demand: readonly Demand[]; without: string[] } {
  let taken = demand;
  const without: string[] = [];
  for (const extra of extras) {
    const more = sumDemand([...taken, ...extra.demand]);
    if (lacksOf({ id, orderedAt, demand: more }, left).length === 0) taken = more;
    else without.push(extra.lineKey);
  }
  return { demand: taken, without };
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

function allCodesOf({ demand, extras = [] }: Claim): string[] {
  return [
    ...new Set([demand, ...extras.map((extra) => extra.demand)].flatMap((part) => codesOf({ demand: part }))),
  ];
}

function codesOf({ demand }: Pick<Claim, 'demand'>): string[] {
  return demand.map(({ itemCode }) => itemCode);
}
