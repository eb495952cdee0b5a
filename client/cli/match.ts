import type { Command } from 'commander';
import { listConfigurations } from '../../db/queries/matches';
import type { Deal } from '../../domain/deal';
import { groupBy } from '../../domain/group-by';
import type { Context } from '../connect';
import { omit } from '../omit';
import { addMatch, dealOfOrder, listDeals, matchOnce } from '../use-cases/match-deals';
import { UseCaseError } from '../use-cases/use-case-error';
import { as, byOption, code, count, orderKey, reasonOption, wording } from './arguments';
import { print, say, table } from './output';
import { withDatabase, withServers } from './session';

interface AddOptions {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
  readonly configuration: string;
  readonly channel?: string;
  readonly deal?: string;
  readonly option: string;
  readonly order?: string;
  readonly line?: string;
}

export function addMatches(program: Command): void {
  const match = program.command('match').description('say what a deal stands for');
  match
    .command('list')
    .description('deals that nobody has decided with the orders that wait, then the known ones')
    .option('--limit <n>', 'at most so many known ones', as(count), 200)
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true; limit: number }>()));
  match
    .command('configurations')
    .description('what a deal can stand for')
    .action((_, command: Command) => configurations(command.optsWithGlobals<{ json?: true }>()));
  match
    .command('add')
    .description('remember what a deal stands for; every order that waits for it goes on')
    .requiredOption('--configuration <code>', 'what it stands for', as(code))
    .option('--channel <channel>', 'where it is sold', as(code))
    .option('--deal <text>', 'the product wording, as match list shows it', as(wording))
    .option('--option <text>', 'the option wording', '')
    .option('--order <key>', 'or: take the wording from this order', as(orderKey))
    .option('--line <number>', 'its line, where it has several')
    .addOption(reasonOption().default('as the wording says'))
    .addOption(byOption())
    .action((_, command: Command) => add(command.optsWithGlobals<AddOptions>()));
  match
    .command('once')
    .description('decide one line of one order, and nothing else')
    .argument('<key>', 'order key', as(orderKey))
    .requiredOption('--configuration <code>', 'what it stands for', as(code))
    .option('--line <number>', 'the line, where the order has several')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => once(key, command.optsWithGlobals<AddOptions>()));
}

async function list({ json, limit }: { json?: true; limit: number }): Promise<void> {
  const { unknown, known } = await withDatabase(({ db }) => listDeals(db, limit));
  const shown = {
    unknown: unknown.map((deal) => omit(deal, 'dealKey')),
    known: known.map((match) => omit(match, 'dealKey')),
  };
  print(json, shown, () =>
    [
      unknown.length === 0 ? 'No order waits for a match.' : 'Nobody has decided these:',
      ...(unknown.length === 0
        ? []
        : [
            table(
              ['orders', 'channel', 'deal', 'option', 'for example'],
              unknown.map((u) => [u.orders, u.channel, u.deal, u.option, u.example]),
            ),
            `Next: boosta match add --order ${unknown[0]?.example} --configuration CODE (boosta match configurations)`,
          ]),
      table(
        ['channel', 'deal', 'option', 'configuration', 'v', 'by'],
        known.map((k) => [k.channel, k.deal, k.option, k.configuration, k.version, k.madeBy]),
      ),
    ].join('\n'),
  );
}

async function configurations({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(({ db }) => listConfigurations(db));
  const shown = [...groupBy(rows, (row) => row.code).values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { code: name, name: title, version } = first;
    return [{ code: name, name: title, version, items: items.map(pieceOf) }];
  });
  print(json, shown, () =>
    table(
      ['configuration', 'name', 'v', 'items'],
      shown.map((c) => [
        c.code,
        c.name,
        c.version,
        c.items.map((i) => `${i.itemCode} ${i.itemName} × ${i.quantity}`).join('\n'),
      ]),
    ),
  );
}

function pieceOf({ itemCode, itemName, quantity }: { itemCode: string; itemName: string; quantity: number }) {
  return { itemCode, itemName, quantity };
}

async function add(options: AddOptions): Promise<void> {
  const { json, by, reason, configuration } = options;
  await withServers(async (context) => {
    const deal = await dealOf(context, options);
    const matched = await addMatch(context, deal, configuration, { by, reason });
    print(json, { ...deal, configuration, ...matched }, () => {
      const wording = deal.option === '' ? deal.deal : `${deal.deal} / ${deal.option}`;
      return `${deal.channel}: ${wording} → ${configuration} (v${matched.version}); ${matched.rematched} of ${matched.orders} waiting orders look again`;
    });
    if (matched.rematched < matched.orders) say('The sweep sees to the others within two minutes.');
  });
}

async function dealOf({ database }: Context, options: AddOptions): Promise<Deal> {
  const { channel, deal, option, order, line } = options;
  if (order !== undefined) return dealOfOrder(database.db, order, line);
  if (channel !== undefined && deal !== undefined) return { channel, deal, option };
  throw new UseCaseError('Name the deal by --channel, --deal and --option, or by --order and --line.');
}

async function once(key: string, options: AddOptions): Promise<void> {
  const { json, by, reason, configuration, line } = options;
  const done = await withServers((context) => matchOnce(context, key, line, configuration, { by, reason }));
  print(
    json,
    { key, configuration, ...done },
    () => `${done.lineKey} → ${configuration}, for this order only`,
  );
}
