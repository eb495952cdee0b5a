import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { attempt } from '../schema';

/** The claim opens an attempt; as long as it has no outcome, it may have been received. */
export async function openAttempts(
  tx: Db,
  opened: readonly { readonly id: string; readonly leaseToken: string }[],
): Promise<void> {
  const common = { kind: 'create' as const, startedAt: sql`now(6)` };
  await tx
    .insert(attempt)
    .values(opened.map(({ id: dispatchId, leaseToken }) => ({ dispatchId, leaseToken, ...common })));
}

/** What was asked and answered, to the byte. */
export interface Evidence {
  readonly outcome: string;
  readonly reason: string | null;
  readonly request: string | null;
  readonly response: string | null;
  readonly status: number | null;
}

/** Keeps what was said in the attempt that the claim opened. */
export async function finishAttempt(
  tx: Db,
  dispatchId: string,
  leaseToken: string,
  evidence: Evidence,
): Promise<void> {
  await tx
    .update(attempt)
    .set({ ...shortened(evidence), finishedAt: sql`now(6)` })
    .where(
      and(eq(attempt.dispatchId, dispatchId), eq(attempt.leaseToken, leaseToken), eq(attempt.kind, 'create')),
    );
}

/** Keeps a look-up or a cancellation, which no claim has opened. */
export async function recordAttempt(
  db: Db,
  dispatchId: string,
  kind: 'look-up' | 'cancel',
  evidence: Evidence,
): Promise<void> {
  const now = sql`now(6)`;
  await db
    .insert(attempt)
    .values({ dispatchId, kind, startedAt: now, finishedAt: now, ...shortened(evidence) });
}

function shortened(evidence: Evidence): Evidence {
  return { ...evidence, reason: evidence.reason?.slice(0, 500) ?? null };
}

export async function attemptsOf(db: Db, dispatchIds: readonly string[]) {
  if (dispatchIds.length === 0) return [];
  return db
    .select()
    .from(attempt)
    .where(inArray(attempt.dispatchId, [...dispatchIds]))
    .orderBy(asc(attempt.id));
}

/** How long ago a WMS was last asked to cancel a dispatch, in ms by the database's clock; null if it never was. */
export async function msSinceCancelAsked(db: Db, dispatchId: string): Promise<number | null> {
  const [row] = await db
    .select({
      ms: sql<number | null>`timestampdiff(microsecond, max(${attempt.finishedAt}), now(6)) / 1000`,
    })
    .from(attempt)
    .where(and(eq(attempt.dispatchId, dispatchId), eq(attempt.kind, 'cancel')));
  const ms = row?.ms ?? null;
  return ms === null ? null : Number(ms);
}

/** When a dispatch was first sent; undefined when it never was. */
export async function firstSentAt(db: Db, dispatchId: string): Promise<Date | undefined> {
  const [first] = await db
    .select({ startedAt: attempt.startedAt })
    .from(attempt)
    .where(and(eq(attempt.dispatchId, dispatchId), eq(attempt.kind, 'create')))
    .orderBy(asc(attempt.id))
    .limit(1);
  return first?.startedAt;
}
