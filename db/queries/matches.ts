import { and, asc, desc, eq, inArray, min, or, sql } from 'drizzle-orm';
import { type Deal, dealKey, normalizeWording } from '../../domain/deal';
import type { Db } from '../database';
import {
  configuration,
  configurationItem,
  item,
  lineMatch,
  match,
  matchVersion,
  order,
  orderLine,
} from '../schema';
import type { Command } from './audit';

/** Each line of an order with the configuration decided for it: for this line only, or by its deal's match. */
export async function decisionsFor(tx: Db, orderKey: string) {
  return tx
    .select({
      lineKey: orderLine.key,
      deal: orderLine.deal,
      option: orderLine.option,
      units:
        sql<number>`${orderLine.quantity} - ${orderLine.cancelledQuantity} - ${orderLine.dispatchedQuantity}`.mapWith(
          Number,
        ),
      configuration: configuration.code,
      configurationVersion: configuration.version,
      matchVersion: sql<number | null>`if(${lineMatch.lineKey} is null, ${match.version}, null)`,
    })
    .from(orderLine)
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .leftJoin(match, eq(match.dealKey, orderLine.dealKey))
    .leftJoin(
      configuration,
      eq(configuration.code, sql`coalesce(${lineMatch.configuration}, ${match.configuration})`),
    )
    .where(eq(orderLine.orderKey, orderKey))
    .orderBy(asc(orderLine.key));
}

export type Decision = Awaited<ReturnType<typeof decisionsFor>>[number];

/** Writes a line's decision and its versions into the line: later ones do not change what it meant. */
export async function decideLine(tx: Db, decision: Decision): Promise<void> {
  const { configuration: code, configurationVersion, matchVersion: version } = decision;
  await tx
    .update(orderLine)
    .set({ configuration: code, configurationVersion, matchVersion: version })
    .where(eq(orderLine.key, decision.lineKey));
}

/** The decision in force for a deal. */
export async function findMatch(db: Db, deal: Deal) {
  const [row] = await db
    .select()
    .from(match)
    .where(eq(match.dealKey, dealKey(deal)));
  return row;
}

/** Remembers a decision from now on; the earlier one stays in the history. */
export async function saveMatch(
  tx: Db,
  deal: Deal,
  configurationCode: string,
  { by, reason }: Command,
): Promise<{ dealKey: string; version: number }> {
  const key = dealKey(deal);
  const now = sql`now(6)`;
  const decision = { configuration: configurationCode, madeBy: by, madeAt: now, reason };
  await tx
    .insert(match)
    .values({
      dealKey: key,
      channel: deal.channel,
      deal: normalizeWording(deal.deal),
      option: normalizeWording(deal.option),
      version: 1,
      ...decision,
    })
    .onDuplicateKeyUpdate({ set: { version: sql`${match.version} + 1`, ...decision } });
  const [row] = await tx
    .select({ version: match.version })
    .from(match)
    .where(eq(match.dealKey, key))
    .for('update');
  const version = row?.version ?? 1;
  await tx.insert(matchVersion).values({ dealKey: key, version, ...decision });
  return { dealKey: key, version };
}

export async function saveLineMatch(
  tx: Db,
  lineKey: string,
  configurationCode: string,
  { by, reason }: Command,
): Promise<void> {
  const decision = { configuration: configurationCode, madeBy: by, madeAt: sql`now(6)`, reason };
  await tx
    .insert(lineMatch)
    .values({ lineKey, ...decision })
    .onDuplicateKeyUpdate({ set: decision });
}

export async function configurationExists(db: Db, code: string): Promise<boolean> {
  const rows = await db
    .select({ code: configuration.code })
    .from(configuration)
    .where(eq(configuration.code, code));
  return rows.length > 0;
}

export async function itemExists(db: Db, code: string): Promise<boolean> {
  const rows = await db.select({ code: item.code }).from(item).where(eq(item.code, code));
  return rows.length > 0;
}

export async function configurationCodes(db: Db): Promise<string[]> {
  const rows = await db.select({ code: configuration.code }).from(configuration);
  return rows.map((row) => row.code);
}

