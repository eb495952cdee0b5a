import { differencesOfSales } from '../db/queries/check-sales';
import { closeTasks, openTask } from '../db/queries/tasks';
import type { Deps } from './deps';

/**
 * Sums by day or month that are not what the ledger adds up to are a task, until they are again.
 *
 * @returns how many differ.
 */
export async function checkSales({ database: { db } }: Pick<Deps, 'database'>): Promise<number> {
  const differences = await differencesOfSales(db);
  const days = [...new Set(differences.map(({ day }) => day))].toSorted();
  const [first] = days;
  if (first === undefined) await closeTasks(db, ['sales_differ'], {}, 'boosta');
  else
    await openTask(
      db,
      'sales_differ',
      {},
      `${differences.length} sums differ from the ledger, of ${days.length} days and months from ${first} on`,
    );
  return differences.length;
}
