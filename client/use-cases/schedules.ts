import {
  type Client,
  type ScheduleDescription,
  ScheduleNotFoundError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import type { Servers } from '../connect';
import { wantedSchedules } from '../schedules';
import { ChangedMeanwhile, NotFound } from './use-case-error';

/** Undefined when there is no such schedule. */
export async function describeSchedule(
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

export function everySeconds({ spec }: ScheduleDescription): number {
  return (spec.intervals?.[0]?.every ?? 0) / 1000;
}

/** The newest run that is through; the one under way says nothing yet. */
export async function lastEnded(temporal: Client, { info }: ScheduleDescription) {
  for (const { action } of info.recentActions.toReversed()) {
    const { workflowId, firstExecutionRunId } = action.workflow;
    try {
      const { status } = await temporal.workflow.getHandle(workflowId, firstExecutionRunId).describe();
      if (status.name !== 'RUNNING') return { workflowId, status: status.name };
    } catch (error) {
      // Its history is gone by now, and so are those of the runs before it.
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }
  return undefined;
}

export interface ScheduleStanding {
  readonly scheduleId: string;
  readonly state: 'running' | 'paused' | 'missing';
  /** Who paused it, and why. */
  readonly note: string | null;
  readonly everySeconds: number | null;
  readonly lastRun: Date | null;
  readonly nextRun: Date | null;
  /** How the last run that is through has ended, in Temporal's word; null where none is. */
  readonly lastResult: string | null;
}

/** What runs by itself for the connections in use, and how it stands. */
export async function listSchedules(temporal: Client, db: Db): Promise<ScheduleStanding[]> {
  const wanted = await wantedSchedules(db);
  return Promise.all(
    wanted.map(async ({ scheduleId }) => {
      const found = await describeSchedule(temporal, scheduleId);
      const ended = found && (await lastEnded(temporal, found));
      return { ...standingOf(scheduleId, found), lastResult: ended?.status ?? null };
    }),
  );
}

function standingOf(
  scheduleId: string,
  found: ScheduleDescription | undefined,
): Omit<ScheduleStanding, 'lastResult'> {
  if (found === undefined)
    return { scheduleId, state: 'missing', note: null, everySeconds: null, lastRun: null, nextRun: null };
  const { paused, note } = found.state;
  return {
    scheduleId,
    state: paused ? 'paused' : 'running',
    note: paused ? (note ?? null) : null,
    everySeconds: everySeconds(found),
    lastRun: found.info.recentActions.at(-1)?.takenAt ?? null,
    nextRun: paused ? null : (found.info.nextActionTimes[0] ?? null),
  };
}

export type ScheduleCommand = 'pause' | 'unpause' | 'trigger';

/**
 * Lets a schedule rest, lets it run again, or runs it once now, also while it rests.
 *
 * @throws NotFound; ChangedMeanwhile where somebody else has paused it, or let it run again, before.
 */
export async function commandSchedule(
  { temporal, database }: Servers,
  scheduleId: string,
  what: ScheduleCommand,
  command: Command,
): Promise<void> {
  const found = await describeSchedule(temporal, scheduleId);
  if (found === undefined)
    throw new NotFound(`There is no schedule ${scheduleId}: boosta schedules list shows what there is.`);
  const { paused, note: before } = found.state;
  if ((what === 'pause' && paused) || (what === 'unpause' && !paused))
    throw new ChangedMeanwhile(
      `${scheduleId} is ${paused ? `paused already (${before})` : 'running already'}.`,
    );
  const handle = temporal.schedule.getHandle(scheduleId);
  const note = `${command.by}: ${command.reason}`;
  if (what === 'trigger') await handle.trigger();
  else await handle[what](note);
  const subject = `schedule/${scheduleId}`;
  await recordAudit(database.db, { ...command, action: `schedule.${what}`, subject });
}
