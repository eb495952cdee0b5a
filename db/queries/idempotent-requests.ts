import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { idempotentRequest } from '../schema';

export interface RequestKey {
  readonly caller: string;
  readonly key: string;
}

const is = ({ caller, key }: RequestKey) =>
  and(eq(idempotentRequest.caller, caller), eq(idempotentRequest.key, key));

/** @returns false when a request with this key has come already. */
export async function beginRequest(db: Db, key: RequestKey, requestHash: string): Promise<boolean> {
  const [done] = await db
    .insert(idempotentRequest)
    .ignore()
    .values({ ...key, requestHash, madeAt: sql`now(6)` });
  return done.affectedRows === 1;
}

export async function findRequest(db: Db, key: RequestKey) {
  const [row] = await db.select().from(idempotentRequest).where(is(key));
  return row;
}

/** @param response null: it is not to be given again. */
export async function endRequest(
  db: Db,
  key: RequestKey,
  status: number,
  response: string | null,
): Promise<void> {
  await db.update(idempotentRequest).set({ status, response }).where(is(key));
}

/** It came to nothing, and may be sent again. */
export async function forgetRequest(db: Db, key: RequestKey): Promise<void> {
  await db.delete(idempotentRequest).where(is(key));
}

const HOURS_KEPT = 24;

/** Requests that nobody sends again any more. @returns how many. */
export async function dropOldRequests(db: Db): Promise<number> {
  const [done] = await db
    .delete(idempotentRequest)
    .where(lt(idempotentRequest.madeAt, sql`now(6) - interval ${HOURS_KEPT} hour`));
  return done.affectedRows;
}
