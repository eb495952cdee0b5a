import { and, asc, desc, eq, gt, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/mysql-core';
import { dispatchId, wmsOrderCode } from '../../domain/dispatch-id';
import { groupBy } from '../../domain/group-by';
import type { Db } from '../database';
import {
  configurationItem,
  dispatch,
  dispatchLine,
  gift,
  item,
  order,
  orderLine,
  recipient,
} from '../schema';
import { anyRuleInForce } from './hold-rules';
import { isInLine } from './line-items';
import { someWait } from './packing';
import { routedWms } from './routes';
import { truth } from './truth';

/** How long it waits for companions still; not positive: no longer, or never did. */
const packsLeftMs =
  sql<number>`coalesce(timestampdiff(microsecond, now(6), ${dispatch.packsUntil}) / 1000, 0)`.mapWith(Number);

/**
 * Locks dispatches by their primary key, in the order of their ids: the first statement of every transaction
 * that changes one. Whether a lease has run out is told by the database's clock, which all senders share.
 */
export async function lockDispatches(tx: Db, ids: readonly string[]) {
  return (
    tx
      .select({
        id: dispatch.id,
        state: dispatch.state,
        doubt: dispatch.doubt,
        wms: dispatch.wms,
        directedTo: dispatch.directedTo,
        code: dispatch.code,
        request: dispatch.request,
        reference: dispatch.reference,
        problem: dispatch.problem,
        leaseToken: dispatch.leaseToken,
        generation: dispatch.generation,
        leadOrderKey: dispatch.leadOrderKey,
        acceptedAt: dispatch.acceptedAt,
        packsUntil: dispatch.packsUntil,
        packsLeftMs,
        leaseLeftMs:
          sql<number>`timestampdiff(microsecond, now(6), ${dispatch.leaseExpiresAt}) / 1000`.mapWith(Number),
      })
      // Of a small table MySQL would rather read all rows, and lock them.
      .from(dispatch, { forceIndex: 'PRIMARY' })
      .where(inArray(dispatch.id, [...ids]))
      .orderBy(asc(dispatch.id))
      .for('update')
  );
}

export async function lockDispatch(tx: Db, id: string): Promise<LockedDispatch | undefined> {
  const [row] = await lockDispatches(tx, [id]);
  return row;
}

export type LockedDispatch = Awaited<ReturnType<typeof lockDispatches>>[number];

/** The dispatches that hold lines of an order, oldest first; the superseded and cancelled ones too. */
export async function dispatchesOf(db: Db, orderKey: string) {
  return db
    .select()
    .from(dispatch)
    .where(inArray(dispatch.id, idsOf(db, orderKey)))
    .orderBy(asc(dispatch.createdAt), asc(dispatch.id));
}

/** Locks all dispatches of these orders, in the order of their ids. */
export async function lockDispatchesOf(tx: Db, ...orderKeys: readonly string[]): Promise<LockedDispatch[]> {
  const ids = await tx
    .selectDistinct({ id: dispatchLine.dispatchId })
    .from(dispatchLine)
    .where(inArray(dispatchLine.orderKey, [...orderKeys]))
    .for('share');
  return ids.length === 0
    ? []
    : lockDispatches(
        tx,
        ids.map((row) => row.id),
      );
}

function idsOf(db: Db, orderKey: string) {
  return db
    .selectDistinct({ id: dispatchLine.dispatchId })
    .from(dispatchLine)
    .where(eq(dispatchLine.orderKey, orderKey));
}

/**
 * The dispatches of an order that are not over, with all that is in them, other orders' lines too, and what decides
 * where each goes: the WMS that it was given, or else the routing in force for each of its lines' items.
 */
export async function liveDispatches(db: Db, orderKey: string) {
  const own = alias(dispatchLine, 'own');
  return db
    .select({
      id: dispatch.id,
      state: dispatch.state,
      wms: sql<string | null>`coalesce(${dispatch.wms}, ${dispatch.directedTo})`,
      isDoubtful: sql<boolean>`${dispatch.doubt} <> 'none' or ${dispatch.state} = 'sending'`.mapWith(truth),
      packsLeftMs,
      someWait,
      orderKey: dispatchLine.orderKey,
      lineKey: dispatchLine.lineKey,
      quantity: dispatchLine.quantity,
      itemCode: item.code,
      routed: routedWms,
    })
    .from(dispatch)
    .innerJoin(dispatchLine, eq(dispatchLine.dispatchId, dispatch.id))
    .innerJoin(order, eq(order.key, dispatchLine.orderKey))
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(configurationItem, isInLine)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .where(
      and(
        inArray(
          dispatch.id,
          db.selectDistinct({ id: own.dispatchId }).from(own).where(eq(own.orderKey, orderKey)),
        ),
        sql`${dispatch.state} not in ('cancelled', 'superseded')`,
      ),
    )
    .orderBy(asc(dispatch.id), asc(dispatchLine.lineKey), asc(item.code));
}

export type LiveDispatchItem = Awaited<ReturnType<typeof liveDispatches>>[number];

/** Units of a line, and whose it is. */
export interface DispatchLine {
  readonly lineKey: string;
  readonly orderKey: string;
  readonly quantity: number;
}

/**
 * Makes the next dispatch of an order. The units it holds are taken from the lines in the same
 * transaction; the lines' check refuses a unit that is in a live dispatch already.
 */
export async function createDispatch(
  tx: Db,
  given: {
    /** Of several, whichever leads: its row is locked, as are the others'. */
    orderKey: string;
    /** Of other orders where they say so. */
    lines: readonly (Omit<DispatchLine, 'orderKey'> & Partial<DispatchLine>)[];
    supersedes?: Pick<LockedDispatch, 'id' | 'generation' | 'packsUntil'>;
    /** Where a person wants it, whatever the routes say. */
    directedTo?: string | null;
  },
): Promise<string> {
  const ofLead = tx
    .select({ sequence: dispatch.sequence })
    .from(dispatch)
    .where(eq(dispatch.leadOrderKey, given.orderKey))
    .orderBy(desc(dispatch.sequence))
    .limit(1);
  // After another one it may not be this transaction's first look: what was committed since then counts, too.
  const [last] = await (given.supersedes === undefined ? ofLead : ofLead.for('share'));
  const sequence = (last?.sequence ?? 0) + 1;
  const id = dispatchId(given.orderKey, sequence);
  await tx.insert(dispatch).values({
    id,
    leadOrderKey: given.orderKey,
    sequence,
    generation: (given.supersedes?.generation ?? 0) + 1,
    supersedes: given.supersedes?.id ?? null,
    code: wmsOrderCode(id),
    state: 'ready',
    directedTo: given.directedTo ?? null,
    packsUntil: given.supersedes?.packsUntil ?? null,
    createdAt: sql`now(6)`,
  });
  await tx.insert(dispatchLine).values(
    given.lines.map(({ lineKey, quantity, orderKey = given.orderKey }) => ({
      dispatchId: id,
      lineKey,
      orderKey,
      quantity,
    })),
  );
  await moveUnits(tx, id, sql`+`);
  return id;
}

/** @returns the dispatch in whose place this one came; null: there was none. */
export async function supersededBy(tx: Db, dispatchId: string): Promise<string | null> {
  const [row] = await tx
    .select({ supersedes: dispatch.supersedes })
    .from(dispatch)
    .where(eq(dispatch.id, dispatchId));
  return row?.supersedes ?? null;
}

/** Gives the units of a dispatch that is over back to their lines, so that another may take them. */
export async function freeUnits(tx: Db, dispatchId: string): Promise<void> {
  await moveUnits(tx, dispatchId, sql`-`);
}

async function moveUnits(tx: Db, dispatchId: string, sign: SQL): Promise<void> {
  await tx.execute(sql`
    update ${orderLine} join ${dispatchLine} on ${dispatchLine.lineKey} = ${orderLine.key}
    set ${orderLine.dispatchedQuantity} = ${orderLine.dispatchedQuantity} ${sign} ${dispatchLine.quantity}
    where ${dispatchLine.dispatchId} = ${dispatchId}`);
}

/** What is in dispatches whose rows are locked. */
export async function linesOfDispatches(tx: Db, ids: readonly string[]) {
  return tx
    .select()
    .from(dispatchLine)
    .where(inArray(dispatchLine.dispatchId, [...ids]))
    .orderBy(asc(dispatchLine.dispatchId), asc(dispatchLine.lineKey))
    .for('share');
}

/** What is in dispatches and whom they go to: a row for each line and item. */
export async function contentOf(tx: Db, ids: readonly string[]) {
  return tx
    .select({
      dispatchId: dispatchLine.dispatchId,
      orderKey: order.key,
      channel: order.channel,
      orderNumber: order.orderNumber,
      orderedAt: order.orderedAt,
      heldReason: order.heldReason,
      releasedAt: order.releasedAt,
      waiting: order.waiting,
      hasRules: anyRuleInForce.mapWith(truth),
      recipient,
      lineKey: orderLine.key,
      /** It goes without it where there is none left; null: it is no gift. */
      whenShort: gift.whenShort,
      itemCode: item.code,
      itemName: item.name,
      pieces: sql<number>`${dispatchLine.quantity} * ${configurationItem.quantity}`.mapWith(Number),
      /** By the routing in force. */
      routed: routedWms,
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(order, eq(order.key, dispatchLine.orderKey))
    .innerJoin(recipient, eq(recipient.orderKey, order.key))
    .innerJoin(configurationItem, isInLine)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .leftJoin(gift, eq(gift.lineKey, orderLine.key))
    .where(inArray(dispatchLine.dispatchId, [...ids]))
    .orderBy(asc(dispatchLine.dispatchId), asc(order.key), asc(orderLine.key), asc(item.code));
}

export type Content = Awaited<ReturnType<typeof contentOf>>;

/** The orders in a dispatch. */
export async function ordersIn(db: Db, dispatchId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ orderKey: dispatchLine.orderKey })
    .from(dispatchLine)
    .where(and(eq(dispatchLine.dispatchId, dispatchId), gt(dispatchLine.quantity, 0)));
  return rows.map((row) => row.orderKey);
}

/** The orders in each of some dispatches, by their ids. */
export async function membersOf(db: Db, dispatchIds: readonly string[]): Promise<Map<string, string[]>> {
  if (dispatchIds.length === 0) return new Map();
  const rows = await db
    .selectDistinct({ id: dispatchLine.dispatchId, orderKey: dispatchLine.orderKey })
    .from(dispatchLine)
    .where(and(inArray(dispatchLine.dispatchId, [...dispatchIds]), gt(dispatchLine.quantity, 0)))
    .orderBy(asc(dispatchLine.dispatchId), asc(dispatchLine.orderKey));
  const members = groupBy(rows, ({ id }) => id);
  return new Map([...members].map(([id, of]) => [id, of.map(({ orderKey }) => orderKey)]));
}

/** The orders in a dispatch that have come to the warehouse, with all their parts. */
export async function ordersThere(db: Db, dispatchId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ orderKey: order.key })
    .from(dispatchLine)
    .innerJoin(order, eq(order.key, dispatchLine.orderKey))
    .where(
      and(
        eq(dispatchLine.dispatchId, dispatchId),
        gt(dispatchLine.quantity, 0),
        notInArray(order.stage, ['normalized', 'matched']),
      ),
    );
  return rows.map((row) => row.orderKey);
}

