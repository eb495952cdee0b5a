import type { Fault } from './fault';
import { countDone, someRunning } from './running-journeys';

/** Somebody terminates open journeys; the sweep is to see to their orders. */
export const terminateWorkflows: Fault = {
  kind: 'terminate-workflows',
  async inject({ temporal, context }, random) {
    const count = random.between(2, 6);
    return temporal.turns.take(async () => {
      const chosen = await someRunning(context.temporal, random, count);
      const done = await countDone(
        chosen.map(({ workflowId, runId }) =>
          context.temporal.workflow.getHandle(workflowId, runId).terminate('the campaign ends it'),
        ),
      );
      return `${done} of ${chosen.length} journeys`;
    });
  },
};
