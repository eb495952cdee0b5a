import { and, asc, eq, inArray, isNull, lt, notInArray, sql } from 'drizzle-orm';
import { seoulDay } from '../../domain/seoul';
import type { Stage } from '../../domain/stage';
import type { Db } from '../database';
import { order, task } from '../schema';

/** Of these something has left, or nothing is to leave any more. */
const OVER: readonly Stage[] = ['booked', 'done', 'cancelled'];

const hasTask = sql`exists (select 1 from ${task} where ${task.openKey} = concat('ship_by_passed:', ${order.key}))`;

/** Orders that should have left by now and have not, of which nobody has been told yet; `shipBy` is the day in Seoul. */
export async function overdueOrders(db: Db, limit: number) {
  const rows = await db
    .select({ key: order.key, stage: order.stage, waiting: order.waiting, shipBy: order.shipBy })
    .from(order)
    .where(and(lt(order.shipBy, sql`now(6)`), notInArray(order.stage, [...OVER]), sql`not ${hasTask}`))
    .orderBy(asc(order.shipBy))
    .limit(limit);
  return rows.map(({ shipBy, ...row }) => ({ ...row, shipBy: shipBy === null ? '' : seoulDay(shipBy) }));
}

/** Orders that were told of and have left meanwhile. */
export async function shippedOverdue(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ key: order.key })
    .from(task)
    .innerJoin(order, eq(order.key, task.orderKey))
    .where(and(eq(task.kind, 'ship_by_passed'), isNull(task.closedAt), inArray(order.stage, [...OVER])))
    .limit(limit);
  return rows.map((row) => row.key);
}
