import { closeTasks, openTask } from '../db/queries/tasks';
import type { Deps } from './deps';

/** What is read of a WMS on schedule. */
export type WmsDuty = 'shipments' | 'stock' | 'orders';

/** A WMS that does not answer is somebody's task, however often the schedule comes again. */
export async function reportWmsFailure(deps: Deps, wms: string, part: WmsDuty): Promise<void> {
  const subject = { connectionId: wms, part };
  await openTask(deps.database.db, 'wms_unreachable', subject, `The ${part} of ${wms} could not be read`);
}

export async function wmsAnswers(deps: Deps, wms: string, part: WmsDuty): Promise<void> {
  await closeTasks(deps.database.db, ['wms_unreachable'], { connectionId: wms, part }, 'boosta');
}
