import type { Command } from 'commander';
import { ledgerOf, type StockLedgerRow } from '../../db/queries/stock-ledger';
import { listLevels } from '../../db/queries/stock-levels';
import { formatTime } from '../format';
import { omit } from '../omit';
import { setStock, showStock, showStockAt } from '../use-cases/stock';
import { as, byOption, code, count, level, levelOrNone, moment, reasonOption } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface ListOptions {
  readonly json?: true;
  readonly wms?: string;
  readonly item?: string;
  readonly short?: true;
}

interface ShowOptions {
  readonly json?: true;
  readonly wms: string;
  readonly item: string;
  readonly at?: Date;
}

interface LedgerOptions {
  readonly json?: true;
  readonly wms?: string;
  readonly item: string;
  readonly limit: number;
}

interface SetOptions {
  readonly json?: true;
  readonly wms: string;
  readonly item: string;
  readonly safety?: number;
  readonly warn?: number | 'none';
  readonly by: string;
  readonly reason: string;
}

export function addStock(program: Command): void {
  const stock = program.command('stock').description('what each WMS has, promised and free, now and before');
  const wms = 'as boosta wms names it';
  stock
    .command('list', { isDefault: true })
    .description('stock by WMS and item')
    .option('--wms <wms>', wms, as(code))
    .option('--item <code>', 'only this item', as(code))
    .option('--short', 'only what orders wait for, or what is below its warning level')
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  stock
    .command('show')
    .description('an item at a WMS: now with who waits for it, or at a past moment')
    .requiredOption('--wms <wms>', wms, as(code))
    .requiredOption('--item <code>', 'item', as(code))
    .option('--at <time>', 'as it was then', as(moment))
    .action((_, command: Command) => show(command.optsWithGlobals<ShowOptions>()));
  stock
    .command('ledger')
    .description('every change of an item, the newest first')
    .requiredOption('--item <code>', 'item', as(code))
    .option('--wms <wms>', wms, as(code))
    .option('--limit <n>', 'at most so many', as(count), 50)
    .action((_, command: Command) => ledger(command.optsWithGlobals<LedgerOptions>()));
  stock
    .command('set')
    .description('what is never promised of an item, and below which level it is a task')
    .requiredOption('--wms <wms>', wms, as(code))
    .requiredOption('--item <code>', 'item', as(code))
    .option('--safety <n>', 'so many pieces are never promised', as(level))
    .option('--warn <n>', 'a task when less than this is available; none: no warning', as(levelOrNone))
    .addOption(reasonOption().default('set at the command line'))
    .addOption(byOption())
    .action((_, command: Command) => set(command, command.optsWithGlobals<SetOptions>()));
}

async function list({ json, wms, item: itemCode, short: shortOnly }: ListOptions): Promise<void> {
  const levels = await withDatabase(({ db }) => listLevels(db, { wms, itemCode, shortOnly }));
  print(json, levels, () =>
    table(
      [
        'WMS',
        'item',
        'name',
        'on hand',
        'allocated',
        'shipped since',
        'safety',
        'available',
        'incoming',
      ].concat(['waited for', 'warn below', 'counted']),
      levels.map((row) => [
        row.wms,
        row.itemCode,
        row.name,
        row.onHand,
        row.allocated,
        row.shippedSince,
        row.safety,
        row.available,
        row.incoming,
        row.waitedFor,
        row.warnBelow,
        row.snapshotAt === null ? 'never' : formatTime(row.snapshotAt),
      ]),
    ),
  );
}

async function show({ json, wms, item: itemCode, at }: ShowOptions): Promise<void> {
  const key = { wms, itemCode };
  if (at !== undefined) {
    const was = await withDatabase(({ db }) => showStockAt(db, key, at));
    return print(json, was, () => figures(was));
  }
  const level = await withDatabase(({ db }) => showStock(db, key));
  print(json, level, () => {
    const waiting = level.queue.map((row) => [
      row.orders.join(', '),
      formatTime(row.orderedAt),
      row.quantity,
    ]);
    return [
      figures(level),
      ...(waiting.length === 0 ? [] : [table(['waits', 'ordered', 'pieces'], waiting)]),
    ].join('\n');
  });
}

function figures(
  row: Awaited<ReturnType<typeof showStockAt>> | Awaited<ReturnType<typeof showStock>>,
): string {
  const incoming = row.incoming === null ? '' : `, ${row.incoming} incoming`;
  const parts = `${row.onHand} on hand − ${row.allocated} allocated − ${row.shippedSince} shipped since − ${row.safety} safety`;
  return `${row.itemCode} at ${row.wms}: ${row.available} available (${parts})${incoming}`;
}

async function ledger({ json, item: itemCode, wms, limit }: LedgerOptions): Promise<void> {
  const rows = await withDatabase(({ db }) => ledgerOf(db, { itemCode, wms, limit }));
  if (json !== true && rows.length === 0) return say(`Nothing has happened to ${itemCode}.`);
  print(
    json,
    rows.map((row) => omit(row, 'mark')),
    () =>
      table(
        ['time', 'WMS', 'why', 'on hand', 'allocated', 'shipped since', 'safety', 'dispatch', 'by'],
        rows.map((row) => [
          formatTime(row.at),
          row.wms,
          row.reason,
          ...changesOf(row),
          row.dispatchId,
          row.madeBy,
        ]),
      ),
  );
}

/** What each figure came to, and by how much it changed. */
function changesOf(row: StockLedgerRow): string[] {
  const signed = (n: number) => (n > 0 ? `+${n}` : `−${-n}`);
  const figure = (now: number, change: number) => (change === 0 ? String(now) : `${now} (${signed(change)})`);
  return [
    figure(row.onHand, row.onHandChange),
    figure(row.allocated, row.allocatedChange),
    figure(row.shippedSince, row.shippedSinceChange),
    figure(row.safety, row.safetyChange),
  ];
}

async function set(command: Command, options: SetOptions): Promise<void> {
  const { json, wms, item: itemCode, safety, warn, by, reason } = options;
  if (safety === undefined && warn === undefined)
    command.error('error: it needs --safety or --warn', { code: 'commander.missingArgument' });
  const given = { safety, warnBelow: warn === 'none' ? null : warn };
  await withDatabase((database) => setStock(database, { wms, itemCode }, given, { by, reason }));
  print(json, { wms, itemCode, ...given }, () => `${itemCode} at ${wms} is set.`);
}
