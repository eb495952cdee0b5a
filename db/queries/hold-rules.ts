import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { HoldRule } from '../../domain/hold-rule';
import type { Db } from '../database';
import { holdRule, order } from '../schema';

const inForce = and(
  lte(holdRule.validFrom, sql`now(6)`),
  or(isNull(holdRule.validTo), gt(holdRule.validTo, sql`now(6)`)),
);

/** Whether there is any rule in force: read along with something else, it costs no statement of its own. */
export const anyRuleInForce: SQL<boolean> = sql<boolean>`exists (select 1 from ${holdRule}
  where ${holdRule.validFrom} <= now(6) and (${holdRule.validTo} is null or ${holdRule.validTo} > now(6)))`;

/** The rules in force, the oldest first. */
export async function rulesInForce(db: Db): Promise<HoldRule[]> {
  return db.select().from(holdRule).where(inForce).orderBy(asc(holdRule.id));
}

/** Every rule that has not ended, also those that are still to begin; with how many orders each holds. */
export async function listRules(db: Db) {
  const holds = sql<number>`(select count(*) from ${order} where ${order.heldByRule} = ${sql.raw('`hold_rule`.`id`')})`;
  return db
    .select({
      id: holdRule.id,
      channel: holdRule.channel,
      itemCode: holdRule.itemCode,
      quantity: holdRule.quantity,
      reason: holdRule.reason,
      validFrom: holdRule.validFrom,
      validTo: holdRule.validTo,
      madeBy: holdRule.madeBy,
      madeAt: holdRule.madeAt,
      orders: holds.mapWith(Number),
    })
    .from(holdRule)
    .where(or(isNull(holdRule.validTo), gt(holdRule.validTo, sql`now(6)`)))
    .orderBy(asc(holdRule.id));
}

export interface NewRule {
  readonly channel: string;
  readonly itemCode: string;
  readonly quantity: number;
  readonly reason: string;
  readonly validFrom?: Date | undefined;
  readonly validTo?: Date | undefined;
  readonly madeBy: string;
}

/** @returns its number. */
export async function insertRule(db: Db, { validFrom, validTo, ...rule }: NewRule): Promise<number> {
  const now = sql`now(6)`;
  const [done] = await db
    .insert(holdRule)
    .values({ ...rule, validFrom: validFrom ?? now, validTo: validTo ?? null, madeAt: now });
  return done.insertId;
}

/** @returns false when there is none that has not ended. */
export async function endRule(db: Db, id: number): Promise<boolean> {
  const [done] = await db
    .update(holdRule)
    .set({ validTo: sql`now(6)` })
    .where(and(eq(holdRule.id, id), or(isNull(holdRule.validTo), gt(holdRule.validTo, sql`now(6)`))));
  return done.affectedRows === 1;
}

export async function holdByRule(
  tx: Db,
  orderKeys: readonly string[],
  { id, reason }: Pick<HoldRule, 'id' | 'reason'>,
): Promise<void> {
  await tx
    .update(order)
    .set({ heldByRule: id, heldReason: reason })
    .where(inArray(order.key, [...orderKeys]));
}

/** Orders that a rule holds which is in force no more, the oldest first. */
export async function ordersOfEndedRules(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ key: order.key })
    .from(order)
    .innerJoin(holdRule, eq(holdRule.id, order.heldByRule))
    .where(lte(holdRule.validTo, sql`now(6)`))
    .orderBy(asc(order.orderedAt))
    .limit(limit);
  return rows.map((row) => row.key);
}
