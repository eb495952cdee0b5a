import { ordersThatFindStock } from '../db/queries/stock-queue';
import type { Deps } from './deps';

const AT_MOST = 500;

/**
 * Lets the orders that were short try again for which stock has come, the oldest first. After a stock
 * sync, after something was given back, and with every sweep, should a nudge have been lost.
 *
 * @returns how many there are.
 */
export async function nudgeShort({
  database,
  journeys,
}: Pick<Deps, 'database' | 'journeys'>): Promise<number> {
  const short = await ordersThatFindStock(database.db, AT_MOST);
  for (const orderKey of short) await journeys.nudge(orderKey, 'rematch');
  return short.length;
}
