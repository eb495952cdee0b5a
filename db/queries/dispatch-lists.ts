import { and, asc, desc, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type DispatchState, isUnsent } from '../../domain/dispatch-protocol';
import type { Db } from '../database';
import { dispatch, dispatchLine } from '../schema';
import { membersOf } from './dispatches';
import { afterMark, beforeMark, exactTime, type TimeMark } from './in-time';
import { goesTo } from './open-dispatches';

const SHOWN = {
  id: dispatch.id,
  code: dispatch.code,
  orderKey: dispatch.leadOrderKey,
  wms: dispatch.wms,
  directedTo: dispatch.directedTo,
  state: dispatch.state,
  doubt: dispatch.doubt,
  generation: dispatch.generation,
  reference: dispatch.reference,
  problem: dispatch.problem,
  createdAt: dispatch.createdAt,
  acceptedAt: dispatch.acceptedAt,
  leaseExpiresAt: dispatch.leaseExpiresAt,
  mark: exactTime(dispatch.createdAt),
};

export interface DispatchFilter {
  /** Null: none has been chosen yet. */
  readonly wms: string | null;
  readonly state: DispatchState;
  readonly after?: TimeMark | undefined;
  readonly limit: number;
}

/** The dispatches of a WMS in one state, the newest first. */
export async function listDispatches(db: Db, { wms, state, after, limit }: DispatchFilter) {
  const rows = await db
    .select(SHOWN)
    .from(dispatch)
    .where(
      and(
        // What nobody has claimed may have been directed already; the rest is found by the index.
        isUnsent(state) ? isAt(goesTo, wms) : isAt(dispatch.wms, wms),
        eq(dispatch.state, state),
        beforeMark(dispatch.createdAt, dispatch.id, after),
      ),
    )
    .orderBy(desc(dispatch.createdAt), desc(dispatch.id))
    .limit(limit);
  return withOrders(db, rows);
}

function isAt(column: SQLWrapper, wms: string | null): SQL {
  return wms === null ? isNull(column) : sql`${column} = ${wms}`;
}

export type ListedDispatch = Awaited<ReturnType<typeof listDispatches>>[number];

/** What only a person can settle. */
export const DOUBTFUL = ['unknown', 'cancel_unknown', 'rejected'] as const satisfies readonly DispatchState[];

/** The dispatches that wait for a person's word, wherever they were sent, the oldest first. */
export async function listDoubtful(
  db: Db,
  { after, limit }: { readonly after?: TimeMark | undefined; readonly limit: number },
): Promise<ListedDispatch[]> {
  const rows = await db
    .select(SHOWN)
    .from(dispatch)
    .where(and(inArray(dispatch.state, [...DOUBTFUL]), afterMark(dispatch.createdAt, dispatch.id, after)))
    .orderBy(asc(dispatch.createdAt), asc(dispatch.id))
    .limit(limit);
  return withOrders(db, rows);
}

/** With all orders that are in it, which is more than one where several are packed together. */
async function withOrders<T extends { readonly id: string; readonly orderKey: string }>(
  db: Db,
  rows: readonly T[],
): Promise<(T & { orders: string[] })[]> {
  const members = await membersOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, orders: members.get(row.id) ?? [row.orderKey] }));
}

/** The state of one of an order's dispatches. */
export async function stateOfDispatch(
  db: Db,
  id: string,
  orderKey: string,
): Promise<DispatchState | undefined> {
  const [row] = await db
    .select({ state: dispatch.state })
    .from(dispatch)
    .innerJoin(dispatchLine, eq(dispatchLine.dispatchId, dispatch.id))
    .where(and(eq(dispatch.id, id), eq(dispatchLine.orderKey, orderKey)))
    .limit(1);
  return row?.state;
}
