import { and, asc, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { dispatchId, wmsOrderCode } from '../../domain/dispatch-id';
import type { Db } from '../database';
import {
  configurationItem,
  dispatch,
  dispatchLine,
  item,
  order,
  orderLine,
  recipient,
  route,
} from '../schema';
import { anyRuleInForce } from './hold-rules';
import { isInLine } from './line-items';

/**
 * Locks one dispatch by its primary key: the first statement of every transaction that changes one.
 * Whether its lease has run out is told by the database's clock, which all senders share.
 */
export async function lockDispatch(tx: Db, id: string) {
  const [row] = await tx
    .select({
      id: dispatch.id,
      state: dispatch.state,
      doubt: dispatch.doubt,
      wms: dispatch.wms,
      code: dispatch.code,
      request: dispatch.request,
      reference: dispatch.reference,
      problem: dispatch.problem,
      leaseToken: dispatch.leaseToken,
      generation: dispatch.generation,
      leadOrderKey: dispatch.leadOrderKey,
      acceptedAt: dispatch.acceptedAt,
      leaseLeftMs: sql<number>`timestampdiff(microsecond, now(6), ${dispatch.leaseExpiresAt}) / 1000`.mapWith(
        Number,
      ),
    })
    .from(dispatch)
    .where(eq(dispatch.id, id))
    .for('update');
  return row;
}

export type LockedDispatch = NonNullable<Awaited<ReturnType<typeof lockDispatch>>>;

/** The dispatches that hold lines of an order, oldest first; the superseded and cancelled ones too. */
export async function dispatchesOf(db: Db, orderKey: string) {
  return db
    .select()
    .from(dispatch)
    .where(inArray(dispatch.id, idsOf(db, orderKey)))
    .orderBy(asc(dispatch.createdAt), asc(dispatch.id));
}

/** Locks all dispatches of an order, in the order of their ids. */
export async function lockDispatchesOf(tx: Db, orderKey: string): Promise<LockedDispatch[]> {
  const ids = await tx
    .selectDistinct({ id: dispatchLine.dispatchId })
    .from(dispatchLine)
    .where(eq(dispatchLine.orderKey, orderKey))
    .for('share');
  const locked: LockedDispatch[] = [];
  for (const id of ids.map((row) => row.id).toSorted()) {
    const row = await lockDispatch(tx, id);
    if (row !== undefined) locked.push(row);
  }
  return locked;
}

function idsOf(db: Db, orderKey: string) {
  return db
    .selectDistinct({ id: dispatchLine.dispatchId })
    .from(dispatchLine)
    .where(eq(dispatchLine.orderKey, orderKey));
}

/** The dispatches of an order that are not over, with the WMS each has or would get by the routing in force. */
export async function liveDispatches(db: Db, orderKey: string) {
  const routed = sql<string | null>`(
    select ${route.wms} from ${route}
    where ${route.channel} in (${order.channel}, '') and ${route.validFrom} <= now(6)
    order by ${route.channel} desc, ${route.validFrom} desc limit 1)`;
  return db
    .selectDistinct({
      id: dispatch.id,
      wms: sql<string | null>`coalesce(${dispatch.wms}, ${routed})`,
      isDoubtful: sql<boolean>`${dispatch.doubt} <> 'none' or ${dispatch.state} = 'sending'`.mapWith(Boolean),
    })
    .from(order)
    .innerJoin(dispatchLine, eq(dispatchLine.orderKey, order.key))
    .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
    .where(and(eq(order.key, orderKey), sql`${dispatch.state} not in ('cancelled', 'superseded')`));
}

export type LiveDispatch = Awaited<ReturnType<typeof liveDispatches>>[number];

/**
 * Makes the next dispatch of an order. The units it holds are taken from the lines in the same
 * transaction; the lines' check refuses a unit that is in a live dispatch already.
 */
export async function createDispatch(
  tx: Db,
  given: {
    orderKey: string;
    lines: readonly { lineKey: string; quantity: number }[];
    supersedes?: { id: string; generation: number };
  },
): Promise<string> {
  const [last] = await tx
    .select({ sequence: dispatch.sequence })
    .from(dispatch)
    .where(eq(dispatch.leadOrderKey, given.orderKey))
    .orderBy(desc(dispatch.sequence))
    .limit(1);
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
    createdAt: sql`now(6)`,
  });
  await tx
    .insert(dispatchLine)
    .values(given.lines.map((line) => ({ dispatchId: id, orderKey: given.orderKey, ...line })));
  await moveUnits(tx, id, sql`+`);
  return id;
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

export async function linesOfDispatch(db: Db, id: string) {
  return db
    .select()
    .from(dispatchLine)
    .where(eq(dispatchLine.dispatchId, id))
    .orderBy(asc(dispatchLine.lineKey));
}

/** What is in a dispatch and whom it goes to: a row for each line and item. */
export async function contentOf(tx: Db, id: string) {
  return tx
    .select({
      orderKey: order.key,
      channel: order.channel,
      orderNumber: order.orderNumber,
      orderedAt: order.orderedAt,
      heldReason: order.heldReason,
      releasedAt: order.releasedAt,
      waiting: order.waiting,
      hasRules: anyRuleInForce.mapWith((there) => Number(there) !== 0),
      recipient,
      itemCode: item.code,
      itemName: item.name,
      pieces: sql<number>`${dispatchLine.quantity} * ${configurationItem.quantity}`.mapWith(Number),
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(order, eq(order.key, dispatchLine.orderKey))
    .innerJoin(recipient, eq(recipient.orderKey, order.key))
    .innerJoin(configurationItem, isInLine)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .where(eq(dispatchLine.dispatchId, id))
    .orderBy(asc(order.key), asc(orderLine.key), asc(item.code));
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

/** A WMS has taken the dispatch: its orders stand at the warehouse now, but for those that send more later. */
export async function markOrdersDispatched(tx: Db, dispatchId: string): Promise<void> {
  await tx.execute(sql`
    update ${order} join ${dispatchLine} on ${dispatchLine.orderKey} = ${order.key}
    set ${order.stage} = 'dispatched', ${order.waiting} = null, ${order.updatedAt} = now(6)
    where ${dispatchLine.dispatchId} = ${dispatchId} and ${order.stage} in ('normalized', 'matched')
      and not exists (select 1 from ${dispatchLine} as other
        join ${dispatch} on ${dispatch.id} = other.dispatch_id and ${dispatch.id} <> ${dispatchId}
        where other.order_key = ${order.key}
          and ${dispatch.state} in ('ready', 'held', 'sending', 'unknown', 'rejected'))`);
}
