import { type Command, Option } from 'commander';
import type { SalesBy } from '../../db/queries/sales';
import { formatWon } from '../format';
import { reportSales } from '../use-cases/report-sales';
import { as, day, today } from './arguments';
import { print, table } from './output';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly from?: string;
  readonly to?: string;
  readonly by: SalesBy;
}

export function addSales(program: Command): void {
  program
    .command('sales')
    .description('what has shipped (gross), what came back of it (returns), and what remains (net)')
    .option('--from <day>', 'first day in Seoul (default: today)', as(day))
    .option('--to <day>', 'last day in Seoul (default: today)', as(day))
    .addOption(
      new Option('--by <breakdown>', 'a row for each').choices(['channel', 'item', 'day']).default('channel'),
    )
    .action((_, command: Command) => sales(command));
}

async function sales(command: Command): Promise<void> {
  const { json, by, from = today(), to = today() } = command.optsWithGlobals<Options>();
  if (from > to) command.error(`error: --from (${from}) must not come after --to (${to})`);
  const report = await withDatabase(({ db }) => reportSales(db, by, from, to));
  print(json, report, () =>
    table(
      [by, 'pieces', 'returned', 'gross', 'returns', 'net'],
      [
        ...report.rows.map((row) => [row.key, row.quantity, row.returned, ...amounts(row)]),
        ['total', report.pieces, report.returned, ...amounts({ ...report, amount: report.total })],
      ],
    ),
  );
}

function amounts({ gross, returns, amount }: { gross: bigint; returns: bigint; amount: bigint }): string[] {
  return [gross, returns, amount].map(formatWon);
}
