import { type Command, Option } from 'commander';
import { formatTime } from '../format';
import { applySchedules, INTERVALS, type Intervals, wantedSchedules } from '../schedules';
import { commandSchedule, listSchedules, type ScheduleCommand } from '../use-cases/schedules';
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
  addDecision(schedules, 'pause', 'let a schedule rest');
  addDecision(schedules, 'unpause', 'let a schedule run again');
  addDecision(schedules, 'trigger', 'run a schedule once, now');
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

function addDecision(schedules: Command, what: ScheduleCommand, description: string): void {
  schedules
    .command(what)
    .description(description)
    .argument('<schedule>', 'as schedules list names it')
    .addOption(reasonOption().default('decided at the command line'))
    .addOption(byOption())
    .action(async (id: string, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<{ json?: true; by: string; reason: string }>();
      await withServers((context) => commandSchedule(context, id, what, { by, reason }));
      if (json === true) print(json, { schedule: id, done: what }, () => '');
      else say(`${id}: ${what} done.`);
    });
}

async function list({ json }: { json?: true }): Promise<void> {
  const shown = await withServers(({ temporal, database }) => listSchedules(temporal, database.db));
  print(json, shown, () =>
    table(
      ['schedule', 'state', 'every', 'last run', 'last result', 'next run'],
      shown.map((s) => [
        s.scheduleId,
        s.state,
        s.everySeconds === null ? '' : `${s.everySeconds} s`,
        s.lastRun === null ? '' : formatTime(s.lastRun),
        s.lastResult?.toLowerCase() ?? '',
        s.nextRun === null ? '' : formatTime(s.nextRun),
      ]),
    ),
  );
}
