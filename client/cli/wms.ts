import type { Command } from 'commander';
import type { WmsCapabilities } from '../../activities/wms/wms';
import { formatTime } from '../format';
import type { CutOver, CutOverPreview, Moved } from '../use-cases/change-wms';
import { listWmses } from '../use-cases/list-connections';
import { as, byOption, code, moment, reasonOption } from './arguments';
import { print, say, table } from './output';
import { EXIT } from './program';
import { withDatabase, withServers } from './session';
import { addKinds } from './wms-kinds';
import { addReconcile } from './wms-reconcile';
import { addShadow } from './wms-shadow';

interface ChangeOptions {
  readonly json?: true;
  readonly from: string;
  readonly to: string;
  readonly at?: Date;
  readonly by: string;
  readonly reason: string;
}

export function addWmses(program: Command): void {
  const wms = program
    .command('wms')
    .description('the WMSes in use; change from one to another, compare with what one has');
  wms
    .command('list', { isDefault: true })
    .description('every WMS with what it promises and what is still open at it')
    .action((_, command: Command) => show(command.optsWithGlobals<{ json?: true }>()));
  addShadow(wms);
  addChange(wms, 'cutover', 'from a moment on, send to another WMS what goes to this one')
    .option('--at <time>', 'from when on (default: now)', as(moment))
    .action((_, command: Command) => cut(command.optsWithGlobals<ChangeOptions>()));
  addChange(
    wms,
    'move',
    'move what is still open at a WMS to another, once its cancellation is confirmed',
  ).action((_, command: Command) => move(command.optsWithGlobals<ChangeOptions>()));
  addReconcile(wms);
  addKinds(wms);
}

function addChange(wms: Command, name: string, description: string): Command {
  return wms
    .command(name)
    .description(description)
    .requiredOption('--from <wms>', 'the WMS that is left', as(code))
    .requiredOption('--to <wms>', 'the WMS that takes over', as(code))
    .addOption(reasonOption().default('change of the WMS'))
    .addOption(byOption());
}

async function cut({ json, by, reason, ...change }: ChangeOptions): Promise<void> {
  const { cutOver } = await import('../use-cases/change-wms.js');
  const done = await withServers((context) => cutOver(context, change, { by, reason }));
  print(json, { from: change.from, to: change.to, ...done }, () => cutOverForPeople(change, done));
}

function cutOverForPeople({ from, to }: CutOver, { at, routes, later, openAtOld }: CutOverPreview): string {
  const rows = routes.map((r) => [r.channel || '(any)', r.itemCode || '(any)', to, formatTime(at)]);
  const again = later.map(
    (r) =>
      `${r.channel || 'any channel'}, ${r.itemCode || 'any item'} go to ${from} again from ${formatTime(r.validFrom)} on`,
  );
  return [
    table(['channel', 'item', 'WMS', 'from'], rows),
    ...again,
    `${openAtOld} orders are still open at ${from} and stay there: boosta wms move --from ${from} --to ${to} moves them`,
  ].join('\n');
}

/** Exit code 1 while one of them could not be moved. */
async function move({ json, from, to, by, reason }: ChangeOptions): Promise<void> {
  const { moveAll } = await import('../use-cases/change-wms.js');
  const moved = await withServers((context) => moveAll(context, { from, to }, { by, reason }));
  const stay = moved.filter(({ done }) => !done);
  print(json, moved, () => (moved.length === 0 ? `Nothing is open at ${from}.` : movedForPeople(moved)));
  if (json !== true) say(`${moved.length - stay.length} moved to ${to}, ${stay.length} stay at ${from}.`);
  if (stay.length > 0) process.exitCode = EXIT.failed;
}

function movedForPeople(moved: readonly Moved[]): string {
  return table(
    ['order', 'moved', 'what came of it'],
    moved.map(({ orderKey, done, says }) => [orderKey, done ? 'yes' : 'no', says]),
  );
}

async function show({ json }: { json?: true }): Promise<void> {
  const wmses = await withDatabase(({ db }) => listWmses(db));
  print(json, wmses, () =>
    table(
      [
        'WMS',
        'adapter',
        'state',
        'still open',
        'a repeated code',
        'look-up',
        'not found',
        'calls a minute',
        'a call',
        'stock',
        'webhooks',
      ],
      wmses.map((w) => [w.id, w.adapter, w.paused ? 'paused' : 'in use', openText(w.open), ...promises(w)]),
    ),
  );
}

function openText(open: Readonly<Record<string, number>>): string {
  const states = Object.entries(open).map(([state, dispatches]) => `${dispatches} ${state}`);
  return states.length === 0 ? 'nothing' : states.join(', ');
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
