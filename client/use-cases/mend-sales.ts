import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { countSalesAnew, differencesOfSales, type SalesDifference } from '../../db/queries/check-sales';
import { closeTasks } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';

/** It reads the whole ledger, while bookings wait and are tried again. */
const TIMEOUT_MS = 300_000;

/**
 * Makes the sums by day and month anew from the ledger, where they are not what it adds up to: as when a release that
 * did not know of them has booked beside one that does.
 *
 * @returns the differences there were.
 */
export async function mendSales(database: Database, command: Command): Promise<SalesDifference[]> {
  const differences = await differencesOfSales(database.db);
  const detail = {
    rows: differences.length,
    days: [...new Set(differences.map(({ day }) => day))].slice(0, 50),
  };
  await inTransaction(
    database,
    async (tx) => {
      if (differences.length > 0) {
        await countSalesAnew(tx);
        await recordAudit(tx, { ...command, action: 'sales.mend', subject: 'sales', detail });
      }
      await closeTasks(tx, ['sales_differ'], {}, command.by);
    },
    { timeoutMs: TIMEOUT_MS },
  );
  return differences;
}
