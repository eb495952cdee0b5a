import { and, asc, eq, getTableColumns, isNull, ne, or, sql } from 'drizzle-orm';
import type { Claim, ClaimAnswer } from '../../domain/claim';
import type { Db } from '../database';
import { claim, rawRecord } from '../schema';
import { afterMark, exactTime, type TimeMark } from './in-time';

export interface ToldClaim {
  readonly connectionId: string;
  readonly recordId: string;
  readonly claim: Claim;
  /** Whether its source wants to hear what became of it. */
  readonly isAnswered: boolean;
}

/** How the race between a claim and the warehouse ended. */
export type ClaimOutcome = 'stopped' | 'too late' | 'unknown';

/** Writes down what was told of an order's claims; what became of them stays. */
export async function saveClaims(tx: Db, orderKey: string, told: readonly ToldClaim[]): Promise<void> {
  if (told.length === 0) return;
  await tx
    .insert(claim)
    .values(
      told.map(({ connectionId, recordId, claim: { claimId, kind, state, requestedAt }, isAnswered }) => ({
        connectionId,
        recordId,
        orderKey,
        claimId,
        kind,
        state,
        requestedAt,
        answer:
          isAnswered && kind === 'cancellation' && state === 'requested'
            ? ('awaited' as const)
            : ('none' as const),
        updatedAt: sql`now(6)`,
      })),
    )
    .onDuplicateKeyUpdate({
      // Once it is settled or taken back, nobody waits for an answer any more.
      set: {
        state: sql`values(state)`,
        answer: sql`if(values(state) = 'requested', ${claim.answer}, if(${claim.answer} = 'awaited', 'none', ${claim.answer}))`,
        updatedAt: sql`now(6)`,
      },
    });
}

/** What became of the cancellations that an order's customer has asked for. */
export async function decideCancellations(tx: Db, orderKey: string, outcome: ClaimOutcome): Promise<void> {
  const isKnown = outcome !== 'unknown';
  await tx
    .update(claim)
    .set({
      outcome,
      ...(isKnown ? { answer: sql`if(${claim.answer} = 'awaited', 'pending', ${claim.answer})` } : {}),
      updatedAt: sql`now(6)`,
    })
    .where(
      and(
        eq(claim.orderKey, orderKey),
        eq(claim.kind, 'cancellation'),
        ne(claim.state, 'withdrawn'),
        or(isNull(claim.outcome), eq(claim.outcome, 'unknown')),
      ),
    );
}

export async function claimsOfOrder(db: Db, orderKey: string) {
  return db.select().from(claim).where(eq(claim.orderKey, orderKey)).orderBy(asc(claim.requestedAt));
}

/** Joined so, a claim has the newest version of the record that told of it. */
const isItsRecord = eq(
  rawRecord.id,
  sql`(select max(version.id) from ${rawRecord} as version
    where version.connection_id = ${claim.connectionId} and version.record_id = ${claim.recordId})`,
);

/** Claims whose source is to be told what became of them, the oldest first. */
export async function claimsToAnswer(db: Db, connectionId: string, limit: number) {
  return db
    .select({
      recordId: claim.recordId,
      claimId: claim.claimId,
      orderKey: claim.orderKey,
      outcome: claim.outcome,
      body: rawRecord.body,
    })
    .from(claim)
    .innerJoin(rawRecord, isItsRecord)
    .where(and(eq(claim.connectionId, connectionId), eq(claim.answer, 'pending')))
    .orderBy(asc(claim.updatedAt))
    .limit(limit);
}

export interface ClaimCursor {
  /** As {@link listClaims} gives it, to the microsecond. */
  readonly at: string;
  readonly connectionId: string;
  readonly recordId: string;
}

/** Claims whose answer stands like that, those that have waited longest first. */
export async function listClaims(
  db: Db,
  answer: ClaimAnswer,
  { after, limit }: { after?: ClaimCursor | undefined; limit: number },
) {
  const id = sql`(${claim.connectionId}, ${claim.recordId})`;
  return db
    .select({ ...getTableColumns(claim), at: exactTime(claim.updatedAt) })
    .from(claim)
    .where(and(eq(claim.answer, answer), afterMark(claim.updatedAt, id, after && markOf(after))))
    .orderBy(asc(claim.updatedAt), asc(claim.connectionId), asc(claim.recordId))
    .limit(limit);
}

function markOf({ at, connectionId, recordId }: ClaimCursor): TimeMark {
  return { at, id: sql`(${connectionId}, ${recordId})` };
}

export type ClaimToAnswer = Awaited<ReturnType<typeof claimsToAnswer>>[number];

export async function settleAnswer(
  db: Db,
  connectionId: string,
  recordId: string,
  answer: 'done' | 'refused',
  reason: string | null,
): Promise<void> {
  await db
    .update(claim)
    .set({ answer, answerReason: reason?.slice(0, 500) ?? null, updatedAt: sql`now(6)` })
    .where(and(eq(claim.connectionId, connectionId), eq(claim.recordId, recordId)));
}

/** Returns that their channel has settled and that are not booked yet; of one that was erased a person books it. */
export async function returnsToBook(db: Db, limit: number) {
  return db
    .select({
      orderKey: claim.orderKey,
      connectionId: claim.connectionId,
      recordId: claim.recordId,
      claimId: claim.claimId,
      body: rawRecord.body,
    })
    .from(claim)
    .innerJoin(rawRecord, isItsRecord)
    .where(
      and(
        eq(claim.kind, 'return'),
        eq(claim.state, 'done'),
        isNull(claim.outcome),
        sql`length(${rawRecord.body}) > 0`,
      ),
    )
    .orderBy(asc(claim.updatedAt))
    .limit(limit);
}

export type ClaimToBook = Awaited<ReturnType<typeof returnsToBook>>[number];

/** Looked at again after others: `returned` once it is booked. */
export async function settleReturn(
  db: Db,
  { connectionId, recordId }: Pick<ClaimToBook, 'connectionId' | 'recordId'>,
  isBooked: boolean,
): Promise<void> {
  await db
    .update(claim)
    .set({ ...(isBooked ? { outcome: 'returned' as const } : {}), updatedAt: sql`now(6)` })
    .where(and(eq(claim.connectionId, connectionId), eq(claim.recordId, recordId)));
}
