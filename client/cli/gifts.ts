import type { Command } from 'commander';
import { listGiftRules } from '../../db/queries/gift-rules';
import { formatTime } from '../format';
import { addGiftRule, changeGiftRule, endGifts, showGiftRule, termsOf } from '../use-cases/gift-rules';
import { explainGifts, type Tried, tryGifts } from '../use-cases/try-gifts';
import { as, byOption, endMoment, moment, orderKey, reasonOption, recordNumber } from './arguments';
import {
  changingTerms,
  namingTerms,
  newTerms,
  type TermOptions,
  termsInWords,
  termsWith,
} from './gift-terms';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface Asked {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

export function addGifts(program: Command): void {
  const gifts = program
    .command('gifts')
    .description('what is put in the box beyond what was bought: rules, and what they would have given');
  addRules(gifts);
  const trial = gifts
    .command('try')
    .description('what the rules would have given to the orders of a stretch; nothing is written')
    .requiredOption('--since <time>', 'from when on the orders were placed', as(moment))
    .option('--until <time>', 'until when (default: now)', as(endMoment))
    .option('--keep-days', "the rules' own days count, too")
    .option('--draft', 'with a rule of the terms below that is not saved')
    .option('--instead-of <id>', 'the draft takes the place of this rule', as(recordNumber));
  changingTerms(trial).action((_, command: Command) => tried(command.optsWithGlobals<TryOptions>()));
  gifts
    .command('explain')
    .description('what an order was given, and what each rule in force says to it')
    .argument('<order>', 'order key', as(orderKey))
    .action((key: string, _, command: Command) => explained(key, command.optsWithGlobals<{ json?: true }>()));
}

function addRules(gifts: Command): void {
  gifts
    .command('list', { isDefault: true })
    .description('the rules there are, and to how many orders each has given')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  gifts
    .command('show')
    .description('a rule with every version of it')
    .argument('<id>', 'rule', as(recordNumber))
    .action((id: number, _, command: Command) => show(id, command.optsWithGlobals<{ json?: true }>()));
  deciding(namingTerms(gifts.command('add')))
    .description('give to orders that are matched from now on')
    .action((_, command: Command) => add(command.optsWithGlobals<Asked & TermOptions>()));
  deciding(changingTerms(gifts.command('change').argument('<id>', 'rule', as(recordNumber))))
    .description('give by other terms from now on: those that are named or taken away; what was given stays')
    .action((id: number, _, command: Command) => change(id, command.optsWithGlobals<Asked & TermOptions>()));
  deciding(gifts.command('end').argument('<id>', 'rule', as(recordNumber)))
    .description('give nothing more by a rule; what was given stays')
    .action((id: number, _, command: Command) => end(id, command.optsWithGlobals<Asked>()));
}

function deciding(command: Command): Command {
  return command.addOption(reasonOption().makeOptionMandatory()).addOption(byOption());
}

async function add({ json, by, reason, ...options }: Asked & TermOptions): Promise<void> {
  const terms = newTerms(options);
  const id = await withDatabase((database) => addGiftRule(database, terms, { by, reason }));
  print(json, { id }, () => `Rule ${id} gives to orders that are matched from now on.`);
}

async function change(id: number, { json, by, reason, ...options }: Asked & TermOptions): Promise<void> {
  const version = await withDatabase(async (database) => {
    const { rule } = await showGiftRule(database.db, id);
    const terms = termsWith(termsOf(rule), options);
    return changeGiftRule(database, rule, terms, { by, reason });
  });
  print(json, { id, version }, () => `Rule ${id} gives by its version ${version} from now on.`);
}

async function end(id: number, { json, by, reason }: Asked): Promise<void> {
  await withDatabase(async (database) => {
    const { rule } = await showGiftRule(database.db, id);
    await endGifts(database, rule, { by, reason });
  });
  print(json, { id, endedBy: by }, () => `Rule ${id} gives nothing more.`);
}

async function list({ json }: { json?: true }): Promise<void> {
  const rules = await withDatabase(({ db }) => listGiftRules(db));
  if (json !== true && rules.length === 0) return say('No rule gives anything.');
  print(json, rules, () =>
    table(
      ['id', 'version', 'name', 'gives', 'to', 'priority', 'given', 'by', 'ended'],
      rules.map((rule) => [
        rule.id,
        rule.version,
        rule.name,
        `${rule.quantity} × ${rule.configuration}`,
        termsInWords(rule),
        rule.priority,
        rule.firstN === null ? rule.given : `${rule.given} of ${rule.firstN}`,
        rule.madeBy,
        rule.endedAt === null ? null : formatTime(rule.endedAt),
      ]),
    ),
  );
}

async function show(id: number, { json }: { json?: true }): Promise<void> {
  const shown = await withDatabase(({ db }) => showGiftRule(db, id));
  print(json, shown, () =>
    table(
      ['version', 'name', 'gives', 'to', 'by', 'when', 'why'],
      shown.versions.map((version) => [
        version.version,
        version.name,
        `${version.quantity} × ${version.configuration}`,
        termsInWords(version),
        version.madeBy,
        formatTime(version.madeAt),
        version.reason,
      ]),
    ),
  );
}

interface TryOptions extends TermOptions {
  readonly json?: true;
  readonly since: Date;
  readonly until?: Date;
  readonly keepDays?: true;
  readonly draft?: true;
  readonly insteadOf?: number;
}

async function tried(options: TryOptions): Promise<void> {
  const { json, since, until, keepDays, draft, insteadOf } = options;
  const answer = await withDatabase(async ({ db }) => {
    const before = insteadOf === undefined ? undefined : termsOf((await showGiftRule(db, insteadOf)).rule);
    const terms = before === undefined ? newTerms(options) : termsWith(before, options);
    const isDraft = draft === true || insteadOf !== undefined;
    return tryGifts(db, {
      from: since,
      to: until ?? new Date(),
      keepDays: keepDays === true,
      draft: isDraft ? { id: insteadOf ?? null, terms } : undefined,
    });
  });
  print(json, answer, () => triedForPeople(answer));
}

function triedForPeople({ orders, undecided, rules }: Tried): string {
  const left = undecided === 0 ? '' : `; what ${undecided} of them stand for is not decided yet`;
  const given = table(
    ['rule', 'gives', 'orders', 'units', 'not given'],
    rules.map((rule) => [
      rule.id === null ? `(draft) ${rule.name}` : `${rule.id} ${rule.name}`,
      rule.configuration,
      rule.orders,
      rule.units,
      rule.notGiven.map(({ why, orders: to }) => `${to} ${why}`).join(', '),
    ]),
  );
  return `${orders} orders${left}\n${given}`;
}

async function explained(key: string, { json }: { json?: true }): Promise<void> {
  const answer = await withDatabase(({ db }) => explainGifts(db, key));
  print(json, answer, () =>
    [
      ...answer.gifts.map(
        (gift) =>
          `${gift.state}: ${gift.quantity} × ${gift.configuration} by rule ${gift.ruleId} (${gift.name})`,
      ),
      ...(answer.isUndecided
        ? ['What some of it stands for is not decided yet: gifts are, once it is matched.']
        : []),
      ...answer.rules.map((rule) => `rule ${rule.id} (${rule.name}): ${rule.whyNot ?? 'would give'}`),
    ].join('\n'),
  );
}
