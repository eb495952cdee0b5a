import type { Client } from '@temporalio/client';
import type { Random } from '../../../sandbox/generator/random';

const AMONG = 100;

export interface RunningJourney {
  readonly workflowId: string;
  readonly runId: string;
}

/** Some of the journeys that are open, chosen by `random` among the first that Temporal names. */
export async function someRunning(client: Client, random: Random, count: number): Promise<RunningJourney[]> {
  const query = 'WorkflowType = "processOrder" AND ExecutionStatus = "Running"';
  const found: RunningJourney[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: AMONG })) {
    found.push({ workflowId, runId });
    if (found.length === AMONG) break;
  }
  const chosen: RunningJourney[] = [];
  while (chosen.length < count && found.length > 0)
    chosen.push(...found.splice(random.between(0, found.length - 1), 1));
  return chosen;
}

/** Does something to each; one that has ended meanwhile is no failure of the fault. @throws when all fail. */
export async function toEach<T>(things: readonly T[], act: (thing: T) => Promise<unknown>): Promise<string> {
  const results = await Promise.allSettled(things.map(act));
  const failed = results.filter((result) => result.status === 'rejected');
  const [first] = failed;
  if (first !== undefined && failed.length === things.length) throw first.reason;
  return `${things.length - failed.length} of ${things.length} journeys`;
}
