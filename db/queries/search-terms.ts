import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { StandardOrder } from '../../domain/order';
import { termsOf } from '../../domain/search-terms';
import type { Db } from '../database';
import { orderSearchTerm, recipient as recipientTable, searchBacklog } from '../schema';

/**
 * Writes what an order is found by over what there was; in the transaction that writes its recipient.
 *
 * @param there what there was, where that is known already.
 */
export async function writeSearchTerms(
  tx: Db,
  { key: orderKey, orderedAt, recipient }: Pick<StandardOrder, 'key' | 'orderedAt' | 'recipient'>,
  there?: readonly SearchTerm[],
): Promise<void> {
  const wanted = termsOf(recipient);
  const known = there ?? (await searchTermsOf(tx, orderKey));
  const isSame = (row: SearchTerm) =>
    wanted.includes(row.term) && row.orderedAt.getTime() === orderedAt.getTime();
  if (known.length === wanted.length && known.every(isSame)) return;
  if (known.length > 0) {
    // By the whole primary key, so that no gap between orders is locked.
    const terms = known.map(({ term }) => term);
    await tx
      .delete(orderSearchTerm)
      .where(and(eq(orderSearchTerm.orderKey, orderKey), inArray(orderSearchTerm.term, terms)));
  }
  if (wanted.length > 0)
    await tx.insert(orderSearchTerm).values(wanted.map((term) => ({ orderKey, term, orderedAt })));
}

type SearchTerm = typeof orderSearchTerm.$inferSelect;

async function searchTermsOf(db: Db, orderKey: string): Promise<SearchTerm[]> {
  return db.select().from(orderSearchTerm).where(eq(orderSearchTerm.orderKey, orderKey));
}

/** The next orders that were read before they could be searched for, after the one that is done. */
export interface OrdersToFill {
  readonly after: string;
  /** By their keys; none: these were the last. */
  readonly keys: string[];
}

/** Undefined: no order waits any more. */
export async function ordersToFill(db: Db, limit: number): Promise<OrdersToFill | undefined> {
  const [backlog] = await db.select().from(searchBacklog);
  if (backlog === undefined) return undefined;
  const rows = await db
    .select({ key: recipientTable.orderKey })
    .from(recipientTable)
    .where(gt(recipientTable.orderKey, backlog.after))
    .orderBy(asc(recipientTable.orderKey))
    .limit(limit);
  return { after: backlog.after, keys: rows.map(({ key }) => key) };
}

/** They have their terms; another one who has filled the same has moved on already. */
export async function movePast(tx: Db, { after, keys }: OrdersToFill): Promise<void> {
  const last = keys.at(-1);
  const isHere = eq(searchBacklog.after, after);
  if (last === undefined) await tx.delete(searchBacklog).where(isHere);
  else await tx.update(searchBacklog).set({ after: last }).where(isHere);
}
