import type { Client } from '@temporalio/client';
import { inParallel } from '../../activities/parallel';

const AT_ONCE = 8;

/**
 * Everything that Temporal keeps of a namespace, as text: of each execution its history, memo, search attributes and
 * summary, and of each schedule.
 */
export async function temporalTexts(client: Client): Promise<Map<string, string>> {
  const executions: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) executions.push({ workflowId, runId });
  const texts = new Map<string, string>();
  await inParallel(AT_ONCE, executions, async ({ workflowId, runId }) => {
    const handle = client.workflow.getHandle(workflowId, runId);
    const { raw, memo, typedSearchAttributes } = await handle.describe();
    const told = [raw, memo, typedSearchAttributes.getAll(), await handle.fetchHistory()];
    texts.set(`${workflowId} ${runId}`, told.map(decoded).join(' '));
  });
  for await (const { scheduleId } of client.schedule.list()) {
    const described = await client.schedule.getHandle(scheduleId).describe();
    texts.set(`schedule ${scheduleId}`, decoded(described.raw));
  }
  return texts;
}

/** What journeys say of themselves in the Temporal UI while a worker is there to ask: where each stands, and why. */
export async function detailsOfJourneys(client: Client): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'WorkflowType = "processOrder"' }))
    ids.add(workflowId);
  const details: string[] = [];
  await inParallel(AT_ONCE, [...ids], async (id) => {
    details.push(decoded(await client.workflow.getHandle(id).query('__temporal_workflow_metadata')));
  });
  return details;
}

/** Payloads are bytes; as base64 nothing would be found in them. */
function decoded(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (field instanceof Uint8Array) return Buffer.from(field).toString('utf8');
    return typeof field === 'bigint' ? String(field) : field;
  });
}
