import { type Command, Option } from 'commander';
import { listUploads, UPLOAD_STATES, type UploadState } from '../../db/queries/shipments';
import { formatTime } from '../format';
import { as, byOption, count, orderKey, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase, withServers } from './session';

interface ListOptions {
  readonly json?: true;
  readonly state?: UploadState;
  readonly limit: number;
}

interface ResendOptions {
  readonly json?: true;
  readonly allRefused?: true;
  readonly by: string;
  readonly reason: string;
}

export function addTracking(program: Command): void {
  const tracking = program
    .command('tracking')
    .description('tracking numbers on their way back to the channels; tell some again');
  tracking
    .command('list', { isDefault: true })
    .description('what was told and what failed, with its error, the newest first')
    .addOption(new Option('--state <state>', 'only those').choices(UPLOAD_STATES))
    .option('--limit <n>', 'at most so many', as(count), 50)
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  tracking
    .command('resend')
    .description('tell an order its tracking numbers again, or all that were refused')
    .argument('[key]', 'order key', as(orderKey))
    .option('--all-refused', 'everything that a source has refused')
    .addOption(reasonOption().default('asked for at the command line'))
    .addOption(byOption())
    .action((key: string | undefined, _, command: Command) => resend(key, command));
}

async function list({ json, ...filter }: ListOptions): Promise<void> {
  const rows = await withDatabase(({ db }) => listUploads(db, filter));
  print(json, rows, () =>
    table(
      ['order', 'carrier', 'tracking number', 'state', 'changed', 'why'],
      rows.map((r) => [
        r.orderKey,
        r.carrierName ?? r.carrier,
        r.trackingNumber,
        r.state,
        formatTime(r.updatedAt),
        r.reason,
      ]),
    ),
  );
}

async function resend(key: string | undefined, command: Command): Promise<void> {
  const { json, allRefused, by, reason } = command.optsWithGlobals<ResendOptions>();
  if ((key === undefined) === (allRefused === undefined))
    command.error('error: it needs either an order key or --all-refused', {
      code: 'commander.missingArgument',
    });
  const { resendTracking } = await import('../use-cases/tracking.js');
  const filter = key === undefined ? { state: 'refused' as const } : { orderKey: key };
  const parcels = await withServers((context) => resendTracking(context, filter, { by, reason }));
  print(json, { parcels }, () => `${parcels} parcels are told again`);
}
