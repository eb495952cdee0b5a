import { ordersShortAt } from '../db/queries/orders';
import { beforeSnapshot, takeSnapshot } from '../db/queries/stock';
import { inTransaction } from '../db/transaction';
import type { Deps } from './deps';
import { wmsAnswers } from './report-wms';

const NUDGED_AT_ONCE = 500;

/**
 * Takes over a WMS's stock and lets the orders that were short try again, the oldest first.
 *
 * @returns how many items the WMS told of.
 * @throws OutsideUnavailable when the WMS did not answer.
 */
export async function syncStock(deps: Deps, wmsId: string): Promise<number> {
  const { wms } = await deps.connections.wms(wmsId);
  const counts = wms.capabilities.stock;
  if (counts === 'none') return 0;
  await deps.permits.take(wmsId);
  const before = await beforeSnapshot(deps.database.db, wmsId, counts);
  const levels = await wms.stock();
  await inTransaction(deps.database, (tx) => takeSnapshot(tx, wmsId, levels, before));
  await wmsAnswers(deps, wmsId, 'stock');
  const short = await ordersShortAt(deps.database.db, wmsId, NUDGED_AT_ONCE);
  for (const orderKey of short) await deps.journeys.nudge(orderKey, 'rematch');
  return levels.length;
}
