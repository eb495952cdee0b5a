import type { Command } from 'commander';
import { listConfigurations } from '../../db/queries/matches';
import type { Deal } from '../../domain/deal';
import { FATES, type Fate } from '../../domain/deal-change';
import type { GiftChange } from '../../domain/gift-books';
import { groupBy } from '../../domain/group-by';
import { formatTime } from '../format';
import { omit } from '../omit';
import {
  addMatch,
  confirmDeal,
  type Decided,
  type Decision,
  type Effect,
  previewDecision,
  previewUndo,
  undoDecision,
} from '../use-cases/decide-deal';
import { listDeals, matchOnce } from '../use-cases/match-deals';
import { as, byOption, code, count, moment, orderKey, reasonOption } from './arguments';
import { addListFiles } from './lists';
import { addClaims, changeInWords, claimInWords } from './match-claims';
import { dealOf, type NamedDeal, nameOf, namingDeal } from './named-deal';
import { print, say, table } from './output';
import { withDatabase, withServers } from './session';

interface Asked {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

type AddOptions = Asked & NamedDeal & Decision & { readonly dryRun?: true };
type UndoOptions = Asked & NamedDeal & { readonly dryRun?: true };
type OnceOptions = Asked & Pick<NamedDeal, 'line'> & Pick<Decision, 'configuration'>;

export function addMatches(program: Command): void {
  const match = program.command('match').description('say what a deal stands for');
  match
    .command('list')
    .description('deals that nobody has decided with the orders that wait, then the known ones')
    .option('--limit <n>', 'at most so many known ones', as(count), 200)
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true; limit: number }>()));
  match
    .command('configurations')
    .description('what a deal can stand for')
    .action((_, command: Command) => configurations(command.optsWithGlobals<{ json?: true }>()));
  addClaims(match);
  addListFiles(match, 'matches');
  namingDeal(match.command('add'))
    .description('remember what a deal stands for; its orders that are not sent follow')
    .requiredOption('--configuration <code>', 'what it stands for', as(code))
    .option('--from <time>', 'for what was ordered from then on', as(moment))
    .option('--dry-run', 'only say what would become of its orders')
    .addOption(reasonOption().default('as the wording says'))
    .addOption(byOption())
    .action((_, command: Command) => {
      const { from: holdsFrom, ...options } = command.optsWithGlobals<AddOptions & { from?: Date }>();
      return add({ ...options, holdsFrom });
    });
  namingDeal(match.command('confirm'))
    .description('say that a deal which the channel has changed still stands for the same')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => confirm(command.optsWithGlobals<Asked & NamedDeal>()));
  namingDeal(match.command('undo'))
    .description('take back the newest decision for a deal; what is not sent is as it was before')
    .option('--dry-run', 'only say what would become of its orders')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => undo(command.optsWithGlobals<UndoOptions>()));
  match
    .command('once')
    .description('decide one line of one order, and nothing else')
    .argument('<key>', 'order key', as(orderKey))
    .requiredOption('--configuration <code>', 'what it stands for', as(code))
    .option('--line <number>', 'the line, where the order has several')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => once(key, command.optsWithGlobals<OnceOptions>()));
}

async function list({ json, limit }: { json?: true; limit: number }): Promise<void> {
  const { unknown, known } = await withDatabase(({ db }) => listDeals(db, limit));
  const shown = {
    unknown: unknown.map((deal) => omit(deal, 'dealKey')),
    known: known.map((match) => omit(match, 'dealKey')),
  };
  print(json, shown, () =>
    [
      unknown.length === 0 ? 'No order waits for a match.' : 'These wait to be decided:',
      ...(unknown.length === 0
        ? []
        : [
            table(
              ['orders', 'channel', 'deal', 'option', 'changed', 'at work on it', 'for example'],
              unknown.map((u) => [
                u.orders,
                u.channel,
                u.deal,
                u.option,
                u.change === null ? '' : changeInWords(u, u.change),
                u.claim === null ? '' : claimInWords(u.claim),
                u.example,
              ]),
            ),
            `Next: boosta match show --order ${unknown[0]?.example}, then boosta match add --order … --configuration CODE`,
          ]),
      table(
        ['channel', 'deal', 'option', 'configuration', 'v', 'by'],
        known.map((k) => [k.channel, k.deal, k.option, k.configuration, k.version, k.madeBy]),
      ),
    ].join('\n'),
  );
}

