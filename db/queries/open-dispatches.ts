import { and, asc, count, countDistinct, eq, gt, gte, inArray, sql } from 'drizzle-orm';
import type { DispatchState } from '../../domain/dispatch-protocol';
import type { Db } from '../database';
import { dispatch, dispatchLine } from '../schema';

/** Neither over nor shipped. */
const OPEN: DispatchState[] = [
  'ready',
  'held',
  'sending',
  'accepted',
  'rejected',
  'unknown',
  'cancelling',
  'cancel_unknown',
];

/** The WMS that was chosen, or that a person has named before. */
export const goesTo = sql<string | null>`coalesce(${dispatch.wms}, ${dispatch.directedTo})`;

/** How many dispatches are still open at each WMS, by their states; null: none is chosen yet. */
export async function countOpen(db: Db) {
  return db
    .select({ wms: goesTo, state: dispatch.state, dispatches: count() })
    .from(dispatch)
    .where(inArray(dispatch.state, OPEN))
    .groupBy(goesTo, dispatch.state)
    .orderBy(asc(goesTo), asc(dispatch.state));
}

const isIn = and(eq(dispatchLine.dispatchId, dispatch.id), gt(dispatchLine.quantity, 0));
const openAt = (wms: string) => and(inArray(dispatch.state, OPEN), eq(goesTo, wms));

/** Of how many orders something is still open at a WMS. */
export async function countOrdersOpenAt(db: Db, wms: string): Promise<number> {
  const [row] = await db
    .select({ orders: countDistinct(dispatchLine.orderKey) })
    .from(dispatch)
    .innerJoin(dispatchLine, isIn)
    .where(openAt(wms));
  return row?.orders ?? 0;
}

/** The orders of which something is still open at a WMS, the oldest first. */
export async function ordersOpenAt(db: Db, wms: string): Promise<string[]> {
  const rows = await db
    .select({ orderKey: dispatchLine.orderKey, since: sql`min(${dispatch.createdAt})` })
    .from(dispatch)
    .innerJoin(dispatchLine, isIn)
    .where(openAt(wms))
    .groupBy(dispatchLine.orderKey)
    .orderBy(asc(sql`min(${dispatch.createdAt})`));
  return rows.map((row) => row.orderKey);
}

/** The dispatches that are still to ship, of orders placed since a moment, the oldest first. */
export async function openDispatches(db: Db, since: Date) {
  return db
    .select({
      id: dispatch.id,
      code: dispatch.code,
      wms: goesTo,
      request: dispatch.request,
      orderKey: dispatch.leadOrderKey,
    })
    .from(dispatch)
    .where(and(inArray(dispatch.state, OPEN), gte(dispatch.createdAt, since)))
    .orderBy(asc(dispatch.createdAt), asc(dispatch.id));
}
