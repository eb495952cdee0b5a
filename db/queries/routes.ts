import { asc, type SQL, sql } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';
import type { Db } from '../database';
import { item, order, route } from '../schema';

/**
 * The WMS that the routing in force gives to an item of a channel (null: none): the most specific route
 * counts, and of those for the same the newest that has begun. An item's route counts more than a
 * channel's, because an item can only ship from where it lies. To be used where `item` is joined.
 */
export function routedFor(channel: MySqlColumn): SQL<string | null> {
  return sql`(
  select ${route.wms} from ${route}
  where ${route.channel} in (${channel}, '') and ${route.itemCode} in (${item.code}, '')
    and ${route.validFrom} <= now(6)
  order by ${route.itemCode} desc, ${route.channel} desc, ${route.validFrom} desc limit 1)`;
}

/** To be used where `orders` and `item` are joined. */
export const routedWms: SQL<string | null> = routedFor(order.channel);

/** A route has begun since an order came to wait (or shortly before, while it was looking). */
export const routeHasBegun: SQL = sql`exists (select 1 from ${route}
  where ${route.validFrom} <= now(6) and ${route.validFrom} > ${order.updatedAt} - interval 10 second)`;

/** From `validFrom` (now, unless given) on, this is where such orders go. */
export async function saveRoute(
  db: Db,
  given: { channel: string; itemCode?: string; wms: string; validFrom?: Date },
): Promise<void> {
  const { channel, itemCode = '', wms } = given;
  const validFrom = given.validFrom ?? sql`now(6)`;
  await db.insert(route).values({ channel, itemCode, wms, validFrom }).onDuplicateKeyUpdate({ set: { wms } });
}

/** All routes, locked: nobody sets another one meanwhile. */
export async function lockRoutes(tx: Db): Promise<RouteRow[]> {
  return tx.select().from(route).orderBy(asc(route.id)).for('update');
}

export type RouteRow = typeof route.$inferSelect;

export async function listRoutes(db: Db) {
  return db.select().from(route).orderBy(asc(route.channel), asc(route.itemCode), asc(route.validFrom));
}
