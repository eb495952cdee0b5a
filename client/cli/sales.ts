import { type Command, Option } from 'commander';
import { differencesOfSales, type SalesDifference } from '../../db/queries/check-sales';
import { COMPARISONS, type Comparison, type Period } from '../../domain/period';
import { SALES_BY, SALES_FIGURES, type SalesBy, type SalesFigure } from '../../domain/sale';
import { formatWon } from '../format';
import { type CrossedSales, crossSales } from '../use-cases/cross-sales';
import { mendSales } from '../use-cases/mend-sales';
import { reportSales, type SalesFigures, type SalesReport } from '../use-cases/report-sales';
import { as, byOption, day, reasonOption, today } from './arguments';
import { print, say, table } from './output';
import { EXIT } from './program';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly by: SalesBy;
  readonly against: Comparison;
}

interface CrossOptions {
  readonly json?: true;
  readonly by: SalesBy;
  readonly across: SalesBy;
  readonly figure: SalesFigure;
}

interface MendOptions {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

export function addSales(program: Command): void {
  const sales = program.command('sales').description('what was sold, by day in Seoul');
  ofPeriod(sales.command('show', { isDefault: true }))
    .description('what has shipped (gross), what came back of it (returns), and what remains (net)')
    .addOption(new Option('--by <breakdown>', 'a row for each').choices(SALES_BY).default('channel'))
    .addOption(
      new Option('--against <period>', 'compare with as many days before, or the same days a year before')
        .choices(COMPARISONS)
        .default('none'),
    )
    .action((_, command: Command) => show(command));
  ofPeriod(sales.command('cross'))
    .description('the same broken down twice, as a table')
    .addOption(new Option('--by <breakdown>', 'a row for each').choices(SALES_BY).default('item'))
    .addOption(new Option('--across <breakdown>', 'a column for each').choices(SALES_BY).default('channel'))
    .addOption(
      new Option('--figure <figure>', 'what the cells show; --json has all')
        .choices(SALES_FIGURES)
        .default('amount'),
    )
    .action((_, command: Command) => cross(command));
  sales
    .command('check')
    .description('compare the sums by day and month, which reports come from, with the ledger')
    .action((_, command: Command) => check(command.optsWithGlobals<{ json?: true }>()));
  sales
    .command('mend')
    .description('make the sums by day and month anew from the ledger; bookings wait meanwhile')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => mend(command.optsWithGlobals<MendOptions>()));
}

function ofPeriod(command: Command): Command {
  return command
    .option('--from <day>', 'first day in Seoul (default: today)', as(day))
    .option('--to <day>', 'last day in Seoul (default: today)', as(day));
}

function periodOf(command: Command): Period {
  const { from = today(), to = today() } = command.optsWithGlobals<Partial<Period>>();
  if (from > to) command.error(`error: --from (${from}) must not come after --to (${to})`);
  return { from, to };
}

async function show(command: Command): Promise<void> {
  const { json, by, against } = command.optsWithGlobals<Options>();
  const period = periodOf(command);
  const report = await withDatabase(({ db }) => reportSales(db, by, period, against));
  const { total, ...rest } = report;
  const { quantity: pieces, amount, ...sums } = total;
  print(json, { ...rest, pieces, ...sums, total: amount }, () => asTable(report));
}

async function cross(command: Command): Promise<void> {
  const { json, by, across, figure } = command.optsWithGlobals<CrossOptions>();
  const period = periodOf(command);
  const crossed = await withDatabase(({ db }) => crossSales(db, by, across, period));
  print(json, crossed, () => crossedAsTable(crossed, figure));
}

function crossedAsTable({ by, columns, rows, total }: CrossedSales, figure: SalesFigure): string {
  const shown = (figures: SalesFigures | null) => {
    const value = figures?.[figure];
    return typeof value === 'bigint' ? formatWon(value) : (value ?? '');
  };
  return table(
    [by, ...columns.map(({ key }) => key), 'total'],
    [
      ...rows.map((row) => [row.key, ...row.cells.map(shown), shown(row.total)]),
      ['total', ...columns.map((column) => shown(column.total)), shown(total)],
    ],
  );
}

function asTable({ by, rows, total, earlier }: SalesReport): string {
  const before = (row: SalesFigures | null | undefined) => (row ? [formatWon(row.amount)] : []);
  const head = [by, 'pieces', 'returned', 'gross', 'returns', 'net'];
  return table(earlier === null ? head : [...head, `net ${earlier.from} – ${earlier.to}`], [
    ...rows.map((row) => [row.key, ...figures(row), ...before(row.earlier)]),
    ['total', ...figures(total), ...before(earlier?.total)],
  ]);
}

function figures({ quantity, returned, gross, returns, amount }: SalesFigures) {
  return [quantity, returned, ...[gross, returns, amount].map(formatWon)];
}

/** Exit code 1 while there are differences. */
async function check({ json }: { json?: true }): Promise<void> {
  const differences = await withDatabase(({ db }) => differencesOfSales(db));
  print(json, { differences }, () => differencesAsTable(differences));
  if (json !== true)
    say(
      differences.length === 0
        ? 'The sums by day and month are those of the ledger.'
        : `${differences.length} sums differ: boosta sales mend makes them anew.`,
    );
  if (differences.length > 0) process.exitCode = EXIT.failed;
}

async function mend({ json, by, reason }: MendOptions): Promise<void> {
  const mended = await withDatabase((database) => mendSales(database, { by, reason }));
  print(json, { mended }, () => differencesAsTable(mended));
  if (json !== true) say(`${mended.length} sums differed, and are those of the ledger now.`);
}

function differencesAsTable(differences: readonly SalesDifference[]): string {
  if (differences.length === 0) return '';
  return table(
    ['day', 'of', 'pieces', 'returned', 'gross', 'returns'],
    differences.map((one) => [
      one.day,
      [
        ...(one.view === 'goods' ? [] : [`${one.channel} by ${one.source}`]),
        ...(one.view === 'channel' ? [] : [goodsOf(one)]),
      ].join(': '),
      one.sold,
      one.returned,
      formatWon(one.gross),
      formatWon(one.returns),
    ]),
  );
}

function goodsOf({ configuration, item }: SalesDifference): string {
  return [configuration, item].filter(Boolean).join(' ') || 'shipping fees';
}
