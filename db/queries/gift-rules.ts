import { and, asc, desc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { GiftRule, GiftTerms } from '../../domain/gift';
import type { Db } from '../database';
import { gift, giftCount, giftRule, giftRuleVersion } from '../schema';
import type { Command } from './audit';

const isNewest = and(eq(giftRuleVersion.ruleId, giftRule.id), eq(giftRuleVersion.version, giftRule.version));

/** The newest versions of the rules that have not ended. */
export async function giftRulesInForce(db: Db): Promise<GiftRule[]> {
  const rows = await db
    .select(getTableColumns(giftRuleVersion))
    .from(giftRule)
    .innerJoin(giftRuleVersion, isNewest)
    .where(isNull(giftRule.endedAt))
    .orderBy(asc(giftRule.id));
  return rows.map(({ ruleId, ...terms }) => ({ id: ruleId, ...terms }));
}

/**
 * Locks the rules by which something is counted, and shares those that give to all: nobody changes any of them until
 * this is committed. They are locked in the order of their ids, the counted ones first.
 */
export async function lockGiftRules(
  tx: Db,
  counted: readonly number[],
  shared: readonly number[],
): Promise<Map<number, typeof giftRule.$inferSelect>> {
  const locked = new Map<number, typeof giftRule.$inferSelect>();
  for (const [ids, strength] of [[counted, 'update'] as const, [shared, 'share'] as const]) {
    if (ids.length === 0) continue;
    const rows = await tx
      .select()
      // Of a small table MySQL would rather read all rows, and lock them.
      .from(giftRule, { forceIndex: 'PRIMARY' })
      .where(inArray(giftRule.id, [...ids]))
      .orderBy(asc(giftRule.id))
      .for(strength);
    for (const row of rows) locked.set(row.id, row);
  }
  return locked;
}

export interface NewGiftVersion extends Command {
  readonly terms: GiftTerms;
}

/** @returns its number. */
export async function insertGiftRule(tx: Db, version: NewGiftVersion): Promise<number> {
  const [done] = await tx.insert(giftRule).values({ version: 1 });
  await insertVersion(tx, done.insertId, 1, version);
  return done.insertId;
}

/** Of a rule whose row is locked: whoever shared it is through, and all that was given is counted in its row. */
export async function addGiftVersion(
  tx: Db,
  { id, version }: { id: number; version: number },
  given: NewGiftVersion,
): Promise<number> {
  await insertVersion(tx, id, version + 1, given);
  const holders = await tx
    .select({ lineKey: gift.lineKey })
    .from(gift)
    .where(and(eq(gift.ruleId, id), eq(gift.state, 'given')))
    .for('share');
  await tx
    .update(giftRule)
    .set({ version: version + 1, given: holders.length })
    .where(eq(giftRule.id, id));
  await tx.delete(giftCount).where(eq(giftCount.ruleId, id));
  return version + 1;
}

async function insertVersion(
  tx: Db,
  ruleId: number,
  version: number,
  { terms, by, reason }: NewGiftVersion,
): Promise<void> {
  await tx
    .insert(giftRuleVersion)
    .values({ ruleId, version, ...terms, madeBy: by, madeAt: sql`now(6)`, reason });
}

/** A rule whose row is locked gives nothing more. */
export async function endGiftRule(tx: Db, id: number, { by, reason }: Command): Promise<void> {
  await tx
    .update(giftRule)
    .set({ endedAt: sql`now(6)`, endedBy: by, endedReason: reason })
    .where(eq(giftRule.id, id));
}

/** Every rule by its newest version, those in force first; with to how many orders it has given. @param id only this one. */
export async function listGiftRules(db: Db, id?: number) {
  const shared = db
    .select({ ruleId: giftCount.ruleId, orders: sql<number>`sum(${giftCount.given})`.as('orders') })
    .from(giftCount)
    .groupBy(giftCount.ruleId)
    .as('shared');
  const { ruleId, ...terms } = getTableColumns(giftRuleVersion);
  return db
    .select({
      id: ruleId,
      ...terms,
      endedAt: giftRule.endedAt,
      endedBy: giftRule.endedBy,
      endedReason: giftRule.endedReason,
      given: sql<number>`${giftRule.given} + coalesce(${shared.orders}, 0)`.mapWith(Number),
    })
    .from(giftRule)
    .innerJoin(giftRuleVersion, isNewest)
    .leftJoin(shared, eq(shared.ruleId, giftRule.id))
    .where(id === undefined ? undefined : eq(giftRule.id, id))
    .orderBy(sql`${giftRule.endedAt} is not null`, asc(giftRuleVersion.priority), asc(giftRule.id));
}

/** Every version of a rule, the newest first. */
export async function giftVersionsOf(db: Db, id: number) {
  return db
    .select()
    .from(giftRuleVersion)
    .where(eq(giftRuleVersion.ruleId, id))
    .orderBy(desc(giftRuleVersion.version));
}