async function configurations({ json }: { json?: true }): Promise<void> {
  const rows = await withDatabase(({ db }) => listConfigurations(db));
  const shown = [...groupBy(rows, (row) => row.code).values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const { code: name, name: title, version } = first;
    return [{ code: name, name: title, version, items: items.map(pieceOf) }];
  });
  print(json, shown, () =>
    table(
      ['configuration', 'name', 'v', 'items'],
      shown.map((c) => [
        c.code,
        c.name,
        c.version,
        c.items.map((i) => `${i.itemCode} ${i.itemName} × ${i.quantity}`).join('\n'),
      ]),
    ),
  );
}

function pieceOf({ itemCode, itemName, quantity }: { itemCode: string; itemName: string; quantity: number }) {
  return { itemCode, itemName, quantity };
}

async function add(options: AddOptions): Promise<void> {
  const { json, by, reason, configuration, dryRun } = options;
  await withServers(async (context) => {
    const deal = await dealOf(context.database.db, options);
    const named = `${nameOf(deal)} → ${configuration}`;
    if (dryRun) return printEffect(json, named, await previewDecision(context.database.db, deal, options));
    const matched = await addMatch(context, deal, options, { by, reason });
    return printDecided(json, { ...deal, configuration, ...matched }, `${named} (v${matched.version})`);
  });
}

async function confirm(options: Asked & NamedDeal): Promise<void> {
  const { json, by, reason } = options;
  await withServers(async (context) => {
    const deal = await dealOf(context.database.db, options);
    const confirmed = await confirmDeal(context, deal, undefined, { by, reason });
    return printDecided(
      json,
      { ...deal, ...confirmed },
      `${nameOf(deal)}: as before (v${confirmed.version})`,
    );
  });
}

async function undo(options: UndoOptions): Promise<void> {
  const { json, by, reason, dryRun } = options;
  await withServers(async (context) => {
    const deal = await dealOf(context.database.db, options);
    if (dryRun) return printEffect(json, nameOf(deal), await previewUndo(context.database.db, deal));
    const undone = await undoDecision(context, deal, { by, reason });
    const now = undone.version === 0 ? 'nobody has decided it now' : `version ${undone.version} holds again`;
    return printDecided(json, { ...deal, ...undone }, `${nameOf(deal)}: ${now}`);
  });
}

function printDecided(
  json: true | undefined,
  decided: Decided & Deal & Partial<Decision>,
  named: string,
): void {
  const { jobId, counts } = decided;
  print(json, decided, () => `${named}\n${inWords(counts)}`);
  if (jobId !== null) say(`Its orders follow in the background: boosta jobs show ${jobId}`);
}

function printEffect(json: true | undefined, named: string, effect: Effect): void {
  print(json, effect, () =>
    [
      named,
      inWords(effect.counts),
      ...effect.gifts.map((gift) => `${giftInWords(gift)}: ${gift.orders}`),
      table(
        ['what would become of it', 'order', 'ordered', 'gifts'],
        effect.orders.map(({ fate, orderKey: key, orderedAt, gifts }) => [
          FATE_WORDS[fate],
          key,
          formatTime(orderedAt),
          gifts.map(giftInWords).join('\n'),
        ]),
      ),
    ].join('\n'),
  );
}

const FATE_WORDS: Readonly<Record<Fate, string>> = {
  'goes-on': 'waits, goes on',
  'waits-on': 'waits for something else still',
  rematched: 'not sent, matched anew',
  'waits-again': 'not sent, waits again',
  sent: 'the WMS has it, stays',
  shipped: 'shipped, stays',
};

function giftInWords({ change, name, configuration, quantity }: GiftChange): string {
  return `gift ${GIFT_WORDS[change]}: ${name} (${quantity} × ${configuration})`;
}

const GIFT_WORDS: Readonly<Record<GiftChange['change'], string>> = {
  given: 'more',
  taken_back: 'taken back',
};

function inWords(counts: Effect['counts']): string {
  const there = FATES.filter((fate) => counts[fate] > 0);
  if (there.length === 0) return 'No order changes.';
  return there.map((fate) => `${FATE_WORDS[fate]}: ${counts[fate]}`).join(' · ');
}

async function once(key: string, options: OnceOptions): Promise<void> {
  const { json, by, reason, configuration, line } = options;
  const done = await withServers((context) => matchOnce(context, key, line, configuration, { by, reason }));
  print(
    json,
    { key, configuration, ...done },
    () => `${done.lineKey} → ${configuration}, for this order only`,
  );
}
