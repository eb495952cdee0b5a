import { type Command, InvalidArgumentError } from 'commander';
import { listChannelRules } from '../../db/queries/channels';
import { setChannelRule } from '../use-cases/set-channel-rule';
import { as, byOption, code, level, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase } from './session';

interface SetOptions {
  readonly json?: true;
  readonly cutOff: number;
  readonly within: number;
  readonly buffer: number;
  readonly by: string;
  readonly reason: string;
}

const MINUTES = 60;

export function addChannels(program: Command): void {
  const channels = program
    .command('channels')
    .description('what each channel expects: by when orders ship, how much stock is kept back');
  channels
    .command('list', { isDefault: true })
    .description('every channel with a rule')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  channels
    .command('set')
    .description('a channel that tells no date itself wants its orders shipped so many working days later')
    .argument('<channel>', 'the channel', as(code))
    .requiredOption(
      '--cut-off <hh:mm>',
      'an order placed later, in Seoul, counts as of the next day',
      timeOfDay,
    )
    .requiredOption('--within <days>', 'working days after that day', as(level))
    .option('--buffer <units>', 'units of each listing that the channel is not told of', as(level), 0)
    .addOption(reasonOption().default('set at the command line'))
    .addOption(byOption())
    .action((channel: string, _, command: Command) => set(channel, command.optsWithGlobals<SetOptions>()));
}

function timeOfDay(text: string): number {
  const [, hours = '', minutes = ''] = /^([01]?\d|2[0-4]):([0-5]\d)$/u.exec(text) ?? [];
  if (hours === '') throw new InvalidArgumentError('It must be a time of day, as 14:00 (24:00: none).');
  return Number(hours) * MINUTES + Number(minutes);
}

function clock(minutes: number): string {
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / MINUTES))}:${pad(minutes % MINUTES)}`;
}

async function list({ json }: { json?: true }): Promise<void> {
  const rules = await withDatabase(({ db }) => listChannelRules(db));
  print(json, rules, () =>
    table(
      ['channel', 'cut-off', 'working days', 'stock kept back'],
      rules.map((r) => [r.channel, clock(r.cutOffMinutes), r.shipWithinDays, r.stockBuffer]),
    ),
  );
}

async function set(channel: string, { json, cutOff, within, buffer, by, reason }: SetOptions): Promise<void> {
  const rule = { channel, cutOffMinutes: cutOff, shipWithinDays: within, stockBuffer: buffer };
  await withDatabase((database) => setChannelRule(database, rule, { by, reason }));
  print(json, rule, () => `${channel}: ordered by ${clock(cutOff)}, shipped within ${within} working days`);
}
