import { type Client, type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client';
import type { wantedSchedules } from '../schedules';
import { FIX, type Finding, ok, wrong } from './finding';

type Wanted = Awaited<ReturnType<typeof wantedSchedules>>;

/** Each schedule that the connections need: there, not paused, and its last run not failed. */
export async function checkSchedules(temporal: Client, wanted: Wanted): Promise<Finding[]> {
  return Promise.all(wanted.map(({ scheduleId }) => checkSchedule(temporal, scheduleId)));
}

async function checkSchedule(temporal: Client, scheduleId: string): Promise<Finding> {
  const check = `schedule ${scheduleId}`;
  const found = await describe(temporal, scheduleId);
  if (found === undefined) return wrong(check, 'it is missing', FIX);
  if (found.state.paused) {
    const why = found.state.note === undefined ? '' : ` (${found.state.note})`;
    return wrong(check, `it is paused${why}`, `npx boosta schedules unpause ${scheduleId}`);
  }
  const every = `every ${everySeconds(found)} s`;
  const last = await lastEnded(temporal, found);
  if (last === undefined) return ok(check, `${every}; no run has ended yet`);
  const says = `last run ${last.status.toLowerCase()}`;
  if (last.status === 'COMPLETED' || last.status === 'CONTINUED_AS_NEW')
    return ok(check, `${every}; ${says}`);
  const look = `npm run temporal -- workflow show --workflow-id '${last.workflowId}' tells why`;
  return wrong(check, says, `npx boosta schedules trigger ${scheduleId} runs it again; ${look}`);
}

/** The newest run that is through; the one under way says nothing yet. */
async function lastEnded(temporal: Client, { info }: ScheduleDescription) {
  for (const { action } of info.recentActions.toReversed()) {
    const { workflowId, firstExecutionRunId } = action.workflow;
    const { status } = await temporal.workflow.getHandle(workflowId, firstExecutionRunId).describe();
    if (status.name !== 'RUNNING') return { workflowId, status: status.name };
  }
  return undefined;
}

/** Undefined when there is no such schedule. */
export async function describe(
  temporal: Client,
  scheduleId: string,
): Promise<ScheduleDescription | undefined> {
  try {
    return await temporal.schedule.getHandle(scheduleId).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

function everySeconds({ spec }: ScheduleDescription): number {
  return (spec.intervals?.[0]?.every ?? 0) / 1000;
}
