import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { HOLDS, type Hold } from '../../domain/retention';
import type { FINISHED } from '../../domain/stage';
import type { Db } from '../database';
import { claim, goodsReturn, order, rawRecord, task } from '../schema';
import { afterMark, exactTime } from './in-time';

/** An order that has ended; the one where a page ended says where the next one begins. */
export interface Ended {
  readonly key: string;
  readonly updatedAt: Date;
  /** The same, to the microsecond. */
  readonly at: string;
}

/** Orders that ended one way before a moment and are not erased, the oldest first; read along their index. */
export async function ordersOver(
  db: Db,
  stage: (typeof FINISHED)[number],
  before: Date,
  after: Ended | undefined,
  limit: number,
): Promise<Ended[]> {
  const onwards = afterMark(order.updatedAt, order.key, after && { at: after.at, id: after.key });
  return db
    .select({ key: order.key, updatedAt: order.updatedAt, at: exactTime(order.updatedAt) })
    .from(order)
    .where(and(eq(order.stage, stage), isNull(order.erasedAt), lt(order.updatedAt, before), onwards))
    .orderBy(asc(order.updatedAt), asc(order.key))
    .limit(limit);
}

/** Those of the keys whose orders have ended, but which somebody or something is not through with, and why. */
export async function heldBack(db: Db, keys: readonly string[], before: Date): Promise<Map<string, Hold>> {
  if (keys.length === 0) return new Map();
  const asked: Record<Hold, Promise<{ key: string | null }[]>> = {
    task: db
      .select({ key: task.orderKey })
      .from(task)
      .where(and(inArray(task.orderKey, [...keys]), isNotNull(task.openKey))),
    claim: db
      .select({ key: claim.orderKey })
      .from(claim)
      .where(and(inArray(claim.orderKey, [...keys]), or(gte(claim.updatedAt, before), isOpen))),
    return: db
      .select({ key: goodsReturn.orderKey })
      .from(goodsReturn)
      .where(and(inArray(goodsReturn.orderKey, [...keys]), gte(goodsReturn.recordedAt, before))),
    news: db
      .select({ key: order.key })
      .from(order)
      .innerJoin(rawRecord, and(eq(rawRecord.orderKey, order.key), gt(rawRecord.id, order.appliedRecord)))
      .where(inArray(order.key, [...keys])),
  };
  const found = await Promise.all(HOLDS.map(async (hold) => ({ hold, rows: await asked[hold] })));
  return new Map(found.flatMap(({ hold, rows }) => rows.map(({ key }) => [key ?? '', hold] as const)));
}

/** Its source waits for an answer, or a return is to be taken out of the sales: both need its record. */
const isOpen = or(
  inArray(claim.answer, ['awaited', 'pending']),
  and(eq(claim.kind, 'return'), eq(claim.state, 'done'), isNull(claim.outcome)),
);
