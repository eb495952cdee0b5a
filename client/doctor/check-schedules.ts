import type { Client } from '@temporalio/client';
import type { wantedSchedules } from '../schedules';
import { describeSchedule, everySeconds, lastEnded } from '../use-cases/schedules';
import { FIX, type Finding, ok, wrong } from './finding';

type Wanted = Awaited<ReturnType<typeof wantedSchedules>>;

/** Each schedule that the connections need: there, not paused, and its last run not failed. */
export async function checkSchedules(temporal: Client, wanted: Wanted): Promise<Finding[]> {
  return Promise.all(wanted.map(({ scheduleId }) => checkSchedule(temporal, scheduleId)));
}

async function checkSchedule(temporal: Client, scheduleId: string): Promise<Finding> {
  const check = `schedule ${scheduleId}`;
  const found = await describeSchedule(temporal, scheduleId);
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
