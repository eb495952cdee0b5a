import { and, asc, eq, gt, inArray, isNull, lte, ne, not, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/mysql-core';
import type { PackedPiece, PackingBan, PackingWindow } from '../../domain/packing';
import type { Db } from '../database';
import {
  configurationItem,
  dispatch,
  dispatchLine,
  item,
  order,
  orderLine,
  packingBan,
  packingWindow,
  receiver,
} from '../schema';
import { isInLine } from './line-items';
import { routedWms } from './routes';
import { truth } from './truth';

/** What is in dispatches, as far as packing asks for it: a row for each line and item. */
export async function packedPieces(
  db: Db,
  dispatchIds: readonly string[],
): Promise<(PackedPiece & { readonly dispatchId: string })[]> {
  return db
    .select({
      dispatchId: dispatchLine.dispatchId,
      orderKey: order.key,
      channel: order.channel,
      configuration: sql<string>`coalesce(${orderLine.configuration}, '')`,
      itemCode: item.code,
      pieces: sql<number>`${dispatchLine.quantity} * ${configurationItem.quantity}`.mapWith(Number),
      to: sql<string | null>`coalesce(${dispatch.wms}, ${dispatch.directedTo}, ${routedWms})`,
    })
    .from(dispatchLine)
    .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(order, eq(order.key, dispatchLine.orderKey))
    .innerJoin(configurationItem, isInLine)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .where(inArray(dispatchLine.dispatchId, [...dispatchIds]))
    .orderBy(asc(dispatchLine.dispatchId), asc(orderLine.key), asc(item.code));
}

const notEnded = or(isNull(packingBan.validTo), gt(packingBan.validTo, sql`now(6)`));

/** The bans in force, the oldest first. */
export async function bansInForce(db: Db): Promise<PackingBan[]> {
  return db
    .select()
    .from(packingBan)
    .where(and(lte(packingBan.validFrom, sql`now(6)`), notEnded))
    .orderBy(asc(packingBan.id));
}

/** Every ban that has not ended, also those that are still to begin. */
export async function listBans(db: Db) {
  return db.select().from(packingBan).where(notEnded).orderBy(asc(packingBan.id));
}

export interface NewBan extends Omit<PackingBan, 'id'> {
  readonly validFrom?: Date | undefined;
  readonly validTo?: Date | undefined;
  readonly madeBy: string;
}

/** @returns its number. */
export async function insertBan(db: Db, { validFrom, validTo, ...ban }: NewBan): Promise<number> {
  const now = sql`now(6)`;
  const [done] = await db
    .insert(packingBan)
    .values({ ...ban, validFrom: validFrom ?? now, validTo: validTo ?? null, madeAt: now });
  return done.insertId;
}

/** @returns false when there is none that has not ended. */
export async function endBan(db: Db, id: number): Promise<boolean> {
  const [done] = await db
    .update(packingBan)
    .set({ validTo: sql`now(6)` })
    .where(and(eq(packingBan.id, id), notEnded));
  return done.affectedRows === 1;
}

/** Whether orders of some channel wait for companions. */
export const someWait = sql<boolean>`exists (select 1 from ${packingWindow} where minutes > 0)`.mapWith(
  truth,
);

/** Each channel's own window, and the one of all others. */
export async function listWindows(db: Db) {
  return db.select().from(packingWindow).orderBy(asc(packingWindow.channel));
}

export async function saveWindow(
  db: Db,
  { setBy, ...window }: PackingWindow & { setBy: string },
): Promise<void> {
  const set = { ...window, setBy, setAt: sql`now(6)` };
  await db.insert(packingWindow).values(set).onDuplicateKeyUpdate({ set });
}

export async function markPackedAlone(
  tx: Db,
  orderKeys: readonly string[],
  packedAlone: boolean,
): Promise<void> {
  await tx
    .update(order)
    .set({ packedAlone })
    .where(inArray(order.key, [...orderKeys]));
}

/** From now on dispatches, whose rows are locked, wait for companions. */
export async function waitForCompanions(tx: Db, ids: readonly string[], minutes: number): Promise<void> {
  await tx
    .update(dispatch)
    .set({ packsUntil: sql`now(6) + interval ${minutes} minute` })
    .where(inArray(dispatch.id, [...ids]));
}

/** Dispatches, whose rows are locked, wait for companions no longer. */
export async function endWaiting(tx: Db, ids: readonly string[]): Promise<void> {
  await tx
    .update(dispatch)
    .set({ packsUntil: sql`now(6)` })
    .where(inArray(dispatch.id, [...ids]));
}

const AT_MOST = 100;

/** The orders of the same name and address that wait for companions: one look into the index of receivers. */
export async function companionsOf(db: Db, orderKey: string): Promise<string[]> {
  const other = alias(receiver, 'other');
  const rows = await db
    .selectDistinct({ key: other.orderKey })
    .from(receiver)
    .innerJoin(other, and(eq(other.name, receiver.name), eq(other.address, receiver.address)))
    .innerJoin(dispatchLine, eq(dispatchLine.orderKey, other.orderKey))
    .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
    .where(
      and(
        eq(receiver.orderKey, orderKey),
        ne(other.orderKey, orderKey),
        eq(dispatch.state, 'ready'),
        gt(dispatch.packsUntil, sql`now(6)`),
      ),
    )
    .orderBy(asc(other.orderKey))
    .limit(AT_MOST);
  return rows.map(({ key }) => key);
}

/** What waits for companions: a row for each order in it, the window first that ends first. */
export async function waitingGroups(db: Db) {
  return db
    .selectDistinct({
      dispatchId: dispatch.id,
      packsUntil: dispatch.packsUntil,
      orderKey: dispatchLine.orderKey,
    })
    .from(dispatch)
    .innerJoin(dispatchLine, eq(dispatchLine.dispatchId, dispatch.id))
    .where(and(eq(dispatch.state, 'ready'), gt(dispatch.packsUntil, sql`now(6)`)))
    .orderBy(asc(dispatch.packsUntil), asc(dispatch.id), asc(dispatchLine.orderKey));
}

/**
 * Pairs of orders that wait to be sent, in two dispatches, and have a name or an address in common, not both with the
 * same phones: whether they are near enough is for who reads them in plain to say. Only what waits is read, however
 * many receivers there are.
 *
 * @param of only those with this order.
 */
export async function nearOrders(db: Db, of?: string): Promise<NearOrders[]> {
  const here = db.$with('here').as(receiversThatWait(db));
  const there = db.$with('there').as(receiversThatWait(db));
  const isSame = and(
    eq(there.name, here.name),
    eq(there.address, here.address),
    or(isNull(there.phones), isNull(here.phones), eq(there.phones, here.phones)),
  );
  // Asked twice: for one name or one address, MySQL would compare each with each.
  const pairsWith = async (inCommon: SQL | undefined) =>
    db
      .with(here, there)
      .selectDistinct({ orderKey: here.orderKey, other: there.orderKey })
      .from(here)
      .innerJoin(
        there,
        and(inCommon, gt(there.orderKey, here.orderKey), ne(there.dispatchId, here.dispatchId)),
      )
      .where(
        and(
          not(isSame ?? sql`false`),
          of === undefined ? undefined : or(eq(here.orderKey, of), eq(there.orderKey, of)),
        ),
      )
      .orderBy(asc(here.orderKey), asc(there.orderKey))
      .limit(AT_MOST);
  const sameName = await pairsWith(eq(there.name, here.name));
  const sameAddress = await pairsWith(
    and(eq(there.address, here.address), sql`${there.phones} <=> ${here.phones}`),
  );
  const pairs = new Map(
    [...sameName, ...sameAddress].map((pair) => [`${pair.orderKey} ${pair.other}`, pair]),
  );
  return [...pairs.values()].toSorted(byKeys).slice(0, AT_MOST);
}

export interface NearOrders {
  readonly orderKey: string;
  readonly other: string;
}

function byKeys(one: NearOrders, other: NearOrders): number {
  return [one.orderKey, one.other].join(' ') < [other.orderKey, other.other].join(' ') ? -1 : 1;
}

function receiversThatWait(db: Db) {
  return db
    .selectDistinct({
      dispatchId: dispatchLine.dispatchId,
      orderKey: receiver.orderKey,
      name: receiver.name,
      address: receiver.address,
      phones: receiver.phones,
    })
    .from(dispatch)
    .innerJoin(dispatchLine, eq(dispatchLine.dispatchId, dispatch.id))
    .innerJoin(receiver, eq(receiver.orderKey, dispatchLine.orderKey))
    .where(eq(dispatch.state, 'ready'));
}
