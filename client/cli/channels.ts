import { type Command, InvalidArgumentError } from 'commander';
import { listChannelRules } from '../../db/queries/channels';
import { TRIVIAL_PERCENT } from '../../domain/deal-price';
import { minutesOf, timeOfDay } from '../../domain/time-of-day';
import { setChannelRule } from '../use-cases/set-channel-rule';
import { as, byOption, code, level, percent, reasonOption } from './arguments';
import { print, table } from './output';
import { withDatabase, withServers } from './session';

interface SetOptions {
  readonly json?: true;
  readonly cutOff: number;
  readonly within: number;
  readonly buffer?: number;
  readonly drift?: number;
  readonly by: string;
  readonly reason: string;
}

/** Of a channel that has no rule yet. */
const USUAL = { stockBuffer: 0, driftPercent: TRIVIAL_PERCENT };

export function addChannels(program: Command): void {
  const channels = program
    .command('channels')
    .description(
      'what each channel expects: by when orders ship, how much stock is kept back, which prices are trivial',
    );
  channels
    .command('list', { isDefault: true })
    .description('every channel with a rule')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  channels
    .command('set')
    .description('a channel that tells no date itself wants its orders shipped so many working days later')
    .argument('<channel>', 'the channel', as(code))
    .requiredOption('--cut-off <hh:mm>', 'an order placed later, in Seoul, counts as of the next day', cutOff)
    .requiredOption('--within <days>', 'working days after that day', as(level))
    .option(
      '--buffer <units>',
      `units of each listing that the channel is not told of (as it is, or ${USUAL.stockBuffer})`,
      as(level),
    )
    .option(
      '--drift <percent>',
      `a price so much below or above what its deal was decided at keeps no order waiting (as it is, or ${USUAL.driftPercent})`,
      as(percent),
    )
    .addOption(reasonOption().default('set at the command line'))
    .addOption(byOption())
    .action((channel: string, _, command: Command) => set(channel, command.optsWithGlobals<SetOptions>()));
}

function cutOff(text: string): number {
  const minutes = minutesOf(text);
  if (minutes === undefined)
    throw new InvalidArgumentError('It must be a time of day, as 14:00 (24:00: none).');
  return minutes;
}

async function list({ json }: { json?: true }): Promise<void> {
  const rules = await withDatabase(({ db }) => listChannelRules(db));
  print(json, rules, () =>
    table(
      ['channel', 'cut-off', 'working days', 'stock kept back', 'trivial price'],
      rules.map((r) => [
        r.channel,
        timeOfDay(r.cutOffMinutes),
        r.shipWithinDays,
        r.stockBuffer,
        `± ${r.driftPercent} %`,
      ]),
    ),
  );
}

async function set(channel: string, options: SetOptions): Promise<void> {
  const { json, by, reason, cutOff: cutOffMinutes, within: shipWithinDays } = options;
  const rule = await withServers(async (context) => {
    const rules = await listChannelRules(context.database.db);
    const { stockBuffer, driftPercent } = rules.find((one) => one.channel === channel) ?? USUAL;
    const kept = { stockBuffer: options.buffer ?? stockBuffer, driftPercent: options.drift ?? driftPercent };
    const set = { channel, cutOffMinutes, shipWithinDays, ...kept };
    await setChannelRule(context, set, { by, reason });
    return set;
  });
  const shipped = `ordered by ${timeOfDay(cutOffMinutes)}, shipped within ${shipWithinDays} working days`;
  print(json, rule, () => `${channel}: ${shipped}`);
}
