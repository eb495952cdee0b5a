import type { Command } from 'commander';
import { listBans, listWindows } from '../../db/queries/packing';
import { formatTime } from '../format';
import {
  addPackingBan,
  endPackingBan,
  listGroups,
  proposeGroups,
  setPackingWindow,
} from '../use-cases/packing';
import { as, byOption, code, count, endMoment, level, moment, reasonOption, recordNumber } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface Decision {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

interface BanOptions extends Decision {
  readonly channel?: string;
  readonly item?: string;
  readonly configuration?: string;
  readonly from?: Date;
  readonly to?: Date;
}

interface WindowOptions extends Omit<Decision, 'reason'> {
  readonly reason?: string;
  readonly channel?: string;
  readonly minutes?: number;
  readonly orders?: number;
  readonly pieces?: number;
}

export function addPacking(program: Command): void {
  const packing = program.command('packing').description('orders of one receiver that go out together');
  packing
    .command('list', { isDefault: true })
    .description('what waits for companions, and until when')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  packing
    .command('proposals')
    .description('orders whose receivers are nearly the same; boosta orders combine packs them together')
    .action((_, command: Command) => proposals(command.optsWithGlobals<{ json?: true }>()));
  packing
    .command('window')
    .description('how long orders wait for companions; without --minutes: how it is set')
    .option('--channel <channel>', 'of this channel (default: of all that have no own)', as(code))
    .option('--minutes <n>', 'from when the first was ready; 0: not at all', as(level))
    .option('--orders <n>', 'at most so many orders in a parcel', as(count))
    .option('--pieces <n>', 'at most so many pieces in a parcel', as(count))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((_, command: Command) => window(command));
  addRules(packing);
}

function addRules(packing: Command): void {
  packing
    .command('rules')
    .description('what is packed with no other orders')
    .action((_, command: Command) => rules(command.optsWithGlobals<{ json?: true }>()));
  const rule = packing.command('rule').description('have something packed with no other orders, or end that');
  rule
    .command('add')
    .option('--channel <channel>', 'orders of this channel', as(code))
    .option('--item <code>', 'orders with this item', as(code))
    .option('--configuration <code>', 'orders with this configuration', as(code))
    .option('--from <time>', 'from when on (default: now)', as(moment))
    .option('--to <time>', 'until when (default: until it is ended)', as(endMoment))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => add(command.optsWithGlobals<BanOptions>()));
  rule
    .command('end')
    .argument('<id>', 'rule', as(recordNumber))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (id: number, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<Decision>();
      await withDatabase((database) => endPackingBan(database, id, { by, reason }));
      print(json, { id, endedBy: by }, () => `Rule ${id} has ended.`);
    });
}

async function list({ json }: { json?: true }): Promise<void> {
  const groups = await withDatabase(({ db }) => listGroups(db));
  if (json !== true && groups.length === 0) return say('Nothing waits for companions.');
  print(json, groups, () =>
    table(
      ['until', 'to', 'orders'],
      groups.map(({ packsUntil, recipient, orders }) => [
        packsUntil === null ? null : formatTime(packsUntil),
        recipient?.name ?? null,
        orders.join(', '),
      ]),
    ),
  );
}

async function proposals({ json }: { json?: true }): Promise<void> {
  const found = await withDatabase(({ db }) => proposeGroups(db));
  if (json !== true && found.length === 0) return say('No receivers are nearly the same.');
  print(json, found, () =>
    table(
      ['order', 'and', 'differ in', 'here', 'there'],
      found.map(({ orderKey, other, difference: { differs, here, there } }) => [
        orderKey,
        other,
        differs,
        here,
        there,
      ]),
    ),
  );
}

async function rules({ json }: { json?: true }): Promise<void> {
  const bans = await withDatabase(({ db }) => listBans(db));
  if (json !== true && bans.length === 0) return say('No rule keeps anything apart.');
  print(json, bans, () =>
    table(
      ['id', 'channel', 'item', 'configuration', 'reason', 'from', 'to', 'by'],
      bans.map((ban) => [
        ban.id,
        ban.channel || '(any)',
        ban.itemCode || '(any)',
        ban.configuration || '(any)',
        ban.reason,
        formatTime(ban.validFrom),
        ban.validTo === null ? null : formatTime(ban.validTo),
        ban.madeBy,
      ]),
    ),
  );
}

async function add(given: BanOptions): Promise<void> {
  const { json, channel = '', item: itemCode = '', configuration = '', from, to, by: madeBy, reason } = given;
  const ban = { channel, itemCode, configuration, reason, validFrom: from, validTo: to, madeBy };
  const id = await withDatabase((database) => addPackingBan(database, ban));
  print(json, { id }, () => `Rule ${id} keeps such orders apart from now on.`);
}

async function window(command: Command): Promise<void> {
  const { json, by, reason, channel = '', ...given } = command.optsWithGlobals<WindowOptions>();
  const { minutes, orders: mostOrders = null, pieces: mostPieces = null } = given;
  if (minutes !== undefined && reason === undefined)
    command.error('error: to set it, say why: --reason', { code: 'commander.missingArgument' });
  if (minutes !== undefined && reason !== undefined)
    await withDatabase((database) =>
      setPackingWindow(database, { channel, minutes, mostOrders, mostPieces }, { by, reason }),
    );
  const windows = await withDatabase(({ db }) => listWindows(db));
  if (json !== true && windows.length === 0) return say('No window is set: orders wait for no companions.');
  print(json, windows, () =>
    table(
      ['channel', 'minutes', 'orders', 'pieces', 'set by', 'at'],
      windows.map((set) => [
        set.channel || '(others)',
        set.minutes,
        set.mostOrders,
        set.mostPieces,
        set.setBy,
        formatTime(set.setAt),
      ]),
    ),
  );
}
