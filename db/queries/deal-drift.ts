import { and, count, countDistinct, eq, inArray, isNotNull, isNull, min, type SQL, sql } from 'drizzle-orm';
import type { Offer } from '../../domain/deal-drift';
import type { Prices } from '../../domain/deal-price';
import type { Db } from '../database';
import { lineMatch, listing, match, matchVersion, order, orderLine } from '../schema';
import { isBought } from './gifts';
import { pricesOf, versionInForce } from './match-versions';

/** What channels have changed of deals since these were decided: their wording, under the same listing, and their price. */

/** Orders that wait for somebody to say what a deal stands for, or whether it still does. */
export const WAITS_FOR_DEALS = ['unknown_deal', 'deal_changed'] as const;

/** What a unit of a line costs; null where its source tells no price. */
export function unitPrice(): SQL<bigint | null> {
  return sql<bigint | null>`nullif(${orderLine.amount}, 0) div ${orderLine.quantity}`.mapWith(BigInt);
}

/** A deal as it was decided, and what it stands for. */
export interface DecidedOffer extends Offer {
  readonly configuration: string;
}

/**
 * How deals were worded when they were decided that a channel words otherwise now, by their keys now; nothing of
 * what somebody has ever decided as it is worded now. Where several listings have come to one wording and stood for
 * different things, nobody knows which of them it was.
 */
export async function formerOffers(db: Db, dealKeys: readonly string[]): Promise<Map<string, DecidedOffer>> {
  if (dealKeys.length === 0) return new Map();
  const rows = await db
    .select({
      now: listing.dealKey,
      deal: match.deal,
      option: match.option,
      configuration: sql<string>`${match.configuration}`,
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
    })
    .from(listing)
    .innerJoin(match, and(eq(match.dealKey, listing.formerDealKey), isNotNull(match.configuration)))
    .innerJoin(
      matchVersion,
      and(eq(matchVersion.dealKey, match.dealKey), eq(matchVersion.version, match.version)),
    )
    .where(and(inArray(listing.dealKey, [...dealKeys]), isNeverDecided));
  const offers = new Map<string, DecidedOffer>();
  const unclear = new Set<string>();
  for (const { now, deal, option, configuration, ...prices } of rows) {
    if ((offers.get(now)?.configuration ?? configuration) !== configuration) unclear.add(now);
    offers.set(now, { deal, option, configuration, prices: pricesOf(prices) });
  }
  for (const key of unclear) offers.delete(key);
  return offers;
}

const isNeverDecided = sql`not exists (select 1 from ${matchVersion} v where v.deal_key = ${listing.dealKey})`;

/** How deals were decided that are worded as they were then. */
export async function decidedOffers(db: Db, dealKeys: readonly string[]): Promise<Map<string, DecidedOffer>> {
  if (dealKeys.length === 0) return new Map();
  const rows = await db
    .select({
      dealKey: match.dealKey,
      deal: match.deal,
      option: match.option,
      configuration: sql<string>`${match.configuration}`,
      priceFrom: matchVersion.priceFrom,
      priceTo: matchVersion.priceTo,
    })
    .from(match)
    .innerJoin(
      matchVersion,
      and(eq(matchVersion.dealKey, match.dealKey), eq(matchVersion.version, match.version)),
    )
    .where(and(inArray(match.dealKey, [...dealKeys]), isNotNull(match.configuration)));
  return new Map(
    rows.map(({ dealKey, priceFrom, priceTo, ...offer }) => [
      dealKey,
      { ...offer, prices: pricesOf({ priceFrom, priceTo }) },
    ]),
  );
}

const inForce = and(eq(matchVersion.dealKey, orderLine.dealKey), eq(matchVersion.version, versionInForce()));

/** Lines that wait for a decision or its confirmation: of a decided deal where the order waits for a change, of any deal. */
const waits = and(
  inArray(order.waiting, [...WAITS_FOR_DEALS]),
  isBought,
  isNull(lineMatch.lineKey),
  sql`(${matchVersion.version} is null or ${order.waiting} = 'deal_changed')`,
);

/** The deals of the lines that wait for a decision or its confirmation, those first that most orders wait for. */
export async function waitingDeals(db: Db) {
  const rows = await db
    .select({
      dealKey: orderLine.dealKey,
      channel: order.channel,
      deal: sql<string>`min(${orderLine.deal})`,
      option: sql<string>`min(${orderLine.option})`,
      orders: countDistinct(order.key),
      example: sql<string>`min(${order.key})`,
      firstSeen: min(order.createdAt),
      decided: count(matchVersion.version),
      ...cheapestAndDearest(),
    })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .leftJoin(matchVersion, inForce)
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .where(waits)
    .groupBy(order.channel, orderLine.dealKey)
    .orderBy(sql`count(distinct ${order.key}) desc`, orderLine.dealKey);
  return rows.map(({ decided, priceFrom, priceTo, ...deal }) => ({
    ...deal,
    isDecided: decided > 0,
    prices: pricesOf({ priceFrom, priceTo }),
  }));
}

function cheapestAndDearest() {
  return {
    priceFrom: sql<bigint | null>`min(${unitPrice()})`.mapWith(BigInt),
    priceTo: sql<bigint | null>`max(${unitPrice()})`.mapWith(BigInt),
  };
}

/** What one unit of a deal costs in the orders that wait for it; null where none does, or none tells it. */
export async function pricesWaitingFor(db: Db, dealKey: string): Promise<Prices | null> {
  const [row] = await db
    .select(cheapestAndDearest())
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .leftJoin(matchVersion, inForce)
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .where(and(waits, eq(orderLine.dealKey, dealKey)));
  return row === undefined ? null : pricesOf(row);
}
