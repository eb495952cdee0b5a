import { and, asc, count, desc, eq, gte, inArray, isNotNull, lt, notInArray, sql } from 'drizzle-orm';
import type { Stage } from '../../domain/stage';
import type { Db } from '../database';
import {
  acknowledgement,
  channelRule,
  lineMatch,
  match,
  order,
  orderLine,
  rawRecord,
  recipient,
  trackingUpload,
} from '../schema';
import { isBought } from './gifts';
import { routeHasBegun } from './routes';
import { truth } from './truth';

/** An order as it stands before its journey has read it: only its name is known. */
export interface CollectedOrder {
  readonly key: string;
  readonly channel: string;
  readonly source: string;
  readonly orderNumber: string;
  readonly orderedAt: Date;
}

/**
 * Those that are there already stay as they are. All are locked, in the order of their keys.
 *
 * @returns how many were new.
 */
export async function insertCollected(db: Db, orders: readonly CollectedOrder[]): Promise<number> {
  if (orders.length === 0) return 0;
  const now = sql`now(6)`;
  const [done] = await db
    .insert(order)
    .values(
      orders.toSorted(byKey).map(({ key, channel, source, orderNumber, orderedAt }) => ({
        key,
        channel,
        source,
        orderNumber,
        orderedAt,
        shippingFee: 0n,
        createdAt: now,
        updatedAt: now,
        sweptAt: now,
      })),
    )
    .onDuplicateKeyUpdate({ set: { key: sql`${order.key}` } });
  return done.affectedRows;
}

const byKey = (a: CollectedOrder, b: CollectedOrder) => (a.key < b.key ? -1 : 1);

/** Locks orders' rows, by their keys. They are what every change of an order's lines or stage takes after its dispatches. */
export async function lockOrders(tx: Db, keys: readonly string[]) {
  return (
    tx
      .select()
      // Of a small table MySQL would rather read all rows, and lock them.
      .from(order, { forceIndex: 'PRIMARY' })
      .where(inArray(order.key, [...keys]))
      .orderBy(asc(order.key))
      .for('update')
  );
}

export async function lockOrder(tx: Db, key: string): Promise<LockedOrder | undefined> {
  const [row] = await lockOrders(tx, [key]);
  return row;
}

export type LockedOrder = Awaited<ReturnType<typeof lockOrders>>[number];

export async function findOrder(db: Db, key: string) {
  const [row] = await db.select().from(order).where(eq(order.key, key));
  return row;
}

/** Those of the keys that there is an order of. */
export async function existingOrders(db: Db, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .select({ key: order.key })
    .from(order)
    .where(inArray(order.key, [...keys]));
  return rows.map((row) => row.key);
}

/** Those of the keys whose orders are erased; whoever asks keeps them as they are until the transaction is over. */
export async function lockErased(tx: Db, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx
    .select({ key: order.key })
    .from(order, { forceIndex: 'PRIMARY' })
    .where(and(inArray(order.key, [...keys]), isNotNull(order.erasedAt)))
    .orderBy(asc(order.key))
    .for('update');
  return new Set(rows.map(({ key }) => key));
}

/**
 * The order's row and the number of its newest raw record, 0 for none, in one look, and whether a source is
 * still to be told that we have it, or will not hear of it.
 */
export async function orderWithNewestRecord(db: Db, key: string) {
  const [row] = await db
    .select({
      stage: order.stage,
      appliedRecord: order.appliedRecord,
      erasedAt: order.erasedAt,
      newestRecord:
        sql<number>`(select coalesce(max(${rawRecord.id}), 0) from ${rawRecord} where ${rawRecord.orderKey} = ${key})`.mapWith(
          Number,
        ),
      acknowledgement: sql<
        'pending' | 'refused' | null
      >`(select min(${acknowledgement.state}) from ${acknowledgement}
        where ${acknowledgement.orderKey} = ${key} and ${acknowledgement.state} <> 'done')`,
      /** When its channel wants orders shipped; null where nobody has said. */
      rule: channelRule,
    })
    .from(order)
    .leftJoin(channelRule, eq(channelRule.channel, order.channel))
    .where(eq(order.key, key));
  return row;
}

