import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { sourceAdapter } from '../activities/sources/registry';
import { wmsAdapter } from '../activities/wms/registry';
import type { Db } from '../db/database';
import { listConnections } from '../db/queries/connections';
import type { Collection } from '../workflows/collect-orders';
import { scheduleIds, TASK_QUEUE } from '../workflows/names';

/** How often, in seconds. */
export interface Intervals {
  readonly collect: number;
  readonly tell: number;
  readonly watch: number;
  readonly stock: number;
  readonly reconcile: number;
  readonly sweep: number;
  readonly alert: number;
  readonly check: number;
  readonly forget: number;
}

export const INTERVALS: Intervals = {
  collect: 300,
  tell: 60,
  watch: 60,
  stock: 300,
  reconcile: 3_600,
  sweep: 60,
  alert: 60,
  // It reads the whole ledger.
  check: 21_600,
  forget: 3_600,
};

interface Wanted {
  readonly scheduleId: string;
  readonly everySeconds: number;
  readonly workflowType: string;
  readonly args: unknown[];
}

/** The schedules that the connections in use need. */
export async function wantedSchedules(db: Db, intervals: Intervals = INTERVALS): Promise<Wanted[]> {
  const connections = (await listConnections(db)).filter((connection) => !connection.paused);
  const perConnection = connections.flatMap(({ id, kind, adapter }): Wanted[] => {
    if (kind === 'source') {
      const collection: Collection = { source: id, intervalMs: intervals.collect * 1000 };
      const collect = wanted(scheduleIds.collect(id), intervals.collect, 'collectOrders', collection);
      const tell = wanted(scheduleIds.tell(id), intervals.tell, 'tellSource', id);
      const { collects, cancellations, stockPerCall } = sourceAdapter(adapter).capabilities;
      return [...(collects ? [collect] : []), ...(cancellations.answered || stockPerCall > 0 ? [tell] : [])];
    }
    const watch = wanted(scheduleIds.watch(id), intervals.watch, 'watchShipments', id);
    const reconcile = wanted(scheduleIds.reconcile(id), intervals.reconcile, 'reconcileWms', id);
    if (wmsAdapter(adapter).capabilities.stock === 'none') return [watch, reconcile];
    return [watch, wanted(scheduleIds.stock(id), intervals.stock, 'syncStock', id), reconcile];
  });
  return [
    ...perConnection,
    wanted(scheduleIds.sweep(), intervals.sweep, 'sweep'),
    wanted(scheduleIds.alert(), intervals.alert, 'tellPeople'),
    wanted(scheduleIds.check(), intervals.check, 'checkSales'),
    wanted(scheduleIds.forget(), intervals.forget, 'forget'),
  ];
}

function wanted(scheduleId: string, everySeconds: number, workflowType: string, ...args: unknown[]): Wanted {
  return { scheduleId, everySeconds, workflowType, args };
}

/**
 * Makes the schedules that are missing, brings the others up to date (a paused one stays paused), and
 * removes those of connections that are paused or gone.
 */
export async function applySchedules(temporal: Client, schedules: readonly Wanted[]): Promise<void> {
  for (const schedule of schedules) await applySchedule(temporal, schedule);
  const wantedIds = new Set(schedules.map(({ scheduleId }) => scheduleId));
  for await (const { scheduleId } of temporal.schedule.list()) {
    if (!isOurs(scheduleId) || wantedIds.has(scheduleId)) continue;
    await temporal.schedule.getHandle(scheduleId).delete();
  }
}

function isOurs(scheduleId: string): boolean {
  const { collect, tell, watch, stock, reconcile } = scheduleIds;
  return [collect, tell, watch, stock, reconcile].some((ours) => scheduleId.startsWith(ours('')));
}

async function applySchedule(temporal: Client, given: Wanted): Promise<void> {
  const spec = { intervals: [{ every: given.everySeconds * 1000 }] };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: given.workflowType,
    args: given.args,
    taskQueue: TASK_QUEUE,
    workflowId: given.scheduleId,
  };
  // A run that is still at it must not be overtaken; the next one reads what it left.
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' } as const;
  try {
    await temporal.schedule.create({ scheduleId: given.scheduleId, spec, action, policies });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = temporal.schedule.getHandle(given.scheduleId);
    await handle.update((known) => ({ ...known, spec, action, policies }));
  }
}
