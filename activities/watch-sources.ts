import type { Db } from '../db/database';
import { newestWindow } from '../db/queries/collection';
import { listConnections } from '../db/queries/connections';
import { closeTasks, openTask } from '../db/queries/tasks';
import { sourceAdapter } from './sources/registry';

const QUIET_AFTER_MINUTES = 30;

/** A source that has not been read for a while is a task, until it is read again or paused. */
export async function watchSources(db: Db): Promise<void> {
  for (const { id, kind, adapter, paused } of await listConnections(db)) {
    if (kind !== 'source' || !sourceAdapter(adapter).capabilities.collects) continue;
    const newest = paused ? undefined : await newestWindow(db, id);
    // One that was never read has nothing to have stopped.
    if (newest !== undefined && newest.minutesAgo >= QUIET_AFTER_MINUTES)
      await openTask(
        db,
        'source_quiet',
        { connectionId: id },
        `${id} was last read up to ${newest.to.toISOString()}`,
      );
    else await closeTasks(db, ['source_quiet'], { connectionId: id }, 'boosta');
  }
}
