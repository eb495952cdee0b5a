import type { Command } from 'commander';
import type { WmsCapabilities } from '../../activities/wms/wms';
import { formatTime } from '../format';
import { listSources, listWmses } from '../use-cases/list-connections';
import { print, table } from './output';
import { withDatabase } from './session';
import { addKinds } from './wms-kinds';

export function addSources(program: Command): void {
  const sources = program.command('sources').description('the sources in use and what they can do');
  sources
    .command('list', { isDefault: true })
    .description('every source with its capabilities')
    .action((_, command: Command) => showSources(command.optsWithGlobals<{ json?: true }>()));
}

export function addWmses(program: Command): void {
  const wms = program.command('wms').description('the WMSes in use and what they promise');
  wms
    .command('list', { isDefault: true })
    .description('every WMS with its capabilities')
    .action((_, command: Command) => showWmses(command.optsWithGlobals<{ json?: true }>()));
  addKinds(wms);
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
        s.capabilities?.readingAcknowledges === true ? 'yes' : 'no',
      ]),
    ),
  );
}

async function showWmses({ json }: { json?: true }): Promise<void> {
  const wmses = await withDatabase(({ db }) => listWmses(db));
  print(json, wmses, () =>
    table(
      [
        'WMS',
        'adapter',
        'state',
        'a repeated code',
        'look-up',
        'not found',
        'calls a minute',
        'a call',
        'stock',
        'webhooks',
      ],
      wmses.map((w) => [w.id, w.adapter, w.paused ? 'paused' : 'in use', ...promises(w)]),
    ),
  );
}

interface Promised {
  readonly capabilities: WmsCapabilities | null;
  readonly callsPerMinute: number | null;
  readonly onAbsent: string;
}

function promises({ capabilities, callsPerMinute, onAbsent }: Promised): (string | number)[] {
  if (capabilities === null) return ['unknown adapter', '', onAbsent, '', '', '', ''];
  const { onRepeat, lookup, ordersPerCall, stock, webhooks } = capabilities;
  return [
    onRepeat,
    lookup === 'none' ? 'none' : `after ${lookup.visibleAfterSeconds} s`,
    onAbsent,
    Math.min(callsPerMinute ?? capabilities.callsPerMinute, capabilities.callsPerMinute),
    `${ordersPerCall} orders`,
    stock,
    webhooks ? 'yes' : 'no',
  ];
}
