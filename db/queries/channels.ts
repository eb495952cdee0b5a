import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import { TRIVIAL_PERCENT } from '../../domain/deal-price';
import type { Db } from '../database';
import { channelRule, channelSource, order } from '../schema';

/** The source that a channel's orders come from now; undefined where nobody has said. */
export async function activeSource(db: Db, channel: string): Promise<string | undefined> {
  const [row] = await db
    .select({ source: channelSource.source })
    .from(channelSource)
    .where(and(eq(channelSource.channel, channel), lte(channelSource.validFrom, sql`now(6)`)))
    .orderBy(desc(channelSource.validFrom))
    .limit(1);
  return row?.source;
}

/** From `validFrom` (now, unless given) on, this source's word counts for the channel's orders. */
export async function assignSource(
  db: Db,
  given: { channel: string; source: string; validFrom?: Date | undefined },
): Promise<void> {
  const { channel, source } = given;
  const validFrom = given.validFrom ?? sql`now(6)`;
  await db
    .insert(channelSource)
    .values({ channel, source, validFrom })
    .onDuplicateKeyUpdate({ set: { source } });
}

export async function listAssignments(db: Db) {
  return db.select().from(channelSource).orderBy(asc(channelSource.channel), asc(channelSource.validFrom));
}

/** Joins an order's channel with its rule; nothing where it has none. */
export const isItsRule = eq(channelRule.channel, order.channel);

/** By how many percent a price may differ from what was decided; to be used where {@link isItsRule} is left-joined. */
export const driftPercent = sql<number>`coalesce(${channelRule.driftPercent}, ${TRIVIAL_PERCENT})`.mapWith(
  Number,
);

/** The same of each channel. */
export async function driftPercents(db: Db): Promise<(channel: string) => number> {
  const rules = new Map((await listChannelRules(db)).map((rule) => [rule.channel, rule.driftPercent]));
  return (channel) => rules.get(channel) ?? TRIVIAL_PERCENT;
}

export type ChannelRule = typeof channelRule.$inferSelect;

export async function listChannelRules(db: Db): Promise<ChannelRule[]> {
  return db.select().from(channelRule).orderBy(asc(channelRule.channel));
}

export async function saveChannelRule(db: Db, rule: ChannelRule): Promise<void> {
  await db.insert(channelRule).values(rule).onDuplicateKeyUpdate({ set: rule });
}
