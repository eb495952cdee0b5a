import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { workflowIds } from '../../workflows/names';

type Signal = 'rematch' | 'shipped' | 'changed';

const AT_ONCE = 20;

/**
 * Tells the journeys of these orders to look again. An order whose journey is not open gets one from the
 * sweep, and looks then.
 *
 * @returns how many heard it.
 */
export async function nudgeOrders(
  temporal: Client,
  keys: readonly string[],
  signal: Signal = 'rematch',
): Promise<number> {
  let heard = 0;
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const answers = await Promise.all(
      keys.slice(from, from + AT_ONCE).map((key) => nudge(temporal, key, signal)),
    );
    heard += answers.filter(Boolean).length;
  }
  return heard;
}

async function nudge(temporal: Client, key: string, signal: Signal): Promise<boolean> {
  try {
    await temporal.workflow.getHandle(workflowIds.journey(key)).signal(signal);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
