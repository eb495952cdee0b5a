import type { Client } from '@temporalio/client';
import { type Command, Option } from 'commander';
import { describe } from '../doctor/check-schedules';
import { formatTime } from '../format';
import { applySchedules, INTERVALS, type Intervals, wantedSchedules } from '../schedules';
import { UseCaseError } from '../use-cases/use-case-error';
import { as, byOption, count, reasonOption } from './arguments';
import { print, say, table } from './output';
import { withServers } from './session';

export function addSchedules(program: Command): void {
  const schedules = program.command('schedules').description('what runs by itself, and how often');
  schedules
    .command('list', { isDefault: true })
    .description('every schedule with its last and next run')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  addApply(schedules);
  addDecision(schedules, 'pause', 'let a schedule rest', (handle, note) => handle.pause(note));
  addDecision(schedules, 'unpause', 'let a schedule run again', (handle, note) => handle.unpause(note));
  addDecision(schedules, 'trigger', 'run a schedule once, now', (handle) => handle.trigger());
}

function addApply(schedules: Command): void {
  const apply = schedules
    .command('apply')
    .description('make the schedules that the connections need, with these intervals; a paused one stays so');
  for (const [name, seconds] of Object.entries(INTERVALS))
    apply.addOption(
      new Option(`--${name} <seconds>`, `how often to ${name}`).argParser(as(count)).default(seconds),
    );
  apply.action(async (_, command: Command) => {
    const { json, ...intervals } = command.optsWithGlobals<Intervals & { json?: true }>();
    await withServers(async ({ temporal, database }) => {
      const wanted = await wantedSchedules(database.db, intervals);
      await applySchedules(temporal, wanted);
      const applied = wanted.map(({ scheduleId, everySeconds }) => ({ scheduleId, everySeconds }));
      print(json, applied, () =>
        table(
          ['schedule', 'every'],
          applied.map((s) => [s.scheduleId, `${s.everySeconds} s`]),
        ),
      );
    });
  });
}

type Handle = ReturnType<Client['schedule']['getHandle']>;

function addDecision(
  schedules: Command,
  name: string,
  description: string,
  decide: (handle: Handle, note: string) => Promise<unknown>,
): void {
  schedules
    .command(name)
    .description(description)
    .argument('<schedule>', 'as schedules list names it')
    .addOption(reasonOption().default('decided at the command line'))
    .addOption(byOption())
    .action(async (id: string, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<{ json?: true; by: string; reason: string }>();
      await withServers(async ({ temporal }) => {
        if ((await describe(temporal, id)) === undefined)
          throw new UseCaseError(`There is no schedule ${id}: boosta schedules list shows what there is.`);
        await decide(temporal.schedule.getHandle(id), `${by}: ${reason}`);
      });
      if (json === true) print(json, { schedule: id, done: name }, () => '');
      else say(`${id}: ${name} done.`);
    });
}

async function list({ json }: { json?: true }): Promise<void> {
  const shown = await withServers(async ({ temporal, database }) => {
    const wanted = await wantedSchedules(database.db);
    return Promise.all(wanted.map(({ scheduleId }) => standingOf(temporal, scheduleId)));
  });
  print(json, shown, () =>
    table(
      ['schedule', 'state', 'every', 'last run', 'next run'],
      shown.map((s) => [
        s.scheduleId,
        s.state,
        s.everySeconds === null ? '' : `${s.everySeconds} s`,
        s.lastRun === null ? '' : formatTime(s.lastRun),
        s.nextRun === null ? '' : formatTime(s.nextRun),
      ]),
    ),
  );
}

async function standingOf(temporal: Client, scheduleId: string) {
  const found = await describe(temporal, scheduleId);
  if (found === undefined)
    return { scheduleId, state: 'missing', everySeconds: null, lastRun: null, nextRun: null };
  return {
    scheduleId,
    state: found.state.paused ? 'paused' : 'running',
    everySeconds: (found.spec.intervals?.[0]?.every ?? 0) / 1000,
    lastRun: found.info.recentActions.at(-1)?.takenAt ?? null,
    nextRun: found.info.nextActionTimes[0] ?? null,
  };
}
