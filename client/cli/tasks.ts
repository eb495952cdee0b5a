import { type Command, Option } from 'commander';
import { TASK_KINDS, type TaskKind } from '../../domain/task';
import { formatTime } from '../format';
import { omit } from '../omit';
import { finishTask, listTasks } from '../use-cases/tasks';
import { as, byOption, count, reasonOption, recordNumber } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface ListOptions {
  readonly json?: true;
  readonly kind?: TaskKind;
  readonly limit: number;
}

export function addTasks(program: Command): void {
  const tasks = program.command('tasks').description('what waits for a person, with the next safe action');
  tasks
    .command('list', { isDefault: true })
    .description('open tasks, the oldest first')
    .addOption(new Option('--kind <kind>', 'only those of this kind').choices(TASK_KINDS))
    .option('--limit <n>', 'at most so many', as(count), 200)
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  tasks
    .command('close')
    .description('say that a task is done which nothing else closes')
    .argument('<id>', 'task', as(recordNumber))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (id: number, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<{ json?: true; by: string; reason: string }>();
      const { kind } = await withDatabase((database) => finishTask(database, id, { by, reason }));
      print(json, { id, kind, closedBy: by }, () => `Task ${id} (${kind}) is closed.`);
    });
}

async function list({ json, kind, limit }: ListOptions): Promise<void> {
  const tasks = await withDatabase(({ db }) => listTasks(db, { kind, limit }));
  const shown = tasks.map((task) => omit(task, 'openKey', 'closedAt', 'closedBy'));
  if (json !== true && shown.length === 0) return say('Nothing waits for a person.');
  print(json, shown, () =>
    table(
      ['id', 'since', 'kind', 'of', 'reason', 'next'],
      shown.map((task) => [
        task.id,
        formatTime(task.openedAt),
        task.kind,
        task.orderKey ?? task.connectionId,
        task.reason,
        task.nextAction,
      ]),
    ),
  );
}
