import type { Command } from 'commander';
import { listRoutes } from '../../db/queries/connections';
import { formatTime } from '../format';
import { setRoute } from '../use-cases/routes';
import { as, byOption, code, moment, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase, withServers } from './session';

interface SetOptions {
  readonly json?: true;
  readonly channel?: string;
  readonly wms: string;
  readonly from?: Date;
  readonly by: string;
  readonly reason: string;
}

export function addRoutes(program: Command): void {
  const routes = program.command('routes').description('which WMS gets which orders');
  routes
    .command('list', { isDefault: true })
    .description('every route, with when it began')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  routes
    .command('set')
    .description("send a channel's orders to a WMS from now on; what a WMS was chosen for stays there")
    .option('--channel <channel>', 'without it: every channel that has no route of its own', as(code))
    .requiredOption('--wms <wms>', 'as boosta wms names it', as(code))
    .option('--from <time>', 'from when on (default: now)', as(moment))
    .addOption(reasonOption().default('set at the command line'))
    .addOption(byOption())
    .action((_, command: Command) => set(command.optsWithGlobals<SetOptions>()));
}

async function list({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(({ db }) => listRoutes(db));
  const shown = rows.map(({ channel, wms, validFrom }) => ({ channel: channel || null, wms, validFrom }));
  print(json, shown, () =>
    table(
      ['channel', 'WMS', 'from'],
      shown.map((route) => [route.channel ?? '(all others)', route.wms, formatTime(route.validFrom)]),
    ),
  );
}

async function set({ json, channel = '', wms, from, by, reason }: SetOptions): Promise<void> {
  const rematched = await withServers((context) =>
    setRoute(context, { channel, wms, validFrom: from }, { by, reason }),
  );
  print(json, { channel: channel || null, wms, validFrom: from ?? null, rematched }, () => {
    const since = from === undefined ? 'from now on' : `from ${formatTime(from)} on`;
    return `${channel || 'All other channels'} → ${wms} ${since}; ${rematched} waiting orders look again`;
  });
}
