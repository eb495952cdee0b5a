import { and, eq, inArray } from 'drizzle-orm';
import type { StandardOrder } from '../../domain/order';
import { termsOf } from '../../domain/search-terms';
import type { Db } from '../database';
import { orderSearchTerm } from '../schema';

/** Writes what an order is found by over what there was; in the transaction that writes its recipient. */
export async function writeSearchTerms(
  tx: Db,
  { key: orderKey, orderedAt, recipient }: Pick<StandardOrder, 'key' | 'orderedAt' | 'recipient'>,
): Promise<void> {
  const wanted = termsOf(recipient);
  const known = await tx.select().from(orderSearchTerm).where(eq(orderSearchTerm.orderKey, orderKey));
  const isSame = (row: (typeof known)[number]) =>
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
