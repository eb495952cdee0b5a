import type { Fault } from './fault';
import { someRunning, toEach } from './running-journeys';

/** Somebody terminates open journeys; the sweep is to see to their orders. */
export const terminateWorkflows: Fault = {
  kind: 'terminate-workflows',
  async inject({ temporal, context }, random) {
    const count = random.between(2, 6);
    return temporal.turns.take(async () => {
      const chosen = await someRunning(context.temporal, random, count);
      return toEach(chosen, ({ workflowId, runId }) =>
        context.temporal.workflow.getHandle(workflowId, runId).terminate('the campaign ends it'),
      );
    });
  },
};
