import { basename } from 'node:path';
import type { Command } from 'commander';
import type { ListKindName } from '../../domain/list-kind';
import { exportList, importList, type TakenIn } from '../use-cases/exchange-lists';
import { byOption, reasonOption } from './arguments';
import { print, say, table } from './output';
import { readOrExplain, writeNew } from './person-files';
import { EXIT } from './program';
import { withDatabase, withServers } from './session';

interface ImportOptions {
  readonly json?: true;
  readonly dryRun?: true;
  readonly by: string;
  readonly reason: string;
}

/** Gives a group the two commands by which its list goes out as a file and comes in again. */
export function addListFiles(group: Command, kind: ListKindName): void {
  group
    .command('export')
    .description(`write all ${kind} into a workbook that can be changed and taken in again`)
    .argument('<out>', 'the workbook to write')
    .addOption(byOption('who takes it'))
    .action((out: string, _, command: Command) =>
      exportTo(kind, out, command.optsWithGlobals<Omit<ImportOptions, 'reason'>>()),
    );
  group
    .command('import')
    .description('take in such a file, all of it or nothing; what it does not name stays as it is')
    .argument('<file>', 'an .xlsx, or a CSV in UTF-8 or EUC-KR')
    .option('--dry-run', 'only say what would be')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((file: string, _, command: Command) =>
      importFrom(kind, file, command.optsWithGlobals<ImportOptions>()),
    );
}

async function exportTo(
  kind: ListKindName,
  out: string,
  { json, by }: Omit<ImportOptions, 'reason'>,
): Promise<void> {
  const { bytes } = await withDatabase(({ db }) => exportList(db, kind, by));
  const file = await writeNew(out, bytes);
  print(json, { kind, file }, () => file);
}

async function importFrom(kind: ListKindName, path: string, options: ImportOptions): Promise<void> {
  const { json, dryRun = false, by, reason } = options;
  const file = { name: basename(path), bytes: await readOrExplain(path) };
  const taken = await withServers((context) => importList(context, kind, file, { by, reason }, dryRun));
  print(json, taken, () => forPeople(taken));
  if (json !== true) say(outcomeOf(taken, dryRun));
  if (taken.problems.length > 0) process.exitCode = EXIT.failed;
}

function forPeople({ changes, problems }: TakenIn): string {
  if (problems.length > 0)
    return table(
      ['row', 'column', 'header', 'problem'],
      problems.map(({ row, column, header, message }) => [row, column ?? '', header ?? '', message]),
    );
  if (changes.length === 0) return '';
  return table(
    ['row', 'what', 'is now', 'will be'],
    changes.map(({ row, name, before, after }) => [row, name, before ?? '', after]),
  );
}

function outcomeOf({ rows, changes, unchanged, problems, jobs }: TakenIn, dryRun: boolean): string {
  if (problems.length > 0) return `Nothing was taken in: ${problems.length} problems in ${rows} rows.`;
  const added = changes.filter(({ before }) => before === null).length;
  const counts = `${added} added, ${changes.length - added} changed, ${unchanged} as they are`;
  if (dryRun) return `${counts}, if it were taken in.`;
  const carried = jobs.length === 0 ? '' : ` Orders follow in the background: jobs ${jobs.join(', ')}.`;
  return `${counts}.${carried}`;
}
