import type { Command } from 'commander';
import { formatTime } from '../format';
import { type Coverage, coverageOf } from '../use-cases/coverage';
import { listSources } from '../use-cases/list-connections';
import { as, code, endMoment, moment } from './arguments';
import { print, table } from './output';
import { EXIT } from './program';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly from?: Date;
  readonly to?: Date;
}

const DAY_MS = 86_400_000;

/** Exit code 1 while there is a gap. */
export function addCoverage(program: Command): void {
  program
    .command('coverage')
    .description('which time of each source is read, by which run, with how many orders, and which is not')
    .argument('[source]', 'as boosta sources names it (default: all)', as(code))
    .option('--from <time>', 'day or time, in Seoul or with an offset (default: a day ago)', as(moment))
    .option('--to <time>', 'a day counts to its end (default: what is read by now)', as(endMoment))
    .action((source: string | undefined, _, command: Command) =>
      show(source, command.optsWithGlobals<Options>()),
    );
}

async function show(source: string | undefined, { json, from, to }: Options): Promise<void> {
  const covered = await withDatabase(async ({ db }) => {
    const sources = (await listSources(db)).filter(({ id, capabilities }) =>
      source === undefined ? capabilities?.collects === true : id === source,
    );
    const names = source === undefined ? sources : [sources[0] ?? { id: source, coveredTo: null }];
    const begin = from ?? new Date(Date.now() - DAY_MS);
    return Promise.all(
      names.map(({ id, coveredTo }) =>
        coverageOf(db, id, { from: begin, to: to ?? coveredTo ?? new Date() }),
      ),
    );
  });
  print(json, covered, () => covered.map(forPeople).join('\n\n'));
  if (covered.some(({ gaps }) => gaps.length > 0)) process.exitCode = EXIT.failed;
}

function forPeople({ source, windows, gaps }: Coverage): string {
  const rows = windows.map((w) => [
    formatTime(w.from),
    formatTime(w.to),
    w.run ?? 'given up',
    w.records,
    w.announced,
    w.newRecords,
    w.orders,
  ]);
  const missing = gaps.map(
    (gap) =>
      `not read: ${formatTime(gap.from)} to ${formatTime(gap.to)} (boosta collect ${source} --from ${gap.from.toISOString()} --to ${gap.to.toISOString()})`,
  );
  return [
    source,
    table(['from', 'to', 'run', 'records', 'announced', 'new', 'orders'], rows),
    ...(missing.length === 0 ? ['without a gap'] : missing),
  ].join('\n');
}
