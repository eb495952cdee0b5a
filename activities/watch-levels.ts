import type { Db } from '../db/database';
import { levelsToReport } from '../db/queries/stock-levels';
import { closeTasks, openTask } from '../db/queries/tasks';

/** An item that has fallen below its warning level is a task, until it has risen again. */
export async function watchLevels(db: Db): Promise<void> {
  for (const { wms, itemCode, sellable, warnBelow, isLow } of await levelsToReport(db)) {
    const subject = { connectionId: wms, part: itemCode };
    if (!isLow) await closeTasks(db, ['stock_low'], subject, 'boosta');
    else
      await openTask(
        db,
        'stock_low',
        subject,
        `${itemCode} at ${wms}: ${sellable} sellable, below ${warnBelow}`,
      );
  }
}
