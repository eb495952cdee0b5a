import { and, eq, inArray, sql } from 'drizzle-orm';
import { type DispatchState, type Doubt, mayMove, type Proof } from '../../domain/dispatch-protocol';
import type { Db } from '../database';
import { dispatch, dispatchLine } from '../schema';
import type { LockedDispatch } from './dispatches';

/** Every write of a dispatch's state: each checks the protocol's table of moves, under the row's lock. */

type Standing = Pick<LockedDispatch, 'id' | 'state'>;

function check({ id, state }: Standing, to: DispatchState, proof?: Proof): void {
  if (!mayMove(state, to, proof)) throw new RangeError(`Dispatch ${id} may not move from ${state} to ${to}`);
}

/**
 * Moves a dispatch whose row is locked.
 *
 * @throws RangeError for a move that the protocol does not have.
 */
export async function moveDispatch(
  tx: Db,
  row: Standing,
  to: DispatchState,
  details: { readonly problem?: string; readonly doubt?: Doubt; readonly proof?: Proof } = {},
): Promise<void> {
  const { problem, doubt, proof } = details;
  check(row, to, proof);
  await tx
    .update(dispatch)
    .set({
      state: to,
      ...(problem === undefined ? {} : { problem: problem.slice(0, 500) }),
      ...(doubt === undefined ? {} : { doubt }),
    })
    .where(eq(dispatch.id, row.id));
}

/**
 * A parcel has proven of each of these, whose rows are locked, that all of it has left.
 *
 * @throws RangeError for a move that the protocol does not have.
 */
export async function markShipped(tx: Db, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  for (const row of rows) check(row, 'shipped', 'parcel');
  const ids = rows.map(({ id }) => id);
  // By the whole primary key, so that no other rows are read, and locked.
  await tx.execute(
    sql`update ${dispatch} force index (primary) set state = 'shipped' where ${inArray(dispatch.id, ids)}`,
  );
}

/**
 * The WMS is about to be asked to cancel it for an order's sake, for good or to send that anew elsewhere: this stands
 * in the order's lines, so that whoever learns what came of it knows what is to follow for whom.
 *
 * @param leavesTo the WMS that is to have the order next, its own one too; empty: none.
 */
export async function markCancelling(
  tx: Db,
  row: Standing,
  orderKey: string,
  leavesTo: string,
): Promise<void> {
  if (row.state !== 'cancelling') await moveDispatch(tx, row, 'cancelling');
  await tx
    .update(dispatchLine)
    .set({ leavesTo })
    .where(and(eq(dispatchLine.dispatchId, row.id), eq(dispatchLine.orderKey, orderKey)));
}

/** The WMS ships it: whoever was to leave it stays. */
export async function markStaying(tx: Db, { id }: Standing): Promise<void> {
  await tx.update(dispatchLine).set({ leavesTo: null }).where(eq(dispatchLine.dispatchId, id));
}

/** Says something of a dispatch whose row is locked, and leaves its state as it is. */
export async function noteProblem(tx: Db, { id }: Standing, problem: string): Promise<void> {
  await tx.update(dispatch).set({ problem }).where(eq(dispatch.id, id));
}

/** The claim, with the attempt that is opened for it: the intent is durable before anything leaves the house. */
export async function markSending(
  tx: Db,
  row: Standing,
  claim: { wms: string; request: Record<string, unknown>; leaseToken: string; leaseMs: number; doubt: Doubt },
): Promise<void> {
  check(row, 'sending');
  const { leaseMs, ...fixed } = claim;
  await tx
    .update(dispatch)
    .set({
      ...fixed,
      state: 'sending',
      leaseExpiresAt: sql`now(6) + interval ${leaseMs * 1000} microsecond`,
    })
    .where(eq(dispatch.id, row.id));
}

/** Found out otherwise than by its sender's own answer; a person who calls it received knows no reference. */
export async function markAccepted(tx: Db, row: Standing, reference: string | null): Promise<void> {
  check(row, 'accepted');
  await tx
    .update(dispatch)
    .set({ state: 'accepted', reference, acceptedAt: sql`now(6)`, problem: null })
    .where(eq(dispatch.id, row.id));
}

/**
 * Writes what an attempt came to, if this sender still holds the lease.
 *
 * @returns whether it did; a sender that was fenced off has changed nothing.
 */
export async function settleUnderLease(
  tx: Db,
  id: string,
  leaseToken: string,
  result: { state: DispatchState; doubt: Doubt; reference?: string; problem?: string },
): Promise<boolean> {
  check({ id, state: 'sending' }, result.state);
  const [done] = await tx
    .update(dispatch)
    .set({
      state: result.state,
      doubt: result.doubt,
      reference: result.reference ?? null,
      problem: result.problem?.slice(0, 500) ?? null,
      ...(result.state === 'accepted' ? { acceptedAt: sql`now(6)` } : {}),
    })
    .where(and(eq(dispatch.id, id), eq(dispatch.leaseToken, leaseToken), eq(dispatch.state, 'sending')));
  return done.affectedRows === 1;
}
