import { journeyId } from '../domain/order-key';

/** What Temporal knows our workflows, queues and schedules by. */

export const TASK_QUEUE = 'boosta';

/** Where sends to one WMS wait to be tried again, so that a slow one fills no slots but its own. */
export function wmsTaskQueue(taskQueue: string, wmsId: string): string {
  return `${taskQueue}/${wmsId}`;
}

export const workflowIds = {
  journey: journeyId,
  /** A stretch that a person has read again. */
  backfill: (id: number) => `backfill/${id}`,
  /** One command for many orders. */
  bulk: (jobId: number) => `bulk/${jobId}`,
  /** One at a time that a person has asked for. */
  reconciliation: (wms: string) => `reconcile/${wms}`,
  /** One at a time that a person has asked for. */
  forgetting: () => 'forget/now',
} as const;

export const scheduleIds = {
  collect: (source: string) => `collect-orders/${source}`,
  tell: (source: string) => `tell-source/${source}`,
  watch: (wms: string) => `watch-shipments/${wms}`,
  stock: (wms: string) => `sync-stock/${wms}`,
  reconcile: (wms: string) => `reconcile-wms/${wms}`,
  sweep: () => 'sweep-orders',
  alert: () => 'tell-people',
  check: () => 'check-sales',
  forget: () => 'forget',
} as const;

/** Search attributes, by which the Temporal UI filters; all are keywords but for the date. */
export const SEARCH_ATTRIBUTES = {
  BoostaChannel: 'Keyword',
  BoostaSource: 'Keyword',
  BoostaStage: 'Keyword',
  BoostaWaiting: 'Keyword',
  BoostaOrderedAt: 'Datetime',
} as const;

/** A step whose worker has died goes to another one after this, not only after its whole time-out. */
export const HEARTBEAT_TIMEOUT = '20s';
