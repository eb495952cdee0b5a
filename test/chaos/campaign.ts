import { Command, InvalidArgumentError, Option } from 'commander';
import { createLog } from '../../worker/log';
import { installRuntime } from '../../worker/telemetry';
import { FAULTS } from './faults';
import { type CampaignOptions, runCampaign, type Summary } from './run-campaign';
import { PROTECTIONS } from './without';

const number = (text: string) => {
  const value = Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number.');
  return value;
};
const kinds = (text: string) => {
  const named = text.split(',');
  const known = FAULTS.map(({ kind }) => kind);
  const unknown = named.find((kind) => !known.includes(kind));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${known.join(', ')}.`);
  return named;
};

type Options = Omit<CampaignOptions, 'say' | 'each' | 'interrupted'> & {
  readonly each?: number;
  readonly json?: true;
};

const program = new Command('npm run chaos --')
  .description(
    'Runs the real processes, lets everything go wrong, and compares what the WMSes have in the end.',
  )
  .option('--orders <n>', 'orders from all sources together', number, 300)
  .option('--seed <n>', 'replays the orders and the plan of faults', number)
  .option('--minutes <m>', 'how long faults are injected', number, 3)
  .option('--each <k>', 'how often each kind of fault comes (default: as the minutes allow)', number)
  .option('--only <kinds>', 'kinds of faults, separated by commas', kinds)
  .option('--workers <n>', 'worker processes', number, 2)
  .option('--patience-minutes <m>', 'how long it may take to come to rest', number, 8)
  .addOption(new Option('--without <protection>', 'switches a protection off').choices(PROTECTIONS))
  .addOption(
    new Option(
      '--look-up-only <on-absent>',
      'WMSes promise nothing about a repeated code, only a look-up; what happens to an order it does not find',
    ).choices(['ask', 'resend']),
  )
  .option('--until-found', 'stop as soon as an order is found twice, or a second run of one')
  .option('--json', 'print one JSON summary on stdout, and nothing else')
  .showHelpAfterError();

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => reject(new Error('interrupted')));
});
// It may come before anybody looks, while everything is being started.
interrupted.catch(() => undefined);

const SECONDS_PER_FAULT = 7;
const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { json, ...given } = program.parse().opts<Options>();
  const seed = given.seed ?? Math.floor(Math.random() * 1_000_000);
  const kindsInPlan = given.only?.length ?? FAULTS.length;
  const each = given.each ?? Math.max(1, Math.floor((given.minutes * 60) / SECONDS_PER_FAULT / kindsInPlan));
  // The SDK's own log would go to stdout, where the summary belongs.
  installRuntime(createLog('fatal'), undefined);
  say(`seed ${seed}`);
  const summary = await runCampaign({ ...given, seed, each, say, interrupted });
  process.stdout.write(`${JSON.stringify(summary, null, json === true ? 0 : 2)}\n`);
  process.exitCode = isSound(summary) ? 0 : 1;
}

/** Whether the campaign found nothing. */
function isSound(found: Summary): boolean {
  const { lost, duplicated, oversold, shippedWrong, salesDifferenceKRW, secondRuns, moving } = found;
  const differences = Object.values(found.ledgers).map((ledger) => ledger.differences);
  const all = [
    lost,
    duplicated,
    oversold,
    shippedWrong,
    salesDifferenceKRW,
    secondRuns,
    moving,
    ...differences,
  ];
  return all.every((n) => n === 0);
}

main()
  .catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
  })
  // Faults that were under way when it was over have nothing left to strike.
  .finally(() => process.stdout.write('', () => process.exit()));
