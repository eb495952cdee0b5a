import { and, asc, desc, eq, gte, inArray, isNotNull, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { MySqlColumn } from 'drizzle-orm/mysql-core';
import { keyBeginning } from '../../domain/order-key';
import type { Stage, WaitingReason } from '../../domain/stage';
import type { Db } from '../database';
import { order, orderLine, orderSearchTerm, shipment, shipmentLine } from '../schema';

/** Which orders a person wants to see; what is undefined is any. */
export interface OrderSearch {
  readonly stage?: Stage | undefined;
  readonly waiting?: WaitingReason | undefined;
  /** Only those that wait, whatever for. */
  readonly isWaiting?: boolean | undefined;
  readonly channel?: string | undefined;
  readonly source?: string | undefined;
  readonly orderedFrom?: Date | undefined;
  readonly orderedBefore?: Date | undefined;
  /** Only those that were there by then. */
  readonly createdBy?: Date | undefined;
  /** All that one search text may mean. */
  readonly text?: SearchText | undefined;
}

export interface SearchText {
  /** An order number, an order key or a tracking number, as it was typed and without its separators. */
  readonly numbers: readonly string[];
  /** Four digits, a name or its 초성. */
  readonly term: string | undefined;
}

/** Where a page ends: lists go from the newest order to the oldest. */
export interface OrderPosition {
  readonly orderedAt: Date;
  readonly key: string;
}

/**
 * A page of orders, the newest first. Each meaning of a search text is looked up by its own index; the newest that
 * they find are the page.
 */
export async function searchOrders(
  db: Db,
  search: OrderSearch,
  after: OrderPosition | undefined,
  limit: number,
) {
  const { text } = search;
  const wanted = and(...conditions(search), ...(after === undefined ? [] : [comesAfter(after)]));
  if (text === undefined) return newest(db, wanted, limit);
  const { term, numbers } = text;
  const [ofParcels, ofTerm] = await Promise.all([
    keysOfParcels(db, numbers),
    term === undefined ? [] : keysOfTerm(db, term, search, after, limit),
  ]);
  // Keys are ASCII: MySQL would refuse to compare them with anything else.
  const keys = [...numbers.filter(isAscii), ...ofParcels, ...ofTerm];
  const pages = await Promise.all([
    newest(db, and(inArray(order.orderNumber, [...numbers]), wanted), limit),
    newest(db, and(inArray(order.key, keys), wanted), limit),
  ]);
  const found = new Map(pages.flat().map((row) => [row.key, row]));
  return [...found.values()].toSorted(newestFirst).slice(0, limit);
}

const isAscii = (text: string) => /^[\x21-\x7e]+$/u.test(text);

export type FoundOrder = Awaited<ReturnType<typeof newest>>[number];

function newest(db: Db, wanted: SQL | undefined, limit: number) {
  return db.select().from(order).where(wanted).orderBy(desc(order.orderedAt), desc(order.key)).limit(limit);
}

/**
 * Read along the index of the term, or along another one that leaves less: orders themselves are looked up only where
 * no index tells what is asked.
 */
async function keysOfTerm(
  db: Db,
  term: string,
  search: OrderSearch,
  after: OrderPosition | undefined,
  limit: number,
): Promise<string[]> {
  const along =
    after === undefined ? [] : [lte(orderSearchTerm.orderedAt, after.orderedAt), comesAfter(after)];
  // The same as the order's own, and what the index has.
  const within = [
    given(search.orderedFrom, (from) => gte(orderSearchTerm.orderedAt, from)),
    given(search.orderedBefore, (before) => lt(orderSearchTerm.orderedAt, before)),
    given(search.channel, (channel) => beginsWith(orderSearchTerm.orderKey, keyBeginning(channel))),
  ];
  const rows = await db
    .select({ key: orderSearchTerm.orderKey })
    .from(orderSearchTerm)
    .innerJoin(order, eq(order.key, orderSearchTerm.orderKey))
    .where(and(eq(orderSearchTerm.term, term), ...conditions(search), ...within, ...along))
    .orderBy(desc(orderSearchTerm.orderedAt), desc(orderSearchTerm.orderKey))
    .limit(limit);
  return rows.map(({ key }) => key);
}

/** Told of each entry of an index by itself: a range would be read from its beginning, whatever else is asked. */
function beginsWith(column: MySqlColumn, text: string): SQL {
  return sql`left(${column}, ${text.length}) = ${text}`;
}

const PARCELS = 50;

async function keysOfParcels(db: Db, trackingNumbers: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ key: shipmentLine.orderKey })
    .from(shipment)
    .innerJoin(shipmentLine, eq(shipmentLine.shipmentId, shipment.id))
    .where(inArray(shipment.trackingNumber, [...trackingNumbers]))
    .limit(PARCELS);
  return rows.map(({ key }) => key);
}

function conditions(search: OrderSearch): (SQL | undefined)[] {
  return [
    given(search.stage, (stage) => eq(order.stage, stage)),
    given(search.waiting, (waiting) => eq(order.waiting, waiting)),
    search.isWaiting === true ? isNotNull(order.waiting) : undefined,
    given(search.channel, (channel) => eq(order.channel, channel)),
    given(search.source, (source) => eq(order.source, source)),
    given(search.orderedFrom, (from) => gte(order.orderedAt, from)),
    given(search.orderedBefore, (before) => lt(order.orderedAt, before)),
    given(search.createdBy, (at) => lte(order.createdAt, at)),
  ];
}

function given<T>(value: T | undefined, condition: (value: T) => SQL): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}

/** The first part is what the index is read by. */
function comesAfter({ orderedAt, key }: OrderPosition): SQL {
  return sql`(${lte(order.orderedAt, orderedAt)} and not (${eq(order.orderedAt, orderedAt)} and ${gte(order.key, key)}))`;
}

function newestFirst(a: OrderPosition, b: OrderPosition): number {
  return b.orderedAt.getTime() - a.orderedAt.getTime() || (a.key < b.key ? 1 : -1);
}

export async function linesOfOrders(db: Db, keys: readonly string[]) {
  if (keys.length === 0) return [];
  return db
    .select()
    .from(orderLine)
    .where(inArray(orderLine.orderKey, [...keys]))
    .orderBy(asc(orderLine.key));
}

/** Each channel and source that there is an order of; read by jumps along their indexes. */
export async function channelsAndSources(db: Db) {
  const [channels, sources] = await Promise.all([
    db.selectDistinct({ id: order.channel }).from(order).orderBy(asc(order.channel)),
    db.selectDistinct({ id: order.source }).from(order).orderBy(asc(order.source)),
  ]);
  return { channels: channels.map(({ id }) => id), sources: sources.map(({ id }) => id) };
}
