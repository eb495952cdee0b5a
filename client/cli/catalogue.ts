import type { Command } from 'commander';
import type { z } from 'zod';
import { findConfiguration, findItem, listItems } from '../../db/queries/catalogue';
import { listConfigurations, setConfiguration, setItem } from '../use-cases/catalogue';
import { UseCaseError } from '../use-cases/use-case-error';
import { as, byOption, code, count, itemPieces, itemPrice, reasonOption, wording } from './arguments';
import { addListFiles } from './lists';
import { print, table } from './output';
import { withDatabase } from './session';

interface ListOptions {
  readonly json?: true;
  readonly find?: string;
  readonly limit: number;
}

interface SetOptions {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
  readonly name?: string;
}

export function addItems(program: Command): void {
  const items = program.command('items').description('what the warehouses stock');
  listOf(items, listThem);
  addListFiles(items, 'items');
  items
    .command('set')
    .description('add an item, or change it; what is not given stays')
    .argument('<code>', 'item', as(code))
    .option('--name <text>', 'what people call it', as(wording))
    .option('--price <won>', 'reference price, by which sales of a set are split', as(itemPrice))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((item: string, _, command: Command) =>
      changeItem(item, command.optsWithGlobals<SetOptions & { price?: bigint }>()),
    );
}

export function addConfigurations(program: Command): void {
  const configurations = program.command('configurations').description('what we sell: named sets of items');
  listOf(configurations, listSets);
  addListFiles(configurations, 'configurations');
  configurations
    .command('set')
    .description('add a configuration, or make a new version of it; orders that are matched keep theirs')
    .argument('<code>', 'configuration', as(code))
    .option('--name <text>', 'what people call it', as(wording))
    .option('--item <item=pieces>', 'an item in it; once for each, all of them', collectPieces, [])
    .option(
      '--bundle <configuration=count>',
      'another configuration in it; once for each, all of them',
      collectPieces,
      [],
    )
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((configuration: string, _, command: Command) =>
      changeSet(configuration, command.optsWithGlobals<SetOptions & Contents>()),
    );
}

function listOf(group: Command, list: (options: ListOptions) => Promise<void>): void {
  group
    .command('list', { isDefault: true })
    .description('by code')
    .option('--find <text>', 'only those whose code or name contains this', as(wording))
    .option('--limit <n>', 'at most so many', as(count), 500)
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
}

type Pieces = readonly z.infer<typeof itemPieces>[];
type Contents = { readonly item: Pieces; readonly bundle: Pieces };

function collectPieces(text: string, before: Pieces = []): Pieces {
  return [...before, as(itemPieces)(text)];
}

async function listThem({ json, find: text, limit }: ListOptions): Promise<void> {
  const items = await withDatabase(({ db }) => listItems(db, { text, limit }));
  const shown = items.map((item) => ({ ...item, referencePrice: item.referencePrice.toString() }));
  print(json, shown, () =>
    table(
      ['item', 'name', 'price', 'v'],
      shown.map((item) => [item.code, item.name, item.referencePrice, item.version]),
    ),
  );
}

async function listSets({ json, find: text, limit }: ListOptions): Promise<void> {
  const shown = await withDatabase(({ db }) => listConfigurations(db, { text, limit }));
  print(json, shown, () =>
    table(
      ['configuration', 'name', 'v', 'matches', 'items'],
      shown.map((c) => [
        c.code,
        c.name,
        c.version,
        c.matches,
        c.items.map((i) => `${i.itemCode} ${i.itemName} × ${i.quantity}`).join('\n'),
      ]),
    ),
  );
}

async function changeItem(item: string, options: SetOptions & { price?: bigint }): Promise<void> {
  const { json, by, reason } = options;
  const version = await withDatabase(async (database) => {
    const known = await findItem(database.db, item);
    const name = options.name ?? known?.name;
    const referencePrice = options.price ?? known?.referencePrice;
    if (name === undefined || referencePrice === undefined)
      throw new UseCaseError(`There is no item ${item} yet: give --name and --price.`);
    const given = { code: item, name, referencePrice, version: known?.version ?? 0 };
    return setItem(database, given, { by, reason });
  });
  print(json, { code: item, version }, () => `${item} is at version ${version}.`);
}

async function changeSet(configuration: string, options: SetOptions & Contents): Promise<void> {
  const { json, by, reason, item: items } = options;
  const bundles = options.bundle.map(({ itemCode, quantity }) => ({ configuration: itemCode, quantity }));
  const version = await withDatabase(async (database) => {
    const known = await findConfiguration(database.db, configuration);
    const name = options.name ?? known?.name;
    if (name === undefined)
      throw new UseCaseError(`There is no configuration ${configuration} yet: give --name.`);
    const given = { code: configuration, name, items, bundles, version: known?.version ?? 0 };
    return setConfiguration(database, given, { by, reason });
  });
  print(json, { code: configuration, version }, () => `${configuration} is at version ${version}.`);
}
