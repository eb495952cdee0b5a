import { and, count, desc, eq, gte, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';
import { FINISHED, STAGES } from '../../domain/stage';
import type { Db } from '../database';
import { collectionRun, order, shipment } from '../schema';
import { GIVEN_UP } from './collection';

/** Named one by one, so that MySQL looks each up in the index. */
const UNFINISHED = STAGES.filter((stage) => !FINISHED.some((finished) => finished === stage));

/** How many unfinished orders stand at each stage. */
export async function countUnfinished(db: Db) {
  return db
    .select({ stage: order.stage, orders: count() })
    .from(order)
    .where(inArray(order.stage, UNFINISHED))
    .groupBy(order.stage);
}

/** How many orders wait for a person, by what for. */
export async function countWaiting(db: Db) {
  return db
    .select({ waiting: order.waiting, orders: count() })
    .from(order)
    .where(isNotNull(order.waiting))
    .groupBy(order.waiting);
}

/** How many orders have come to their end since then. */
export async function countFinishedSince(db: Db, since: Date) {
  return (
    db
      .select({ stage: order.stage, orders: count() })
      .from(order)
      // None of these is old enough to be erased; said, it is what the index is read by.
      .where(and(inArray(order.stage, FINISHED), isNull(order.erasedAt), gte(order.updatedAt, since)))
      .groupBy(order.stage)
  );
}

/** Orders that came to us since then, by the hours since then. */
export async function arrivedByHour(db: Db, since: Date) {
  return countByHour(db, order, order.createdAt, since);
}

/** Parcels that we heard of since then, by the hours since then. */
export async function leftByHour(db: Db, since: Date) {
  return countByHour(db, shipment, shipment.recordedAt, since);
}

async function countByHour(db: Db, table: MySqlTable, column: MySqlColumn, since: Date) {
  const hour = sql<number>`timestampdiff(hour, cast(${since} as datetime), ${column})`.mapWith(Number);
  return db
    .select({ hour: hour.as('since_hours'), many: count() })
    .from(table)
    .where(gte(column, since))
    .groupBy(sql`since_hours`);
}

/** The run of a source that has read furthest. */
export async function furthestRun(db: Db, connectionId: string) {
  const [run] = await db
    .select({ to: collectionRun.windowTo, finishedAt: collectionRun.finishedAt })
    .from(collectionRun)
    .where(and(eq(collectionRun.connectionId, connectionId), ne(collectionRun.workflowRunId, GIVEN_UP)))
    .orderBy(desc(collectionRun.windowTo))
    .limit(1);
  return run;
}
