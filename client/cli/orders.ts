import type { Command } from 'commander';
import { Option } from 'commander';
import type { z } from 'zod';
import { searchOrders } from '../../db/queries/order-search';
import { STAGES, WAITING_REASONS, type WaitingReason } from '../../domain/stage';
import { formatTime, formatWon } from '../format';
import { omit } from '../omit';
import { filtersOfView } from '../use-cases/saved-views';
import { type OrderFilters, searchOf } from '../use-cases/search-orders';
import { type ShownOrder, showOrder } from '../use-cases/show-order';
import { as, byOption, code, count, day, lineUnits, orderKey, reasonOption, viewName } from './arguments';
import { addCommand, answer, type CommandOptions } from './order-command';
import { forTerminal, print, say, table } from './output';
import { withDatabase, withServers } from './session';
import { addTogether } from './together';

interface ListOptions extends Omit<OrderFilters, 'waiting'> {
  readonly json?: true;
  readonly view?: string;
  readonly by: string;
  readonly waiting?: WaitingReason | true;
  readonly limit: number;
}

export function addOrders(program: Command): void {
  const orders = program
    .command('orders')
    .description('list and show orders; hold, release, cancel, split, move, rematch one');
  orders
    .command('list')
    .description('orders, the newest first')
    .option('--view <name>', 'those of a saved view; other options come before what it says', as(viewName))
    .option('--q <text>', 'order no., tracking no., last four digits of a phone, name or 초성')
    .addOption(new Option('--stage <stage>', 'only those at this stage').choices(STAGES))
    .addOption(new Option('--waiting [reason]', 'only those that wait for somebody').choices(WAITING_REASONS))
    .option('--channel <channel>', 'only those of this channel', as(code))
    .option('--source <source>', 'only those of this source', as(code))
    .option('--from <day>', 'only those ordered from this day in Seoul on', as(day))
    .option('--to <day>', 'only those ordered up to this day in Seoul', as(day))
    .addOption(byOption("whose view it is, before everybody's"))
    .option('--limit <n>', 'at most so many', as(count), 50)
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  orders
    .command('show')
    .description('one order: where it stands, what to do next, and all that has happened to it')
    .argument('<key>', 'order key', as(orderKey))
    .action((key: string, _, command: Command) => show(key, command.optsWithGlobals<{ json?: true }>()));
  addCommand(orders, 'hold', 'keep an order in the house until it is released');
  addCommand(orders, 'release', 'let an order on hold go on');
  addCommand(orders, 'cancel', 'cancel an order, at the WMS too');
  addCommand(orders, 'takeChange', 'send what came after the WMS had the rest, too');
  addMove(orders);
  addTogether(orders);
  orders
    .command('split')
    .description('send a part of an order now and the rest later')
    .argument('<key>', 'order key', as(orderKey))
    .option('--line <line=units>', 'units of a line that go now; may be given again', addLine)
    .option('--available', 'what is in stock goes now')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => split(key, command));
  orders
    .command('rematch')
    .description('let an order look again now')
    .argument('<key>', 'order key', as(orderKey))
    .action((key: string, _, command: Command) => rematch(key, command.optsWithGlobals<{ json?: true }>()));
}

interface SplitOptions extends CommandOptions {
  readonly line?: readonly LineUnits[];
  readonly available?: true;
}

type LineUnits = z.infer<typeof lineUnits>;

function addLine(text: string, before: readonly LineUnits[] = []): LineUnits[] {
  return [...before, as(lineUnits)(text)];
}

async function split(key: string, command: Command): Promise<void> {
  const { json, by, reason, line: lines, available } = command.optsWithGlobals<SplitOptions>();
  if ((lines === undefined) === (available === undefined))
    command.error('error: it needs either --line or --available', { code: 'commander.missingArgument' });
  const { splitOrder } = await import('../use-cases/command-order.js');
  const asked = { by, reason, ...(lines === undefined ? {} : { lines }) };
  answer(json, key, await withServers((context) => splitOrder(context, key, asked)));
}

