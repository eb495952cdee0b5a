import type { Command } from 'commander';
import type { Database } from '../../db/database';
import type { CandidateReason } from '../../domain/candidate';
import { type Deal, dealKey } from '../../domain/deal';
import type { DealClaim } from '../../domain/deal-claim';
import type { Prices } from '../../domain/deal-price';
import type { Difference } from '../../domain/difference';
import { formatTime, formatWon } from '../format';
import type { ChangedDeal, OfferedDeal } from '../use-cases/changed-deals';
import { claimDeal, handOverDeal, letGoOfDeal } from '../use-cases/claim-deals';
import { showDeal } from '../use-cases/show-deals';
import { takeNextDeal } from '../use-cases/take-next-deal';
import { as, byOption, person, reasonOption } from './arguments';
import { dealOf, type NamedDeal, nameOf, namingDeal } from './named-deal';
import { print, table } from './output';
import { withDatabase } from './session';

interface Person {
  readonly json?: true;
  readonly by: string;
}
type Asked = NamedDeal & Person;
type TakeNext = Person & { readonly skip?: true };

/** Looking at one deal, and who is at work on it. */
export function addClaims(match: Command): void {
  namingDeal(match.command('show'))
    .description('a deal: what it may stand for, what waits for it, every decision so far')
    .action((_, command: Command) => show(command.optsWithGlobals<Omit<Asked, 'by'>>()));
  namingDeal(match.command('claim'))
    .description('take a deal up: until it is decided, let go or left lying, others cannot decide it')
    .option('--take-over', 'also where somebody else is at it')
    .addOption(byOption())
    .action((_, command: Command) => {
      const { takeOver: takesOver, ...asked } = command.optsWithGlobals<Asked & { takeOver?: true }>();
      return change(asked, 'is yours', (database, key) => claimDeal(database, key, asked.by, { takesOver }));
    });
  namingDeal(match.command('let-go'))
    .description('leave a deal that was taken up to the others, undecided')
    .addOption(byOption())
    .action((_, command: Command) => {
      const asked = command.optsWithGlobals<Asked>();
      return change(asked, 'is free again', (database, key) => letGoOfDeal(database, key, asked.by));
    });
  match
    .command('next')
    .description('take up the deal to decide next: yours already, or else the first that nobody is at')
    .option('--skip', 'leave yours to the others, and go on to the one after it')
    .addOption(byOption())
    .action((_, command: Command) => takeNext(command.optsWithGlobals<TakeNext>()));
  namingDeal(match.command('hand-over'))
    .description('give a deal to somebody else, who is to decide it')
    .requiredOption('--to <user>', 'who is to decide it', as(person))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => {
      const asked = command.optsWithGlobals<Asked & { to: string; reason: string }>();
      const { to, by, reason } = asked;
      return change(asked, `is ${to}'s`, (database, key) => handOverDeal(database, key, to, { by, reason }));
    });
}

async function change(
  asked: Asked,
  says: string,
  work: (database: Database, dealKey: string) => Promise<void>,
): Promise<void> {
  const deal = await withDatabase(async (database): Promise<Deal> => {
    const named = await dealOf(database.db, asked);
    await work(database, dealKey(named));
    return named;
  });
  print(asked.json, deal, () => `${nameOf(deal)} ${says}.`);
}

async function takeNext({ json, by, skip }: TakeNext): Promise<void> {
  const next = await withDatabase((database) => takeNextDeal(database, by, { skips: skip }));
  if (next === undefined) return print(json, null, () => 'No deal waits that nobody is at.');
  const { channel, deal, option } = next;
  print(json, { channel, deal, option }, () => `${nameOf(next)} is yours.`);
}

async function show({ json, ...named }: Omit<Asked, 'by'>): Promise<void> {
  const deal = await withDatabase(async ({ db }) => showDeal(db, dealKey(await dealOf(db, named))));
  print(json, deal, () =>
    [
      nameOf(deal),
      ...(deal.claim === null ? [] : [claimInWords(deal.claim)]),
      ...(deal.prices === null ? [] : [`A unit costs ${pricesInWords(deal.prices)}.`]),
      ...(deal.change === null ? [] : [changeInWords(deal, deal.change)]),
      table(
        ['score', 'configuration', 'name', 'its price', 'because of', 'beware'],
        deal.candidates.map((one) => [
          one.score.toFixed(2),
          one.configuration,
          one.name,
          one.price === null ? '' : formatWon(one.price),
          one.from === null ? REASONS[one.reason] : `${REASONS[one.reason]}: ${nameOf(one.from)}`,
          one.numbersDiffer ? 'numbers differ' : '',
        ]),
      ),
      table(
        ['waiting order', 'line', 'units', 'ordered'],
        deal.lines.map((line) => [line.orderKey, line.line, line.units, formatTime(line.orderedAt)]),
      ),
      table(
        ['v', 'configuration', 'from', 'by', 'at', 'why', 'undone'],
        deal.history.map((one) => [
          one.version,
          one.configuration,
          one.holdsFrom === null ? 'any time' : formatTime(one.holdsFrom),
          one.madeBy,
          formatTime(one.madeAt),
          one.reason,
          one.undoneBy === null ? '' : `${one.undoneBy}: ${one.undoneReason}`,
        ]),
      ),
    ].join('\n'),
  );
}

/** Who is at work on a deal, since when, and for whom. */
export function claimInWords({ claimedBy, claimedAt, handedBy, note }: DealClaim): string {
  const since = `${claimedBy} since ${formatTime(claimedAt)}`;
  return handedBy === null ? since : `${since}, from ${handedBy}: ${note}`;
}

/** What the channel has changed of a deal since it was decided, beside what it is now. */
export function changeInWords(
  deal: Pick<OfferedDeal, 'deal' | 'option' | 'prices'>,
  { decided, configuration, differs }: ChangedDeal,
): string {
  const textOf = (offer: typeof decided, what: Difference) =>
    what === 'price' ? (offer.prices === null ? '' : pricesInWords(offer.prices)) : offer[what];
  const said = differs.map((what) => `${what} was ${textOf(decided, what)}, is ${textOf(deal, what)}`);
  return `Changed since it was decided for ${configuration}: ${said.join('; ')}`;
}

function pricesInWords({ from, to }: Prices): string {
  return from === to ? formatWon(from) : `${formatWon(from)} to ${formatWon(to)}`;
}

const REASONS: Readonly<Record<CandidateReason, string>> = {
  same_wording: 'the same wording on another channel',
  same_plain_wording: 'the same without brackets and decoration',
  option_text: 'the same option',
  similar_wording: 'a similar wording',
  configuration_name: "like the configuration's name",
  price_near: 'a price near it, and somewhat like it',
};
