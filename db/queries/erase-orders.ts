import { eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/mysql-core';
import { groupBy } from '../../domain/group-by';
import type { Recipient } from '../../domain/order';
import type { Db } from '../database';
import {
  attempt,
  dispatch,
  dispatchLine,
  order,
  orderSearchTerm,
  rawRecord,
  receiver,
  recipient,
} from '../schema';
import { forgetReceivers } from './gifts';
import { linesOfOrders } from './order-search';
import { recipientsOf } from './orders';
import { redactTexts } from './redact-texts';
import { truth } from './truth';

/** What was erased, in rows. */
export interface Erased {
  readonly orders: number;
  readonly records: number;
  readonly attempts: number;
}

/**
 * Erases the personal data of orders; their rows and those of their dispatches are locked. What they are known by
 * stays, so that neither is taken for a new one: keys, the hashes of records, the codes and states of dispatches.
 * So do lines, parcels and sales.
 */
export async function eraseOrders(tx: Db, keys: readonly string[]): Promise<Erased> {
  if (keys.length === 0) return { orders: 0, records: 0, attempts: 0 };
  const dispatches = await dispatchesOfOrders(tx, keys);
  const ids = dispatches.filter(({ isShared }) => !isShared).map(({ id }) => id);
  // First, since it looks for what the rest erases.
  await redactTexts(tx, await ownersOf(tx, keys, dispatches));
  const records = await eraseRecords(tx, keys);
  const attempts = await eraseAttempts(tx, ids);
  await forgetReceivers(tx, keys);
  // By these indexes, so that nothing else is read, and thereby locked.
  await tx.execute(sql`delete ${recipient} from ${recipient} force index (primary)
    where ${inArray(recipient.orderKey, [...keys])}`);
  await tx.execute(sql`delete ${receiver} from ${receiver} force index (primary)
    where ${inArray(receiver.orderKey, [...keys])}`);
  await tx.execute(sql`delete ${orderSearchTerm} from ${orderSearchTerm} force index (primary)
    where ${inArray(orderSearchTerm.orderKey, [...keys])}`);
  await tx.execute(sql`update ${order} force index (primary)
    set ${order.erasedAt} = now(6) where ${inArray(order.key, [...keys])}`);
  return { orders: keys.length, records, attempts };
}

/** `isShared`: an order that is packed in it is not erased; with the last of them, what was sent is. */
async function dispatchesOfOrders(tx: Db, keys: readonly string[]) {
  const beside = alias(dispatchLine, 'beside');
  const other = alias(order, 'other');
  const shared = sql`exists (select 1 from ${dispatchLine} beside join ${order} other on ${other.key} = ${beside.orderKey}
    where ${beside.dispatchId} = ${dispatch.id} and ${other.erasedAt} is null
      and ${notInArray(other.key, [...keys])})`;
  return tx
    .selectDistinct({
      id: dispatch.id,
      orderKey: dispatchLine.orderKey,
      request: dispatch.request,
      isShared: shared.mapWith(truth),
    })
    .from(dispatchLine)
    .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
    .where(inArray(dispatchLine.orderKey, [...keys]));
}

/** By the order, line or dispatch that a text may be about: whom it may name. What was sent may be older. */
async function ownersOf(
  tx: Db,
  keys: readonly string[],
  dispatches: Awaited<ReturnType<typeof dispatchesOfOrders>>,
): Promise<Map<string, Partial<Recipient>[]>> {
  const known = await recipientsOf(tx, keys);
  const lines = groupBy(await linesOfOrders(tx, keys), ({ orderKey }) => orderKey);
  const byOrder = groupBy(dispatches, ({ orderKey }) => orderKey);
  const owners = new Map<string, Partial<Recipient>[]>();
  for (const key of keys) {
    const theirs = byOrder.get(key) ?? [];
    const people = [known.get(key), ...theirs.map(({ request }) => request?.['recipient'])].filter(
      (person): person is Partial<Recipient> => typeof person === 'object' && person !== null,
    );
    const sent = theirs.filter(({ isShared }) => !isShared).map(({ id }) => id);
    const about = [key, ...(lines.get(key) ?? []).map((line) => line.key), ...sent];
    for (const owner of about) owners.set(owner, people);
  }
  return owners;
}

/** Also the versions of their records that could not be read, which nobody knew the order of. */
async function eraseRecords(tx: Db, keys: readonly string[]): Promise<number> {
  const version = alias(rawRecord, 'version');
  const rows = await tx
    .selectDistinct({ id: version.id })
    .from(rawRecord)
    .innerJoin(
      version,
      sql`${version.connectionId} = ${rawRecord.connectionId} and ${version.recordId} = ${rawRecord.recordId}
        and ${or(eq(version.orderKey, rawRecord.orderKey), isNull(version.orderKey))}`,
    )
    .where(inArray(rawRecord.orderKey, [...keys]));
  return eraseBodies(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Leaves of raw records what they are known by. @returns how many still held something. */
export async function eraseBodies(tx: Db, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const [done] = await tx.execute(sql`update ${rawRecord} force index (primary)
    set ${rawRecord.body} = '' where ${inArray(rawRecord.id, [...ids])} and length(${rawRecord.body}) > 0`);
  return done.affectedRows;
}

/** Leaves of what was said to WMSes when it was, and what came of it. */
async function eraseAttempts(tx: Db, dispatchIds: readonly string[]): Promise<number> {
  if (dispatchIds.length === 0) return 0;
  await tx.execute(sql`update ${dispatch} force index (primary)
    set ${dispatch.request} = json_remove(${dispatch.request}, '$.recipient')
    where ${inArray(dispatch.id, [...dispatchIds])}`);
  const [done] = await tx.execute(sql`update ${attempt} force index (attempt_dispatch)
    set ${attempt.request} = null, ${attempt.response} = null
    where ${inArray(attempt.dispatchId, [...dispatchIds])}`);
  return done.affectedRows;
}