/** Every configuration with the items of its newest version: a row for each item. */
export async function listConfigurations(db: Db) {
  return db
    .select({
      code: configuration.code,
      name: configuration.name,
      version: configuration.version,
      itemCode: item.code,
      itemName: item.name,
      quantity: configurationItem.quantity,
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
    .orderBy(asc(configuration.code), asc(item.code));
}

/** Who decided the deals of these lines, by version; the decisions for one line only carry no version. */
export async function decisionsBehind(db: Db, dealKeys: readonly string[], lineKeys: readonly string[]) {
  const versions =
    dealKeys.length === 0
      ? []
      : await db
          .select()
          .from(matchVersion)
          .where(inArray(matchVersion.dealKey, [...dealKeys]));
  const once =
    lineKeys.length === 0
      ? []
      : await db
          .select()
          .from(lineMatch)
          .where(inArray(lineMatch.lineKey, [...lineKeys]));
  return { versions, once };
}

/**
 * The orders that a decision for this deal may let go on, oldest first: those that wait for one, and
 * those that are being matched this moment.
 */
export async function ordersToRematch(db: Db, key: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ key: order.key, orderedAt: order.orderedAt })
    .from(order)
    .innerJoin(orderLine, eq(orderLine.orderKey, order.key))
    .where(
      and(eq(orderLine.dealKey, key), or(eq(order.waiting, 'unknown_deal'), eq(order.stage, 'normalized'))),
    )
    .orderBy(asc(order.orderedAt));
  return rows.map((row) => row.key);
}

/** Deals that nobody has decided, and how many orders wait for each, most first. */
export async function unknownDeals(db: Db) {
  return db
    .select({
      dealKey: orderLine.dealKey,
      channel: order.channel,
      deal: orderLine.deal,
      option: orderLine.option,
      orders: sql<number>`count(distinct ${order.key})`.mapWith(Number),
      example: sql<string>`min(${order.key})`,
      firstSeen: min(order.createdAt).as('first_seen'),
    })
    .from(orderLine)
    .innerJoin(order, eq(order.key, orderLine.orderKey))
    .leftJoin(match, eq(match.dealKey, orderLine.dealKey))
    .leftJoin(lineMatch, eq(lineMatch.lineKey, orderLine.key))
    .where(
      and(
        eq(order.waiting, 'unknown_deal'),
        sql`${match.dealKey} is null`,
        sql`${lineMatch.lineKey} is null`,
      ),
    )
    .groupBy(order.channel, orderLine.dealKey, orderLine.deal, orderLine.option)
    .orderBy(desc(sql`count(distinct ${order.key})`), asc(orderLine.dealKey));
}

export async function listMatches(db: Db, limit: number) {
  return db.select().from(match).orderBy(asc(match.channel), asc(match.deal)).limit(limit);
}

/**
 * Adds a configuration, or a new version of it when its name or items have changed.
 *
 * @throws RangeError without items: what it stands for would silently be left out of the box.
 */
export async function saveConfiguration(
  tx: Db,
  given: { code: string; name: string; items: readonly { itemCode: string; quantity: number }[] },
): Promise<void> {
  if (given.items.length === 0) throw new RangeError(`Configuration ${given.code} has no items`);
  const [known] = await tx
    .select()
    .from(configuration)
    .where(eq(configuration.code, given.code))
    .for('update');
  if (known !== undefined) {
    const items = await tx
      .select()
      .from(configurationItem)
      .where(
        and(eq(configurationItem.configuration, given.code), eq(configurationItem.version, known.version)),
      );
    const quantityOf = new Map(items.map((i) => [i.itemCode, i.quantity]));
    const same =
      items.length === given.items.length &&
      given.items.every((i) => quantityOf.get(i.itemCode) === i.quantity);
    if (same && known.name === given.name) return;
  }
  const version = (known?.version ?? 0) + 1;
  await tx
    .insert(configuration)
    .values({ code: given.code, name: given.name, version })
    .onDuplicateKeyUpdate({ set: { name: given.name, version } });
  await tx
    .insert(configurationItem)
    .values(given.items.map((i) => ({ configuration: given.code, version, ...i })));
}

export async function saveItems(
  db: Db,
  items: readonly { code: string; name: string; referencePrice: bigint }[],
): Promise<void> {
  await db
    .insert(item)
    .values([...items])
    .onDuplicateKeyUpdate({ set: { name: sql`values(name)`, referencePrice: sql`values(reference_price)` } });
}

/** The matches that stand for a configuration, the newest decisions first. */
export async function matchesFor(db: Db, configurationCode: string, limit: number) {
  return db
    .select()
    .from(match)
    .where(eq(match.configuration, configurationCode))
    .orderBy(desc(match.madeAt))
    .limit(limit);
}