function addMove(orders: Command): void {
  orders
    .command('move')
    .description('have another WMS send it, once the one that has it has confirmed to have cancelled it')
    .argument('<key>', 'order key', as(orderKey))
    .requiredOption('--to <wms>', 'as boosta wms names it', as(code))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (key: string, _, command: Command) => {
      const { json, to, by, reason } = command.optsWithGlobals<CommandOptions & { to: string }>();
      const { moveOrder } = await import('../use-cases/command-order.js');
      answer(json, key, await withServers((context) => moveOrder(context, key, to, { by, reason })));
    });
}

async function list({ json, view, by, waiting, limit, ...given }: ListOptions): Promise<void> {
  const rows = await withDatabase(async ({ db }) => {
    const viewed = view === undefined ? {} : await filtersOfView(db, view, by);
    const reason = waiting === undefined || waiting === true ? {} : { waiting };
    const search = searchOf({ ...viewed, ...given, ...reason });
    return searchOrders(db, { ...search, isWaiting: waiting !== undefined }, undefined, limit);
  });
  const shown = rows.map((order) => omit(order, 'appliedRecord', 'sweptAt'));
  print(json, shown, () =>
    table(
      ['order', 'ordered', 'stage', 'waits for', 'changed'],
      shown.map((o) => [o.key, formatTime(o.orderedAt), o.stage, o.waiting, formatTime(o.updatedAt)]),
    ),
  );
  if (json !== true && rows.length === limit) say(`Only ${limit} are shown: see --limit.`);
}

async function show(key: string, { json }: { json?: true }): Promise<void> {
  const shown = await withDatabase(({ db }) => showOrder(db, key));
  print(json, shown, () => orderForPeople(shown));
}

async function rematch(key: string, { json }: { json?: true }): Promise<void> {
  const { rematchOrder } = await import('../use-cases/command-order.js');
  const standing = await withServers((context) => rematchOrder(context, key));
  const waits = standing.waiting === undefined ? '' : `, waiting: ${standing.waiting}`;
  print(json, { key, ...standing }, () => `${key} is ${standing.stage}${waits}`);
}

function orderForPeople({ order, workflowId, recipient, lines, next, timeline }: ShownOrder): string {
  const waits = order.waiting === null ? '' : `, waits: ${order.waiting}`;
  const nobody =
    order.erasedAt === null
      ? 'not read yet'
      : `somebody whose data was erased on ${formatTime(order.erasedAt)}`;
  const to =
    recipient === null
      ? nobody
      : `${recipient.name}, ${recipient.phone}, (${recipient.postcode}) ${recipient.address}`;
  return [
    `${order.key}  ${order.stage}${waits}`,
    `ordered ${formatTime(order.orderedAt)} on ${order.channel}, by ${order.source}; workflow ${workflowId}`,
    forTerminal(`to ${to}; shipping fee ${formatWon(order.shippingFee)}`),
    ...next.map((task) => forTerminal(`→ ${task.kind}: ${task.reason}\n  next: ${task.nextAction}`)),
    table(
      ['line', 'deal', 'option', 'units', 'amount', 'discount', 'configuration', 'match'],
      lines.map((line) => [
        line.lineNumber,
        line.deal,
        line.option,
        line.cancelledQuantity === 0 ? line.quantity : `${line.quantity} − ${line.cancelledQuantity}`,
        formatWon(line.amount),
        formatWon(line.discount),
        line.configuration === null ? '' : `${line.configuration} v${line.configurationVersion}`,
        line.configuration === null ? '' : matchOf(line.matchVersion),
      ]),
    ),
    table(
      ['time', 'what', 'details'],
      timeline.map((event) => [formatTime(event.at), event.what, event.says]),
    ),
  ].join('\n');
}

function matchOf(version: number | null): string {
  return version === null ? 'this order only' : `v${version}`;
}
