import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { Journeys } from '../activities/journeys';
import { journeyId } from '../domain/order-key';
import { TASK_QUEUE } from '../workflows/names';
import type { processOrder } from '../workflows/process-order';

const CHANNEL = defineSearchAttributeKey('BoostaChannel', SearchAttributeType.KEYWORD);
const SOURCE = defineSearchAttributeKey('BoostaSource', SearchAttributeType.KEYWORD);
const STAGE = defineSearchAttributeKey('BoostaStage', SearchAttributeType.KEYWORD);
const ORDERED_AT = defineSearchAttributeKey('BoostaOrderedAt', SearchAttributeType.DATETIME);

/**
 * Journeys as workflows. The first door against a double shipment: an order's workflow ID is taken
 * while its journey is open, and after it has ended well as long as Temporal keeps its history.
 *
 * @param requestEagerStart on this worker, at once: where the client is over the worker's own connection.
 */
export function temporalJourneys(client: Client, taskQueue = TASK_QUEUE, requestEagerStart = true): Journeys {
  return {
    async start({ key, channel, source, orderedAt }) {
      try {
        await client.workflow.start<typeof processOrder>('processOrder', {
          args: [key],
          workflowId: journeyId(key),
          taskQueue,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowIdConflictPolicy: 'FAIL',
          requestEagerStart,
          staticSummary: `${channel} order, by ${source}`,
          typedSearchAttributes: new TypedSearchAttributes([
            { key: CHANNEL, value: channel },
            { key: SOURCE, value: source },
            { key: STAGE, value: 'collected' },
            { key: ORDERED_AT, value: orderedAt },
          ]),
        });
        return true;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
        throw error;
      }
    },
    async nudge(orderKey, signal) {
      try {
        await client.workflow.getHandle(journeyId(orderKey)).signal(signal);
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}
