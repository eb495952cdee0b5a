import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Random } from '../../../sandbox/generator/random';
import type { Fault } from './fault';
import { type RunningJourney, someRunning, toEach } from './running-journeys';

/** Open journeys are set back to an earlier point, and live through what follows a second time. */
export const resetWorkflows: Fault = {
  kind: 'reset-workflows',
  async inject({ temporal, context }, random) {
    const count = random.between(2, 6);
    return temporal.turns.take(async () => {
      const chosen = await someRunning(context.temporal, random, count);
      return toEach(chosen, (journey) => reset(context.temporal, journey, random));
    });
  },
};

async function reset(client: Client, { workflowId, runId }: RunningJourney, random: Random): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const points = (events ?? []).flatMap((event) =>
    event.workflowTaskCompletedEventAttributes && event.eventId ? [event.eventId] : [],
  );
  await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId },
    reason: 'the campaign sets it back',
    workflowTaskFinishEventId: random.pick(points),
    requestId: randomUUID(),
  });
}
