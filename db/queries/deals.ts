import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Deal } from '../../domain/deal';
import type { Db } from '../database';
import { configuration, configurationItem, item, lineMatch, match, order, orderLine } from '../schema';
import { containing } from './containing';
import { unitPrice, WAITS_FOR_DEALS } from './deal-drift';
import { beforeMark, exactTime, type TimeMark } from './in-time';
import { versionInForce } from './match-versions';

/** A deal's wording by its key: as it was decided, or as an order has it. */
export async function findDeal(db: Db, dealKey: string): Promise<Deal | undefined> {
  const wording = { deal: match.deal, option: match.option };
  const [decided] = await db
    .select({ channel: match.channel, ...wording })
    .from(match)
    .where(eq(match.dealKey, dealKey));
  if (decided !== undefined) return decided;
  const [ordered] = await db
    .select({ channel: order.channel, deal: orderLine.deal, option: orderLine.option })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .where(eq(orderLine.dealKey, dealKey))
    .limit(1);
  return ordered;
}

/** The lines that wait for this deal to be decided, or confirmed where their order waits for a change; the oldest first. */
export async function linesWaitingFor(db: Db, dealKey: string, limit: number) {
  return db
    .select({
      orderKey: order.key,
      line: orderLine.lineNumber,
      units: sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity}`.mapWith(Number),
      orderedAt: order.orderedAt,
      unitPrice: unitPrice(),
      /** Of the decision that holds for it; null: nobody has decided it. */
      matchVersion: versionInForce(),
    })
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .where(
      and(
        inArray(order.waiting, [...WAITS_FOR_DEALS]),
        eq(orderLine.dealKey, dealKey),
        isNull(lineMatch.lineKey),
        sql`(${order.waiting} = 'deal_changed' or ${versionInForce()} is null)`,
      ),
    )
    .orderBy(asc(order.orderedAt), asc(orderLine.key))
    .limit(limit);
}

/** All that is known of what wordings stand for. */
export async function knownDeals(db: Db) {
  return db
    .select({
      dealKey: match.dealKey,
      channel: match.channel,
      deal: match.deal,
      option: match.option,
      configuration: configuration.code,
    })
    .from(match)
    .innerJoin(configuration, eq(configuration.code, match.configuration));
}

/** Every configuration with what the items of its newest version cost together. */
export async function pricedConfigurations(db: Db) {
  return db
    .select({
      code: configuration.code,
      name: configuration.name,
      price: sql<bigint>`sum(${item.referencePrice} * ${configurationItem.quantity})`.mapWith(BigInt),
    })
    .from(configuration)
    .innerJoin(
      configurationItem,
      and(
        eq(configurationItem.configuration, configuration.code),
        eq(configurationItem.version, configuration.version),
      ),
    )
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .groupBy(configuration.code, configuration.name);
}

export interface MatchesPage {
  readonly text?: string | undefined;
  readonly after?: TimeMark | undefined;
  readonly limit: number;
}

/** The decisions in force, the newest first. */
export async function pageOfMatches(db: Db, { text, after, limit }: MatchesPage) {
  return db
    .select({
      dealKey: match.dealKey,
      channel: match.channel,
      deal: match.deal,
      option: match.option,
      configuration: sql<string>`${match.configuration}`,
      version: match.version,
      madeBy: match.madeBy,
      madeAt: match.madeAt,
      mark: exactTime(match.madeAt),
    })
    .from(match)
    .where(
      and(
        isNotNull(match.configuration),
        text === undefined
          ? undefined
          : containing(text, match.deal, match.option, match.configuration, match.channel),
        beforeMark(match.madeAt, match.dealKey, after),
      ),
    )
    .orderBy(desc(match.madeAt), desc(match.dealKey))
    .limit(limit);
}
