import type { Command } from 'commander';
import { listRoutes } from '../../db/queries/routes';
import { formatTime } from '../format';
import { setRoute } from '../use-cases/routes';
import { as, byOption, code, moment, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase, withServers } from './session';

interface SetOptions {
  readonly json?: true;
  readonly channel?: string;
  readonly item?: string;
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
    .description('send orders to a WMS from now on; what a WMS was chosen for stays there')
    .option('--channel <channel>', 'only those of this channel', as(code))
    .option('--item <item>', 'only this item; it counts more than a route of the channel', as(code))
    .requiredOption('--wms <wms>', 'as boosta wms names it', as(code))
    .option('--from <time>', 'from when on (default: now)', as(moment))
    .addOption(reasonOption().default('set at the command line'))
    .addOption(byOption())
    .action((_, command: Command) => set(command.optsWithGlobals<SetOptions>()));
}

async function list({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(({ db }) => listRoutes(db));
  const shown = rows.map(({ channel, itemCode, wms, validFrom }) => ({
    channel: channel || null,
    item: itemCode || null,
    wms,
    validFrom,
  }));
  print(json, shown, () =>
    table(
      ['channel', 'item', 'WMS', 'from'],
      shown.map((r) => [r.channel ?? '(any)', r.item ?? '(any)', r.wms, formatTime(r.validFrom)]),
    ),
  );
}

async function set({ json, channel = '', item = '', wms, from, by, reason }: SetOptions): Promise<void> {
  const rematched = await withServers((context) =>
    setRoute(context, { channel, itemCode: item, wms, validFrom: from }, { by, reason }),
  );
  const set = { channel: channel || null, item: item || null, wms, validFrom: from ?? null, rematched };
  print(json, set, () => {
    const since = from === undefined ? 'from now on' : `from ${formatTime(from)} on`;
    const what = `${channel || 'any channel'}, ${item || 'any item'}`;
    return `${what} → ${wms} ${since}; ${rematched} waiting orders look again`;
  });
}