/** The newest record of what its source has told of an order, while it is not taken in. */
export async function unreadRecord(db: Db, key: string): Promise<number | undefined> {
  const row = await orderWithNewestRecord(db, key);
  return row !== undefined && row.newestRecord > row.appliedRecord ? row.newestRecord : undefined;
}

/** The keys of the newest orders, the newest first. */
export async function newestKeys(db: Db, limit: number): Promise<string[]> {
  const rows = await db.select({ key: order.key }).from(order).orderBy(desc(order.orderedAt)).limit(limit);
  return rows.map((row) => row.key);
}

/** The keys of all orders with a number, whatever their channels. */
export async function keysOfNumber(db: Db, orderNumber: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ key: order.key })
    .from(order)
    .where(eq(order.orderNumber, orderNumber))
    .orderBy(desc(order.orderedAt))
    .limit(limit);
  return rows.map((row) => row.key);
}

/** Keys that begin like this. */
export async function keysBeginning(db: Db, text: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ key: order.key })
    .from(order)
    .where(and(gte(order.key, text), lt(order.key, `${text}~`)))
    .orderBy(asc(order.key))
    .limit(limit);
  return rows.map((row) => row.key);
}

export async function linesOf(db: Db, key: string) {
  return db.select().from(orderLine).where(eq(orderLine.orderKey, key)).orderBy(asc(orderLine.key));
}

export async function recipientOf(db: Db, key: string) {
  const [row] = await db.select().from(recipient).where(eq(recipient.orderKey, key));
  return row;
}

/** By their orders' keys. */
export async function recipientsOf(db: Db, keys: readonly string[]) {
  const isTheirs = inArray(recipient.orderKey, [...keys]);
  const rows = keys.length === 0 ? [] : await db.select().from(recipient).where(isTheirs);
  return new Map(rows.map(({ orderKey, ...person }) => [orderKey, person]));
}

/** The records up to this one have been looked at, though they changed nothing. */
export async function markApplied(tx: Db, key: string, appliedRecord: number): Promise<void> {
  await tx.update(order).set({ appliedRecord }).where(eq(order.key, key));
}

export async function setStage(tx: Db, key: string, stage: Stage): Promise<void> {
  await tx.update(order).set({ stage, updatedAt: sql`now(6)` }).where(eq(order.key, key));
}

/** Of orders whose rows are locked. */
export async function setStages(tx: Db, keys: readonly string[], stage: Stage): Promise<void> {
  if (keys.length === 0) return;
  // By the primary key, so that nothing else is read, and thereby locked.
  await tx.execute(sql`update ${order} force index (primary)
    set ${order.stage} = ${stage}, ${order.updatedAt} = now(6) where ${inArray(order.key, [...keys])}`);
}

/** Moves an order on, unless somebody else has. @returns whether it did. */
export async function moveStage(db: Db, key: string, from: Stage, to: Stage): Promise<boolean> {
  const [done] = await db
    .update(order)
    .set({ stage: to, updatedAt: sql`now(6)` })
    .where(and(eq(order.key, key), eq(order.stage, from)));
  return done.affectedRows === 1;
}

/** A person keeps it in the house. */
export async function setHeld(tx: Db, key: string, reason: string): Promise<void> {
  await tx.update(order).set({ heldReason: reason, heldByRule: null }).where(eq(order.key, key));
}

/** Nothing holds it any more; `forGood`: nor will any rule that there is now. */
export async function setReleased(tx: Db, key: string, { forGood }: { forGood: boolean }): Promise<void> {
  await tx
    .update(order)
    .set({ heldReason: null, heldByRule: null, ...(forGood ? { releasedAt: sql`now(6)` } : {}) })
    .where(eq(order.key, key));
}

/** How many orders stand where. */
export async function countByStanding(db: Db) {
  return db
    .select({ stage: order.stage, waiting: order.waiting, orders: count() })
    .from(order)
    .groupBy(order.stage, order.waiting);
}

const waitsForRoute = inArray(order.waiting, ['no_route', 'shortage']);

/** Orders that another route may help: no WMS is routed for them, or theirs is short. */
export async function ordersWaitingForRoute(db: Db): Promise<string[]> {
  const rows = await db.select({ key: order.key }).from(order).where(waitsForRoute);
  return rows.map((row) => row.key);
}

