import { and, asc, eq, gt, inArray, isNull, lt, lte, max, min, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { order, rawRecord } from '../schema';
import { truth } from './truth';

/** Whether a record is still there as it came. */
const isKept = sql`length(${rawRecord.body}) > 0`;

export interface NewRawRecord {
  readonly connectionId: string;
  readonly recordId: string;
  readonly contentHash: string;
  readonly body: Buffer;
  readonly orderKey: string | null;
  /** The id of the version before it, 0 for none. */
  readonly follows: number;
}

export interface StoredVersion {
  readonly id: number;
  readonly contentHash: string;
  /** Whether this version could be decoded. */
  readonly isReadable: boolean;
  /** Of the record: what an earlier version was of, where this one could not be decoded. */
  readonly orderKey: string | null;
}

/** The newest stored version of each of these records. What was true once may become true again. */
export async function newestVersions(
  db: Db,
  connectionId: string,
  recordIds: readonly string[],
): Promise<Map<string, StoredVersion>> {
  if (recordIds.length === 0) return new Map();
  const rows = await db
    .select({
      id: rawRecord.id,
      recordId: rawRecord.recordId,
      contentHash: rawRecord.contentHash,
      orderKey: rawRecord.orderKey,
    })
    .from(rawRecord)
    .where(and(eq(rawRecord.connectionId, connectionId), inArray(rawRecord.recordId, [...recordIds])))
    .orderBy(asc(rawRecord.id));
  const newest = new Map<string, StoredVersion>();
  for (const { recordId, orderKey, ...version } of rows)
    newest.set(recordId, {
      ...version,
      isReadable: orderKey !== null,
      orderKey: orderKey ?? newest.get(recordId)?.orderKey ?? null,
    });
  return newest;
}

/** Appends; a version that another run stored in the meantime is left as it is. */
export async function insertRawRecords(db: Db, records: readonly NewRawRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db
    .insert(rawRecord)
    .values(records.map((record) => ({ ...record, receivedAt: sql`now(6)` })))
    .onDuplicateKeyUpdate({ set: { id: sql`${rawRecord.id}` } });
}

/**
 * What the sources say of an order now, oldest first: of each record the newest version that can be read and is
 * not erased.
 *
 * @param upTo as it was when this was the newest record.
 */
export async function newestRecordsOfOrder(db: Db, orderKey: string, upTo?: number) {
  // A join: MySQL would look at every record there is for `id in (select …)`.
  const newest = db
    .select({ id: max(rawRecord.id).as('newest_id') })
    .from(rawRecord)
    .where(and(eq(rawRecord.orderKey, orderKey), upTo === undefined ? undefined : lte(rawRecord.id, upTo)))
    .groupBy(rawRecord.connectionId, rawRecord.recordId)
    .as('newest');
  return db
    .select({
      id: rawRecord.id,
      connectionId: rawRecord.connectionId,
      recordId: rawRecord.recordId,
      body: rawRecord.body,
    })
    .from(rawRecord)
    .innerJoin(newest, eq(newest.id, rawRecord.id))
    .where(isKept)
    .orderBy(asc(rawRecord.id));
}

/** All that was ever told of an order, oldest first. */
export async function recordsOfOrder(db: Db, orderKey: string) {
  return db
    .select({
      id: rawRecord.id,
      connectionId: rawRecord.connectionId,
      recordId: rawRecord.recordId,
      body: rawRecord.body,
      receivedAt: rawRecord.receivedAt,
    })
    .from(rawRecord)
    .where(eq(rawRecord.orderKey, orderKey))
    .orderBy(asc(rawRecord.id));
}

export async function rawRecordById(db: Db, id: number) {
  const [row] = await db.select().from(rawRecord).where(eq(rawRecord.id, id));
  return row;
}

export async function findRawRecordId(
  db: Db,
  { connectionId, recordId, follows }: Pick<NewRawRecord, 'connectionId' | 'recordId' | 'follows'>,
): Promise<number | undefined> {
  const [row] = await db
    .select({ id: rawRecord.id })
    .from(rawRecord)
    .where(
      and(
        eq(rawRecord.connectionId, connectionId),
        eq(rawRecord.recordId, recordId),
        eq(rawRecord.follows, follows),
      ),
    );
  return row?.id;
}

/** 0 where there is none. */
export async function newestRecordId(db: Db): Promise<number> {
  const [row] = await db.select({ id: max(rawRecord.id) }).from(rawRecord);
  return row?.id ?? 0;
}

/** The orders that a source's records after this one tell of, claims included, in the order in which they came. */
export async function ordersToldSince(db: Db, connectionId: string, since: number) {
  const told = db
    .select({ orderKey: rawRecord.orderKey, first: min(rawRecord.id).as('first_id') })
    .from(rawRecord)
    .where(and(gt(rawRecord.id, since), eq(rawRecord.connectionId, connectionId)))
    .groupBy(rawRecord.orderKey)
    .as('told');
  return db
    .select({ key: order.key, channel: order.channel, source: order.source, orderedAt: order.orderedAt })
    .from(told)
    .innerJoin(order, eq(order.key, told.orderKey))
    .orderBy(asc(told.first));
}

/** Has what was read of these orders read again, where it went past a record of this source that came meanwhile. */
export async function rewindApplied(
  db: Db,
  connectionId: string,
  orderKeys: readonly string[],
): Promise<void> {
  if (orderKeys.length === 0) return;
  const newest = sql`(select max(${rawRecord.id}) from ${rawRecord}
    where ${rawRecord.orderKey} = ${order.key} and ${rawRecord.connectionId} = ${connectionId})`;
  await db
    .update(order)
    // Not to 0: that is an order which nobody has read yet.
    .set({ appliedRecord: sql`greatest(1, ${newest} - 1)` })
    .where(and(inArray(order.key, [...orderKeys]), gt(order.appliedRecord, newest)));
}

/**
 * Records from one to the next, the oldest first, that came before a moment, and whether each is of an order that we
 * do not have.
 */
export async function recordsBefore(db: Db, before: Date, after: number, limit: number) {
  const stray = sql<boolean>`${rawRecord.orderKey} is not null and ${order.key} is null`;
  return db
    .select({ id: rawRecord.id, isStray: stray.mapWith(truth) })
    .from(rawRecord)
    .leftJoin(order, eq(order.key, rawRecord.orderKey))
    .where(and(gt(rawRecord.id, after), lt(rawRecord.receivedAt, before)))
    .orderBy(asc(rawRecord.id))
    .limit(limit);
}

/** Records that could not be read and came before a moment, from one to the next; next to each other in their index. */
export async function unreadableBefore(db: Db, before: Date, after: number, limit: number) {
  return db
    .select({ id: rawRecord.id, connectionId: rawRecord.connectionId })
    .from(rawRecord)
    .where(and(isNull(rawRecord.orderKey), gt(rawRecord.id, after), lt(rawRecord.receivedAt, before), isKept))
    .orderBy(asc(rawRecord.id))
    .limit(limit);
}
