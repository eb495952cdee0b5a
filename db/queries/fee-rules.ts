import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { FeeRule } from '../../domain/fee';
import type { Db } from '../database';
import { feeRule } from '../schema';

type RuleKey = Pick<FeeRule, 'channel' | 'validFrom'>;

const isRule = ({ channel, validFrom }: RuleKey) =>
  and(eq(feeRule.channel, channel), eq(feeRule.validFrom, validFrom));

/** Every rule, a channel's newest first. */
export async function listFeeRules(db: Db) {
  return db.select().from(feeRule).orderBy(asc(feeRule.channel), desc(feeRule.validFrom));
}

export async function lockFeeRule(tx: Db, key: RuleKey) {
  const [row] = await tx.select().from(feeRule).where(isRule(key)).for('update');
  return row;
}

/** Writes a rule as it is from now on, one version further than it was. */
export async function writeFeeRule(tx: Db, rule: FeeRule, by: string): Promise<void> {
  const { rate, settlementDays } = rule;
  const changed = { rate, settlementDays, changedBy: by, changedAt: sql`now(6)` };
  await tx
    .insert(feeRule)
    .values({ ...rule, ...changed })
    .onDuplicateKeyUpdate({ set: { ...changed, version: sql`${feeRule.version} + 1` } });
}

export async function deleteFeeRule(tx: Db, key: RuleKey): Promise<void> {
  await tx.delete(feeRule).where(isRule(key));
}
