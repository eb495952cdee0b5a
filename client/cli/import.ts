import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Database } from '../../db/database';
import type { Context } from '../connect';
import { type CheckedImport, checkImport, markProblems } from '../use-cases/check-import';
import { type Imported, importOrders } from '../use-cases/import-orders';
import { as, byOption, code } from './arguments';
import { addTemplates } from './import-templates';
import { print, say, table } from './output';
import { readOrExplain, writeBeside, writeNew } from './person-files';
import { EXIT } from './program';
import { ProgressBar } from './progress-bar';
import { withDatabase, withServers } from './session';

interface Options {
  readonly json?: true;
  readonly template?: string;
  readonly sheet?: string;
  readonly dryRun?: true;
  readonly validRowsOnly?: true;
  readonly marked?: string;
  readonly by: string;
}

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('take in orders from an Excel or CSV file (B2B, samples)')
    .argument('<file>', 'an .xlsx, or a CSV in UTF-8 or EUC-KR')
    .option('--template <name>', 'how it is to be read (default: the one that its header fits)', as(code))
    .option('--sheet <name>', 'which sheet, where several fit')
    .option('--dry-run', 'only say what is wrong with it')
    .option('--valid-rows-only', 'leave out orders with a problem (default: all or nothing)')
    .option('--marked <out>', 'where to write the copy with the problems marked (default: beside the file)')
    .addOption(byOption())
    .action((file: string, _, self: Command) => importFile(file, self.optsWithGlobals<Options>()));
  addTemplates(command);
}

async function importFile(path: string, options: Options): Promise<void> {
  if (options.dryRun === true) return withDatabase((database) => run(path, options, database));
  // Whether the journeys can be started is found out before anything is stored.
  return withServers((context) => run(path, options, context.database, context));
}

async function run(path: string, options: Options, { db }: Database, context?: Context): Promise<void> {
  const { json, template, sheet, validRowsOnly = false, by } = options;
  const bar = new ProgressBar(process.stderr, json !== true);
  const given = { name: basename(path), bytes: await readOrExplain(path), template, sheet };
  const checked = await checkImport(db, given, (rows) => bar.show('rows read', rows)).finally(() =>
    bar.clear(),
  );
  try {
    const isRefused = checked.problemCount > 0 && !validRowsOnly;
    const marked = checked.problemCount > 0 ? await writeMarked(path, checked, options.marked) : null;
    const imported = context && !isRefused ? await store(context, checked, { by, validRowsOnly }, bar) : null;
    print(json, asJson(checked, marked, imported ?? null), () =>
      forPeople(checked, marked, imported ?? null),
    );
    if (isRefused) process.exitCode = EXIT.failed;
  } finally {
    await checked.close();
  }
}

async function store(
  context: Context,
  checked: CheckedImport,
  command: { by: string; validRowsOnly: boolean },
  bar: ProgressBar,
): Promise<Imported> {
  return importOrders(context, checked, command, ({ stored, started, of }) => {
    if (stored !== undefined) bar.show('orders stored', stored, of);
    if (started !== undefined) bar.show('journeys started', started, of);
  }).finally(() => bar.clear());
}

async function writeMarked(path: string, checked: CheckedImport, to: string | undefined): Promise<string> {
  const bytes = await markProblems(checked);
  return to === undefined ? writeBeside(path, 'marked', bytes) : writeNew(to, bytes);
}

function asJson({ name, read, ...checked }: CheckedImport, marked: string | null, imported: Imported | null) {
  const { template, sheet, encoding, headerRow, rows } = read;
  return {
    file: name,
    template: template.name,
    sheet,
    encoding,
    headerRow,
    rows,
    orders: read.keys.length - checked.known.size,
    rejectedRows: checked.rejectedRows,
    problemCount: checked.problemCount,
    problems: checked.problems,
    marked,
    imported,
  };
}

/** As many as a person reads; all are in the marked copy. */
const LISTED = 40;

function forPeople(checked: CheckedImport, marked: string | null, imported: Imported | null): string {
  const { read, problems, problemCount, known, rejectedRows } = checked;
  const orders = read.keys.length - known.size;
  const where = read.sheet === null ? `a CSV in ${read.encoding}` : `sheet ${read.sheet}`;
  say(`${checked.name}: ${where}, header in row ${read.headerRow}, read as ${read.template.name}`);
  if (problems.length > LISTED) say(`The first ${LISTED} of ${problemCount} problems:`);
  const listed = table(
    ['row', 'column', 'header', 'problem'],
    problems
      .slice(0, LISTED)
      .map(({ row, column, header, field, message }) => [row, column, header ?? field, message]),
  );
  const sums = `${read.rows} rows; ${orders} orders can be taken in; ${rejectedRows} rows belong to orders with a problem.`;
  return [
    ...(problems.length > 0 ? [listed] : []),
    ...(marked === null ? [] : [`All problems are marked in ${marked}`]),
    ...(imported === null ? [sums] : [sums, outcomeOf(imported)]),
  ].join('\n');
}

function outcomeOf({ uploadId, orders, started }: Imported): string {
  const late = orders - started;
  const rest = late === 0 ? '' : `; ${late} journeys start within two minutes, by the sweep`;
  return `Upload ${uploadId}: ${orders} orders taken in, ${started} on their way${rest}.`;
}
