import type { Command } from 'commander';
import { listAssignments } from '../../db/queries/channels';
import { formatTime } from '../format';
import { listSources } from '../use-cases/list-connections';
import { listSourceKinds, SOURCE_COLUMNS, sourceCells } from '../use-cases/list-source-kinds';
import { as, byOption, code, moment, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase, withServers } from './session';

interface AssignOptions {
  readonly json?: true;
  readonly channel: string;
  readonly source: string;
  readonly from?: Date;
  readonly by: string;
  readonly reason: string;
}

export function addSources(program: Command): void {
  const sources = program
    .command('sources')
    .description('the sources in use, what each kind can do, and whose word counts for which channel');
  sources
    .command('list', { isDefault: true })
    .description('every source in use, how far it is read, and what it can do')
    .action((_, command: Command) => showSources(command.optsWithGlobals<{ json?: true }>()));
  sources
    .command('kinds')
    .description('every kind of source that can be connected, and what it can do')
    .action((_, command: Command) => showKinds(command.optsWithGlobals<{ json?: true }>()));
  sources
    .command('channels')
    .description('whose word counts for which channel, and since when')
    .action((_, command: Command) => showChannels(command.optsWithGlobals<{ json?: true }>()));
  sources
    .command('assign')
    .description("let a source's word count for a channel from now on: from the hub to its own API, say")
    .requiredOption('--channel <channel>', 'the channel', as(code))
    .requiredOption('--source <source>', 'as boosta sources names it', as(code))
    .option('--from <time>', 'from when on (default: now)', as(moment))
    .addOption(reasonOption().default('assigned at the command line'))
    .addOption(byOption())
    .action((_, command: Command) => assign(command.optsWithGlobals<AssignOptions>()));
}

async function showSources({ json }: { json?: true }): Promise<void> {
  const sources = await withDatabase(({ db }) => listSources(db));
  print(json, sources, () =>
    table(
      ['source', 'state', 'read up to', ...SOURCE_COLUMNS],
      sources.map((s) => [
        s.id,
        s.paused ? 'paused' : 'in use',
        s.coveredTo === null ? 'never' : formatTime(s.coveredTo),
        ...(s.capabilities === null
          ? [`${s.adapter}: unknown adapter`, ...SOURCE_COLUMNS.slice(1).map(() => '')]
          : sourceCells({ name: s.adapter, ...s.capabilities })),
      ]),
    ),
  );
}

/** Needs neither MySQL nor Temporal: it tells what the program can be connected to. */
function showKinds({ json }: { json?: true }): void {
  const kinds = listSourceKinds();
  print(json, kinds, () => table(SOURCE_COLUMNS, kinds.map(sourceCells)));
}

async function showChannels({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(({ db }) => listAssignments(db));
  print(json, rows, () =>
    table(
      ['channel', 'source', 'from'],
      rows.map(({ channel, source, validFrom }) => [channel, source, formatTime(validFrom)]),
    ),
  );
}

async function assign({ json, channel, source, from, by, reason }: AssignOptions): Promise<void> {
  const { assignChannel } = await import('../use-cases/assign-source.js');
  await withServers((context) =>
    assignChannel(context, { channel, source, validFrom: from }, { by, reason }),
  );
  const since = from === undefined ? 'from now on' : `from ${formatTime(from)} on`;
  print(json, { channel, source, validFrom: from ?? null }, () => `${channel} ← ${source} ${since}`);
}