/** A WMS has taken the dispatches: their orders stand at the warehouse now, but for those that send more later. */
export async function markOrdersDispatched(tx: Db, dispatchIds: readonly string[]): Promise<void> {
  // The order of the join, and its index, see to it that nothing else is read, and thereby locked.
  await tx.execute(sql`
    update ${dispatchLine} force index (primary)
    straight_join ${order} on ${order.key} = ${dispatchLine.orderKey}
    set ${order.stage} = 'dispatched', ${order.waiting} = null, ${order.updatedAt} = now(6)
    where ${inArray(dispatchLine.dispatchId, [...dispatchIds])} and ${order.stage} in ('normalized', 'matched')
      and not exists (select 1 from ${dispatchLine} as other
        join ${dispatch} on ${dispatch.id} = other.dispatch_id and ${dispatch.id} <> ${dispatchLine.dispatchId}
        where other.order_key = ${order.key}
          and ${dispatch.state} in ('ready', 'held', 'sending', 'unknown', 'rejected'))`);
}

/** When the first dispatch to this WMS was made. */
export async function firstDispatchAt(db: Db, wms: string): Promise<Date | undefined> {
  const [first] = await db
    .select({ createdAt: dispatch.createdAt })
    .from(dispatch)
    .where(eq(dispatch.wms, wms))
    .orderBy(asc(dispatch.createdAt))
    .limit(1);
  return first?.createdAt;
}
