import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Deal, dealKey, normalizeWording } from '../../domain/deal';
import { type Prices, widen } from '../../domain/deal-price';
import type { Db } from '../database';
import { match, matchVersion, order, orderLine } from '../schema';
import type { Command } from './audit';

/** The decisions for deals: each is a version of the deal's match, kept for good, and can be undone. */

/**
 * The version of its deal's match that holds for a line (null: none): the newest that nobody has undone, and that
 * holds for the time at which it was ordered. To be used where `orders` and `order_line` are joined.
 */
export function versionInForce(): SQL<number | null> {
  return sql`(select max(v.version) from ${matchVersion} v
    where v.deal_key = ${orderLine.dealKey} and v.undone_at is null
      and (v.holds_from is null or v.holds_from <= ${order.orderedAt}))`;
}

/** The same, of a deal's versions that were read: for its many orders it is looked for in memory. */
export function inForceFor<
  T extends Pick<typeof matchVersion.$inferSelect, 'version' | 'undoneAt' | 'holdsFrom'>,
>(versions: readonly T[], orderedAt: Date): T | undefined {
  return versions
    .filter(({ undoneAt, holdsFrom }) => undoneAt === null && (holdsFrom === null || holdsFrom <= orderedAt))
    .reduce<T | undefined>(
      (newest, one) => (newest !== undefined && newest.version > one.version ? newest : one),
      undefined,
    );
}

/** The newest decision for a deal that nobody has undone. */
export async function findMatch(db: Db, key: string) {
  const [row] = await db.select().from(match).where(eq(match.dealKey, key));
  return row;
}

/** Every decision in force, with from when it holds. */
export async function matchesInForce(db: Db) {
  return db
    .select({
      dealKey: match.dealKey,
      channel: match.channel,
      deal: match.deal,
      option: match.option,
      configuration: matchVersion.configuration,
      version: match.version,
      holdsFrom: matchVersion.holdsFrom,
      madeBy: match.madeBy,
      madeAt: match.madeAt,
      reason: match.reason,
    })
    .from(match)
    .innerJoin(
      matchVersion,
      and(eq(matchVersion.dealKey, match.dealKey), eq(matchVersion.version, match.version)),
    )
    .orderBy(asc(match.channel), asc(match.deal), asc(match.option));
}

export type MatchRow = typeof match.$inferSelect;

/** Locks a deal's match: nobody else decides it, and no order is matched by it, until this is committed. */
export async function lockMatch(tx: Db, deal: Deal, { by, reason }: Command): Promise<MatchRow> {
  const key = dealKey(deal);
  await tx
    .insert(match)
    .values({
      dealKey: key,
      channel: deal.channel,
      deal: normalizeWording(deal.deal),
      option: normalizeWording(deal.option),
      version: 0,
      configuration: null,
      madeBy: by,
      madeAt: sql`now(6)`,
      reason,
    })
    .onDuplicateKeyUpdate({ set: { dealKey: sql`${match.dealKey}` } });
  const [row] = await tx.select().from(match).where(eq(match.dealKey, key)).for('update');
  if (row === undefined) throw new RangeError(`The match of ${key} was not written`);
  return row;
}

/** Nobody decides the deal anew until this is committed; what is read from now on is in force. */
export async function shareMatch(tx: Db, key: string): Promise<void> {
  await tx.select({ version: match.version }).from(match).where(eq(match.dealKey, key)).for('share');
}

export interface Terms {
  /** For what was ordered from then on; null: whenever it was ordered. */
  readonly holdsFrom?: Date | null;
  /** What a unit cost in the orders that it was decided for; null: no order told it. */
  readonly prices?: Prices | null;
}

/** Remembers a decision; the earlier ones stay in the history. */
export async function saveMatch(
  tx: Db,
  deal: Deal,
  configuration: string,
  command: Command,
  terms: Terms = {},
): Promise<{ dealKey: string; version: number }> {
  const { dealKey: key } = await lockMatch(tx, deal, command);
  return { dealKey: key, ...(await addVersion(tx, key, configuration, command, terms)) };
}

