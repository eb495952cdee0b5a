import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { channelRule, configuration, configurationItem, item, listing, match, stock } from '../schema';
import { routedFor } from './routes';

/**
 * Remembers what each listing of a channel sells, by the wording that its newest order had, and by which it was
 * decided before the channel changed that.
 */
export async function saveListings(
  tx: Db,
  connectionId: string,
  listings: readonly { listing: string; channel: string; dealKey: string }[],
): Promise<void> {
  if (listings.length === 0) return;
  await tx
    .insert(listing)
    .values(listings.map((each) => ({ connectionId, ...each, updatedAt: sql`now(6)` })))
    .onDuplicateKeyUpdate({
      set: { formerDealKey: formerWording, dealKey: sql`values(deal_key)`, channel: sql`values(channel)` },
    });
}

const formerWording = sql`if(values(deal_key) <> ${listing.dealKey} and exists (
  select 1 from ${match} where ${match.dealKey} = ${listing.dealKey} and ${match.configuration} is not null
), ${listing.dealKey}, ${listing.formerDealKey})`;

const sellable = sql`greatest(0, ${stock.onHand} - ${stock.allocated} - ${stock.shippedSince} - ${stock.safety})`;

/**
 * How many units of each listing of a source may be sold now: as many as the scarcest item of its configuration
 * allows, less the channel's buffer. Listings whose deal nobody has decided, or an item of which has no stock
 * that anybody knows, are left out: nothing can be said of them.
 */
export async function listingStock(db: Db, connectionId: string) {
  const units = sql<number>`min(floor(${sellable} / ${configurationItem.quantity})) - coalesce(max(${channelRule.stockBuffer}), 0)`;
  return db
    .select({
      listing: listing.listing,
      pushedQuantity: listing.pushedQuantity,
      state: listing.state,
      quantity: sql<number>`greatest(0, ${units})`.mapWith(Number),
    })
    .from(listing)
    .innerJoin(match, eq(match.dealKey, listing.dealKey))
    .innerJoin(configuration, eq(configuration.code, match.configuration))
    .innerJoin(
      configurationItem,
      and(
        eq(configurationItem.configuration, configuration.code),
        eq(configurationItem.version, configuration.version),
      ),
    )
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .leftJoin(stock, and(eq(stock.itemCode, item.code), eq(stock.wms, routedFor(listing.channel))))
    .leftJoin(channelRule, eq(channelRule.channel, listing.channel))
    .where(eq(listing.connectionId, connectionId))
    .groupBy(listing.listing, listing.pushedQuantity, listing.state)
    .having(sql`count(*) = count(${stock.snapshotAt})`)
    .orderBy(asc(listing.listing));
}

export type ListingRow = Awaited<ReturnType<typeof listingStock>>[number];

export async function settleListing(
  db: Db,
  connectionId: string,
  given: { listing: string; quantity: number },
  state: 'done' | 'refused',
  reason: string | null,
): Promise<void> {
  await db
    .update(listing)
    .set({
      pushedQuantity: given.quantity,
      state,
      reason: reason?.slice(0, 500) ?? null,
      updatedAt: sql`now(6)`,
    })
    .where(and(eq(listing.connectionId, connectionId), eq(listing.listing, given.listing)));
}

export async function listListings(db: Db, connectionId: string) {
  return db
    .select()
    .from(listing)
    .where(eq(listing.connectionId, connectionId))
    .orderBy(asc(listing.listing));
}
