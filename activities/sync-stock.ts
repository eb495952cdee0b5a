import { tidyQueue } from '../db/queries/stock-queue';
import { beforeSnapshot, takeSnapshot } from '../db/queries/stock-snapshot';
import { inTransaction } from '../db/transaction';
import type { Deps } from './deps';
import { nudgeShort } from './nudge-short';
import { withPermit } from './permits';
import { wmsAnswers } from './report-wms';
import { watchLevels } from './watch-levels';

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
  await deps.connections.permits.take(wmsId);
  await tidyQueue(deps.database.db, wmsId);
  const before = await beforeSnapshot(deps.database.db, wmsId, counts);
  const levels = await withPermit('wait', () => wms.stock());
  await inTransaction(deps.database, (tx) => takeSnapshot(tx, wmsId, levels, before));
  await wmsAnswers(deps, wmsId, 'stock');
  await watchLevels(deps.database.db);
  await nudgeShort(deps);
  return levels.length;
}
