import type { Database } from '../db/database';
import { lockOrders, recipientsOf } from '../db/queries/orders';
import { movePast, ordersToFill, writeSearchTerms } from '../db/queries/search-terms';
import { inTransaction } from '../db/transaction';

const AT_A_TIME = 100;
/** Well within a sweep's time. */
const LONGEST_MS = 10_000;

/** Orders that were read before they could be searched for get what they are found by, some at every sweep. */
export async function fillSearchTerms(database: Database): Promise<void> {
  for (const ends = performance.now() + LONGEST_MS; performance.now() < ends; ) {
    const some = await ordersToFill(database.db, AT_A_TIME);
    if (some === undefined) return;
    await inTransaction(database, async (tx) => {
      // The recipients are read behind the locks: whoever writes one now waits, or has written already.
      const orders = await lockOrders(tx, some.keys);
      const recipients = await recipientsOf(tx, some.keys);
      for (const { key, orderedAt } of orders) {
        const recipient = recipients.get(key);
        if (recipient !== undefined) await writeSearchTerms(tx, { key, orderedAt, recipient });
      }
      await movePast(tx, some);
    });
  }
}
