import { and, asc, countDistinct, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { dispatch, dispatchLine, item, order, stock, stockQueue } from '../schema';
import { membersOf } from './dispatches';
import { afterMark, exactTime, type TimeMark } from './in-time';
import { sellable } from './stock-levels';

/**
 * Who waits for stock, and since when. The rule: from the moment on in which an order was found short of
 * an item, that item is its own before any newer order's, until it goes, is split, held, changed or
 * cancelled. docs/decisions/0011-older-orders-first.md says why.
 */

/** A dispatch that wants stock; the age of its oldest order is its place in the queue. */
export interface Claimant {
  readonly id: string;
  readonly orderedAt: Date;
}

/** Only what could go if stock came stands in somebody's way: not what is held, being sent or failed. */
const stillWaits: SQL = sql`${dispatch.state} = 'ready' and ${dispatch.leaseToken} is null
  and coalesce(${order.waiting}, 'shortage') = 'shortage'`;

/** Gets in line for what it lacks; who stands there already keeps the place. */
export async function joinQueue(
  tx: Db,
  wms: string,
  { id: dispatchId, orderedAt }: Claimant,
  wanted: readonly { readonly itemCode: string; readonly quantity: number }[],
): Promise<void> {
  await tx
    .insert(stockQueue)
    .values(wanted.map(({ itemCode, quantity }) => ({ dispatchId, itemCode, wms, quantity, orderedAt })))
    .onDuplicateKeyUpdate({ set: { wms, orderedAt, quantity: sql`values(quantity)` } });
  // An item that the WMS has not told of yet gets its row here, so that the mark is never missed.
  await tx
    .insert(stock)
    .values(wanted.map(({ itemCode }) => ({ wms, itemCode, awaited: true })))
    .onDuplicateKeyUpdate({ set: { awaited: true } });
}

/**
 * What older dispatches wait for of these items. To be called with the items' stock rows locked: nobody
 * gets in line for them meanwhile, and who did so before is seen.
 */
export async function neededBefore(
  tx: Db,
  wms: string,
  itemCodes: readonly string[],
  claimant: Claimant,
  served: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const rows = await tx
    .select()
    .from(stockQueue)
    .where(and(eq(stockQueue.wms, wms), inArray(stockQueue.itemCode, [...itemCodes])))
    .for('share');
  const older = rows.filter(
    ({ dispatchId: id, orderedAt }) => !served.has(id) && byAge({ id, orderedAt }, claimant) < 0,
  );
  const waiting = await stillWaiting(
    tx,
    older.map((row) => row.dispatchId),
  );
  const needed = new Map<string, number>();
  for (const { dispatchId, itemCode, quantity } of older)
    if (waiting.has(dispatchId)) needed.set(itemCode, (needed.get(itemCode) ?? 0) + quantity);
  return needed;
}

/** The oldest first. */
export function byAge(one: Claimant, other: Claimant): number {
  return one.orderedAt.getTime() - other.orderedAt.getTime() || (one.id < other.id ? -1 : 1);
}

async function stillWaiting(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: dispatch.id })
    .from(dispatch)
    .innerJoin(order, eq(order.key, dispatch.leadOrderKey))
    .where(and(inArray(dispatch.id, [...new Set(ids)]), stillWaits));
  return new Set(rows.map((row) => row.id));
}

/** The WMS at which one of these was found short. */
export async function queuedAt(tx: Db, dispatchIds: readonly string[]): Promise<string | undefined> {
  const [row] = await tx
    .select({ wms: stockQueue.wms })
    .from(stockQueue)
    .where(inArray(stockQueue.dispatchId, [...dispatchIds]))
    .limit(1);
  return row?.wms;
}

/** Takes out of a WMS's queue who waits no more. */
export async function tidyQueue(db: Db, wms: string): Promise<void> {
  const gone = await db
    .selectDistinct({ id: stockQueue.dispatchId })
    .from(stockQueue)
    .innerJoin(dispatch, eq(dispatch.id, stockQueue.dispatchId))
    .where(
      and(
        eq(stockQueue.wms, wms),
        or(sql`${dispatch.state} <> 'ready'`, sql`${dispatch.leaseToken} is not null`),
      ),
    );
  const ids = gone.map((row) => row.id);
  if (ids.length > 0) await db.delete(stockQueue).where(inArray(stockQueue.dispatchId, ids));
}