/** Orders of a channel that wait because it has changed a deal. */
export async function ordersOfChangedDeals(db: Db, channel: string): Promise<string[]> {
  const rows = await db
    .select({ key: order.key })
    .from(order)
    .where(and(eq(order.waiting, 'deal_changed'), eq(order.channel, channel)));
  return rows.map((row) => row.key);
}

/** How many wait for a route. */
export async function countWaitingForRoute(db: Db): Promise<number> {
  const [row] = await db.select({ orders: count() }).from(order).where(waitsForRoute);
  return row?.orders ?? 0;
}

/**
 * Unfinished orders that nothing has happened to for a while, those first that were looked at longest
 * ago. `canGoOn`: what it waits for is there, so that its journey must have missed it. `hasChanged`: its
 * source has told something that is not applied, though nothing stands in the way.
 */
export async function ordersToSweep(db: Db, quietForSeconds: number, limit: number) {
  const quiet = sql`now(6) - interval ${quietForSeconds} second`;
  const decided = sql`not exists (select 1 from ${orderLine}
    left join ${match} on ${match.dealKey} = ${orderLine.dealKey}
    left join ${lineMatch} on ${lineMatch.lineKey} = ${orderLine.key}
    where ${orderLine.orderKey} = ${order.key} and ${orderLine.quantity} > ${orderLine.cancelledQuantity} and ${isBought}
      and ${match.dealKey} is null and ${lineMatch.lineKey} is null)`;
  const confirmed = sql`exists (select 1 from ${orderLine}
    join ${match} on ${match.dealKey} = ${orderLine.dealKey}
    where ${orderLine.orderKey} = ${order.key} and ${match.madeAt} > ${order.updatedAt})`;
  const shipped = sql`exists (select 1 from ${trackingUpload}
    where ${trackingUpload.orderKey} = ${order.key} and ${trackingUpload.state} = 'pending')`;
  const mayBeApplied = sql`coalesce(${order.waiting}, '') <> 'unknown_outcome' and ${order.appliedRecord} > 0`;
  // Not written into the selection itself: there drizzle leaves out the names of tables.
  const news = sql`exists (select 1 from ${rawRecord}
    where ${rawRecord.orderKey} = ${order.key} and ${rawRecord.id} > ${order.appliedRecord})`;
  return db
    .select({
      key: order.key,
      channel: order.channel,
      source: order.source,
      orderedAt: order.orderedAt,
      stage: order.stage,
      canGoOn: sql<boolean>`case
        when ${order.waiting} = 'unknown_deal' then ${decided}
        when ${order.waiting} = 'deal_changed' then ${confirmed}
        when ${order.waiting} in ('no_route', 'shortage') and ${routeHasBegun} then true
        when ${order.waiting} is not null then ${order.stage} = 'matched' and ${order.waiting} <> 'failed' and ${shipped}
        when ${order.stage} = 'dispatched' then ${shipped}
        else true end`.mapWith(truth),
      hasChanged: sql<boolean>`${mayBeApplied} and ${news}`.mapWith(truth),
    })
    .from(order)
    .where(
      and(
        notInArray(order.stage, ['done', 'cancelled']),
        sql`${order.updatedAt} < ${quiet}`,
        sql`${order.sweptAt} < ${quiet}`,
      ),
    )
    .orderBy(asc(order.sweptAt))
    .limit(limit);
}

export type Sweepable = Awaited<ReturnType<typeof ordersToSweep>>[number];

export async function markSwept(db: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .update(order)
    .set({ sweptAt: sql`now(6)` })
    .where(inArray(order.key, [...keys]));
}

/** Orders that were done have something to book and to tell again. */
export async function reopenOrders(tx: Db, keys: readonly string[]): Promise<void> {
  await tx
    .update(order)
    .set({ stage: 'dispatched', updatedAt: sql`now(6)` })
    .where(and(inArray(order.key, [...keys]), eq(order.stage, 'done')));
}

export async function existingOrderKeys(db: Db): Promise<Set<string>> {
  const rows = await db.select({ key: order.key }).from(order);
  return new Set(rows.map((row) => row.key));
}
