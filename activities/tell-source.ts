import { closeTasks, openTask } from '../db/queries/tasks';
import type { Deps } from './deps';

/** A source that cannot be told what it wants to hear is somebody's task, however often the schedule comes again. */
export async function reportTellingFailure({ database }: Deps, sourceId: string): Promise<void> {
  const reason = `${sourceId} could not be told what became of claims, or how much may be sold`;
  await openTask(database.db, 'source_untold', { connectionId: sourceId }, reason);
}

export async function sourceHears({ database }: Deps, sourceId: string): Promise<void> {
  await closeTasks(database.db, ['source_untold'], { connectionId: sourceId }, 'boosta');
}
