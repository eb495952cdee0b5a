import { type Command, Option } from 'commander';
import { STAGES, WAITING_REASONS } from '../../domain/stage';
import { formatTime } from '../format';
import {
  changeView,
  listViews,
  type Person,
  removeView,
  type ShownView,
  saveView,
} from '../use-cases/saved-views';
import type { OrderFilters } from '../use-cases/search-orders';
import { NotFound } from '../use-cases/use-case-error';
import { as, byOption, code, day, viewName } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly by: string;
  readonly shared?: true;
}

type SaveOptions = Options & Omit<OrderFilters, 'q'>;

export function addViews(program: Command): void {
  const views = program.command('views').description('filters of orders, kept under a name');
  views
    .command('list', { isDefault: true })
    .description("one's own and everybody's; boosta orders list --view NAME opens one")
    .addOption(byOption('whose'))
    .action((_, command: Command) => list(command.optsWithGlobals<Options>()));
  ofOne(views, 'save', 'keep filters under a name, over what it had')
    .addOption(new Option('--stage <stage>', 'only those at this stage').choices(STAGES))
    .addOption(new Option('--waiting <reason>', 'only those that wait for it').choices(WAITING_REASONS))
    .option('--channel <channel>', 'only those of this channel', as(code))
    .option('--source <source>', 'only those of this source', as(code))
    .option('--from <day>', 'only those ordered from this day in Seoul on', as(day))
    .option('--to <day>', 'only those ordered up to this day in Seoul', as(day))
    .action((name: string, _, command: Command) => save(name, command.optsWithGlobals<SaveOptions>()));
  ofOne(views, 'rename', 'give a view another name')
    .requiredOption('--to <name>', 'its new name', as(viewName))
    .action((name: string, _, command: Command) =>
      rename(name, command.optsWithGlobals<Options & { to: string }>()),
    );
  ofOne(views, 'remove', 'remove a view; the orders stay').action((name: string, _, command: Command) =>
    remove(name, command.optsWithGlobals<Options>()),
  );
}

function ofOne(views: Command, verb: string, description: string): Command {
  return views
    .command(verb)
    .description(description)
    .argument('<name>', 'view', as(viewName))
    .option('--shared', "everybody's, not one's own")
    .addOption(byOption('whose it is, and who does it'));
}

/** Who is at the command line has the database: no role says less. */
function personOf({ by }: Options): Person {
  return { name: by, role: 'administrator' };
}

async function list(options: Options): Promise<void> {
  const views = await withDatabase(({ db }) => listViews(db, personOf(options)));
  if (options.json !== true && views.length === 0) return say('No view is saved.');
  print(options.json, views, () =>
    table(
      ['view', 'whose', 'shows', 'orders', 'changed', 'by'],
      views.map((view) => [
        view.name,
        view.shared ? 'everybody' : options.by,
        filtersForPeople(view),
        view.orders,
        formatTime(view.changedAt),
        view.changedBy,
      ]),
    ),
  );
}

function filtersForPeople({ filters }: ShownView): string {
  const shown = Object.entries(filters).map(([name, value]) => `${name} ${value}`);
  return shown.join(', ') || 'all orders';
}

async function save(name: string, { json, by, shared, ...given }: SaveOptions): Promise<void> {
  const { stage, waiting, channel, source, from, to } = given;
  const filters = { stage, waiting, channel, source, from, to };
  const person = personOf({ by });
  await withDatabase(async (database) => {
    const known = (await listViews(database.db, person)).find(isView(name, shared));
    if (known === undefined) await saveView(database, { name, filters, shared: shared === true }, person);
    else await changeView(database, known.id, { version: known.version, name, filters }, person);
  });
  print(json, { name, shared: shared === true, filters }, () => `The view ${name} is saved.`);
}

async function rename(name: string, { json, to, ...options }: Options & { to: string }): Promise<void> {
  await withDatabase(async (database) => {
    const { id, version, filters } = await viewNamed(database.db, name, options);
    await changeView(database, id, { version, name: to, filters }, personOf(options));
  });
  print(json, { name: to, before: name }, () => `The view ${name} is called ${to} now.`);
}

async function remove(name: string, options: Options): Promise<void> {
  await withDatabase(async (database) => {
    const { id, version } = await viewNamed(database.db, name, options);
    await removeView(database, id, version, personOf(options));
  });
  print(options.json, { removed: name }, () => `The view ${name} is removed.`);
}

const isView = (name: string, shared?: true) => (view: ShownView) =>
  view.name === name && view.shared === (shared === true);

async function viewNamed(
  db: Parameters<typeof listViews>[0],
  name: string,
  options: Options,
): Promise<ShownView> {
  const found = (await listViews(db, personOf(options))).find(isView(name, options.shared));
  if (found === undefined)
    throw new NotFound(`There is no view ${name}: boosta views lists those there are.`);
  return found;
}