/** Remembers a decision for a deal whose match is locked. @returns its number, and the prices that are known now. */
export async function addVersion(
  tx: Db,
  key: string,
  configuration: string,
  command: Command,
  { holdsFrom = null, prices = null }: Terms = {},
): Promise<{ version: number; prices: Prices | null }> {
  const version = await nextVersion(tx, key);
  const before = await newestStanding(tx, key);
  const known = before === undefined ? null : pricesOf(before);
  // What was confirmed for the same contents stays so; for others only the newest counts.
  const knownNow = before?.configuration === configuration ? widen(known, prices) : (prices ?? known);
  await tx.insert(matchVersion).values({
    dealKey: key,
    version,
    configuration,
    madeBy: command.by,
    madeAt: sql`now(6)`,
    reason: command.reason,
    holdsFrom,
    priceFrom: knownNow?.from ?? null,
    priceTo: knownNow?.to ?? null,
  });
  await show(tx, key, { version, configuration, madeBy: command.by, reason: command.reason });
  return { version, prices: knownNow };
}

/** What a unit cost where it was decided; null: no order has told it yet. */
export function pricesOf({
  priceFrom,
  priceTo,
}: {
  readonly priceFrom: bigint | null;
  readonly priceTo: bigint | null;
}): Prices | null {
  return priceFrom === null || priceTo === null ? null : { from: priceFrom, to: priceTo };
}

/** A decision that was made before any order told a price takes that of the first one which it matches. */
export async function learnPrice(tx: Db, key: string, version: number, price: bigint): Promise<void> {
  await tx
    .update(matchVersion)
    .set({ priceFrom: price, priceTo: price })
    .where(
      and(eq(matchVersion.dealKey, key), eq(matchVersion.version, version), isNull(matchVersion.priceFrom)),
    );
}

/** The number that the next decision for a deal gets. */
export async function nextVersion(db: Db, key: string): Promise<number> {
  const [row] = await db
    .select({ last: sql<number>`coalesce(max(${matchVersion.version}), 0)`.mapWith(Number) })
    .from(matchVersion)
    .where(eq(matchVersion.dealKey, key));
  return (row?.last ?? 0) + 1;
}

/** Takes back a decision for a deal whose match is locked; the one before it is in force again. */
export async function undoMatch(tx: Db, key: string, version: number, command: Command): Promise<void> {
  await tx
    .update(matchVersion)
    .set({ undoneAt: sql`now(6)`, undoneBy: command.by, undoneReason: command.reason })
    .where(and(eq(matchVersion.dealKey, key), eq(matchVersion.version, version)));
  await showNewest(tx, key, command);
}

/** The match's row shows the newest decision that nobody has undone. */
async function showNewest(tx: Db, key: string, { by, reason }: Command): Promise<void> {
  const newest = await newestStanding(tx, key);
  if (newest !== undefined) return show(tx, key, newest);
  const shown = { version: 0, configuration: null, madeBy: by, madeAt: sql`now(6)`, reason };
  await tx.update(match).set(shown).where(eq(match.dealKey, key));
}

async function show(
  tx: Db,
  key: string,
  {
    version,
    configuration,
    madeBy,
    reason,
  }: Pick<MatchRow, 'version' | 'configuration' | 'madeBy' | 'reason'>,
): Promise<void> {
  const madeAt = sql`(select v.made_at from ${matchVersion} v where v.deal_key = ${key} and v.version = ${version})`;
  await tx
    .update(match)
    .set({ version, configuration, madeBy, madeAt, reason })
    .where(eq(match.dealKey, key));
}

async function newestStanding(tx: Db, key: string) {
  const [newest] = await tx
    .select()
    .from(matchVersion)
    .where(and(eq(matchVersion.dealKey, key), isNull(matchVersion.undoneAt)))
    .orderBy(desc(matchVersion.version))
    .limit(1);
  return newest;
}

/** Every decision for a deal, the newest first. */
export async function versionsOf(db: Db, key: string) {
  return db
    .select()
    .from(matchVersion)
    .where(eq(matchVersion.dealKey, key))
    .orderBy(desc(matchVersion.version));
}

export async function findVersion(db: Db, key: string, version: number) {
  const [row] = await db
    .select()
    .from(matchVersion)
    .where(and(eq(matchVersion.dealKey, key), eq(matchVersion.version, version)));
  return row;
}