/** Takes the mark off the items that nobody waits for; in the transaction that holds their rows. */
export async function unmarkAwaited(tx: Db, wms: string): Promise<void> {
  await tx
    .update(stock)
    .set({ awaited: false })
    .where(
      and(
        eq(stock.wms, wms),
        eq(stock.awaited, true),
        sql`not exists (select 1 from ${stockQueue}
          where ${stockQueue.wms} = ${stock.wms} and ${stockQueue.itemCode} = ${stock.itemCode})`,
      ),
    );
}

/** Short orders that find all they wait for once those before them have had theirs, the oldest first. */
export async function ordersThatFindStock(db: Db, limit: number): Promise<string[]> {
  const lacking = sql`(select lacking.id from (
    select ${stockQueue.dispatchId} as id,
      coalesce(${stock.onHand} - ${stock.allocated} - ${stock.shippedSince} - ${stock.safety}, 0) as sellable,
      sum(${stockQueue.quantity}) over (partition by ${stockQueue.wms}, ${stockQueue.itemCode}
        order by ${stockQueue.orderedAt}, ${stockQueue.dispatchId}) as up_to_here
    from ${stockQueue}
    join ${dispatch} on ${dispatch.id} = ${stockQueue.dispatchId}
    join ${order} on ${order.key} = ${dispatch.leadOrderKey}
    left join ${stock} on ${stock.wms} = ${stockQueue.wms} and ${stock.itemCode} = ${stockQueue.itemCode}
    where ${stillWaits}) as lacking
    where lacking.up_to_here > lacking.sellable)`;
  const rows = await db
    .selectDistinct({ key: order.key, orderedAt: order.orderedAt })
    .from(order)
    .innerJoin(dispatchLine, eq(dispatchLine.orderKey, order.key))
    .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
    .where(
      and(eq(order.waiting, 'shortage'), eq(dispatch.state, 'ready'), sql`${dispatch.id} not in ${lacking}`),
    )
    .orderBy(asc(order.orderedAt), asc(order.key))
    .limit(limit);
  return rows.map((row) => row.key);
}

/** Who waits for an item, in the order in which they get it. */
export async function queueFor(
  db: Db,
  wms: string,
  itemCode: string,
  page: { readonly after?: TimeMark | undefined; readonly limit?: number } = {},
) {
  const rows = db
    .select({
      orderKey: dispatch.leadOrderKey,
      dispatchId: stockQueue.dispatchId,
      orderedAt: stockQueue.orderedAt,
      quantity: stockQueue.quantity,
      mark: exactTime(stockQueue.orderedAt),
    })
    .from(stockQueue)
    .innerJoin(dispatch, eq(dispatch.id, stockQueue.dispatchId))
    .innerJoin(order, eq(order.key, dispatch.leadOrderKey))
    .where(
      and(
        eq(stockQueue.wms, wms),
        eq(stockQueue.itemCode, itemCode),
        stillWaits,
        afterMark(stockQueue.orderedAt, stockQueue.dispatchId, page.after),
      ),
    )
    .orderBy(asc(stockQueue.orderedAt), asc(stockQueue.dispatchId))
    .$dynamic();
  const found = await (page.limit === undefined ? rows : rows.limit(page.limit));
  const members = await membersOf(
    db,
    found.map(({ dispatchId }) => dispatchId),
  );
  return found.map((row) => ({ ...row, orders: members.get(row.dispatchId) ?? [row.orderKey] }));
}

/** The items that orders wait for, and how many, the one first that somebody has waited for longest. */
export async function shortItems(db: Db, limit: number) {
  const oldest = sql<Date>`min(${stockQueue.orderedAt})`.mapWith(stockQueue.orderedAt);
  return db
    .select({
      wms: stock.wms,
      itemCode: stock.itemCode,
      name: item.name,
      available: sellable.mapWith(Number),
      incoming: stock.incoming,
      orders: countDistinct(dispatch.leadOrderKey),
      pieces: sql<number>`sum(${stockQueue.quantity})`.mapWith(Number),
      oldestOrderedAt: oldest,
    })
    .from(stockQueue)
    .innerJoin(dispatch, eq(dispatch.id, stockQueue.dispatchId))
    .innerJoin(order, eq(order.key, dispatch.leadOrderKey))
    .innerJoin(stock, and(eq(stock.wms, stockQueue.wms), eq(stock.itemCode, stockQueue.itemCode)))
    .leftJoin(item, eq(item.code, stock.itemCode))
    .where(stillWaits)
    .groupBy(stock.wms, stock.itemCode, item.name)
    .orderBy(asc(oldest), asc(stock.wms), asc(stock.itemCode))
    .limit(limit);
}
