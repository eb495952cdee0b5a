import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { Standing } from '../domain/stage';
import { inTurn } from './in-turn';
import { HEARTBEAT_TIMEOUT, wmsTaskQueue } from './names';

const RETRY = { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;

/** Steps that touch only the database, and first tries at what follows: many of them cost Temporal one write. */
const local = inTurn(
  proxyLocalActivities<Activities>({
    startToCloseTimeout: '30s',
    localRetryThreshold: '5s',
    retry: RETRY,
  }),
);

/** A short try at the outside; whatever does not go through at once is left to the visible step. */
const once = inTurn(
  proxyLocalActivities<Activities>({
    startToCloseTimeout: '30s',
    retry: { maximumAttempts: 1 },
  }),
);

/** Calls to the outside that have to be tried again: each with its attempts and last failure in the UI. */
const visible = (summary: string, taskQueue = workflowInfo().taskQueue) =>
  proxyActivities<Activities>({
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: RETRY,
    summary,
    taskQueue,
  });

export const {
  matchOrder,
  recordSale,
  holdOrder,
  releaseOrder,
  splitOrder,
  combineOrders,
  separateOrder,
  sendNow,
  takeChange,
  resolveDispatch,
  resumeOrder,
} = local;

/** Takes in what was told of the order. What comes of that at its source or at the WMS is found out first. */
export async function normalizeOrder(orderKey: string): Promise<Standing> {
  const standing = await local.normalizeOrder(orderKey);
  const upTo = standing.upTo && { upTo: standing.upTo };
  let untilThen: Standing = { stage: standing.stage };
  switch (standing.waiting) {
    case 'acknowledgement':
      untilThen = await acknowledgeOrder(orderKey);
      break;
    case 'cancellation':
      await cancelOrder(orderKey, { by: 'channel', reason: 'The customer cancelled', ...upTo });
      break;
    case 'recall':
      await recallOrder(orderKey, { by: 'channel', reason: 'The channel changed it', ...upTo });
      break;
    default:
      return standing;
  }
  const after = await local.normalizeOrder(orderKey);
  switch (after.waiting) {
    case 'acknowledgement':
    case 'cancellation':
    case 'recall':
      // Where the WMS's answer is unknown, finding it out comes first; the change is read again then. What a
      // source no longer hands over may be cancelled there, and was read again: unless it is, a person looks.
      return { ...untilThen, stage: after.stage };
    default:
      return after;
  }
}

/** Asked once at small cost, and then again where it can be seen. */
async function acknowledgeOrder(orderKey: string): Promise<Standing> {
  try {
    return await once.acknowledgeOrder(orderKey);
  } catch {
    return visible(`acknowledge: ${orderKey}`).acknowledgeOrder(orderKey);
  }
}

export function tryDispatchOrder(orderKey: string): Promise<Standing> {
  return orRetry('matched', () => once.tryDispatchOrder(orderKey));
}

export function dispatchOrder(orderKey: string, at: string | undefined): Promise<Standing> {
  const taskQueue = at === undefined ? undefined : wmsTaskQueue(workflowInfo().taskQueue, at);
  return visible(`send to WMS: ${orderKey}`, taskQueue).dispatchOrder(orderKey);
}

export function tryUploadTracking(orderKey: string): Promise<Standing> {
  return orRetry('booked', () => once.tryUploadTracking(orderKey));
}

export function uploadTracking(orderKey: string): Promise<Standing> {
  return visible(`tracking to source: ${orderKey}`).uploadTracking(orderKey);
}

export function cancelOrder(orderKey: string, command: { by: string; reason: string; upTo?: number }) {
  return visible(`cancel: ${orderKey}`).cancelOrder(orderKey, command);
}

function recallOrder(orderKey: string, command: { by: string; reason: string; upTo?: number }) {
  return visible(`recall: ${orderKey}`).cancelOrder(orderKey, { ...command, isRecall: true });
}

export function moveOrder(orderKey: string, move: { by: string; reason: string; to: string }) {
  return visible(`move to ${move.to}: ${orderKey}`).moveOrder(orderKey, move);
}

/** A first try that was cut short, by its own time-out for instance, says nothing about the outcome. */
async function orRetry(stage: Standing['stage'], attempt: () => Promise<Standing>): Promise<Standing> {
  try {
    return await attempt();
  } catch {
    return { stage, waiting: 'retry' };
  }
}

/** A step that fails for good becomes a task; a nudge lets it be tried again. */
export async function orParked(orderKey: string, attempt: () => Promise<Standing>): Promise<Standing> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    // A local activity's failure comes as it is, a regular one's wrapped.
    const failure = error instanceof ActivityFailure ? error.cause : error;
    const type = failure instanceof ApplicationFailure ? failure.type : failure?.name;
    return local.parkFailed(orderKey, `${type}: ${failure?.message}`);
  }
}
