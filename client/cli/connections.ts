import type { Command } from 'commander';
import { formatTime } from '../format';
import { listSources } from '../use-cases/list-connections';
import { print, table } from './output';
import { withDatabase } from './session';

export function addSources(program: Command): void {
  const sources = program.command('sources').description('the sources in use and what they can do');
  sources
    .command('list', { isDefault: true })
    .description('every source with its capabilities')
    .action((_, command: Command) => showSources(command.optsWithGlobals<{ json?: true }>()));
}

async function showSources({ json }: { json?: true }): Promise<void> {
  const sources = await withDatabase(({ db }) => listSources(db));
  print(json, sources, () =>
    table(
      ['source', 'adapter', 'state', 'read up to', 'window', 'reading acknowledges'],
      sources.map((s) => [
        s.id,
        s.adapter,
        s.paused ? 'paused' : 'in use',
        s.coveredTo === null ? 'never' : formatTime(s.coveredTo),
        s.capabilities === null ? 'unknown adapter' : `${s.capabilities.maxWindowHours} h`,
        s.capabilities?.acknowledges === 'by-reading' ? 'yes' : 'no',
      ]),
    ),
  );
}
