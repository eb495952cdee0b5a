import { type Command, Option } from 'commander';
import {
  type GiftTerms,
  STACKINGS,
  type Stacking,
  USUAL_TERMS,
  WHEN_SHORT,
  type WhenShort,
} from '../../domain/gift';
import { formatWon } from '../format';
import { as, code, count, day, itemPrice, wording } from './arguments';

/** A gift rule's terms, as they are typed and told. */

/** Named ones; false: a term that is taken away. */
export interface TermOptions {
  readonly name?: string;
  readonly give?: string;
  readonly quantity?: number;
  readonly channel?: string | false;
  readonly item?: string;
  readonly configuration?: string;
  readonly anything?: true;
  readonly amountFrom?: bigint;
  readonly quantityFrom?: number;
  readonly from?: string | false;
  readonly to?: string | false;
  readonly first?: number | false;
  readonly oncePerReceiver?: boolean;
  readonly stacking?: Stacking;
  readonly priority?: number;
  readonly whenShort?: WhenShort;
}

export function namingTerms(command: Command): Command {
  return command
    .option('--name <text>', 'what it is called, in the order and to people', as(wording))
    .option('--give <configuration>', 'what is given', as(code))
    .option('--quantity <n>', 'how many of it (default: 1)', as(count))
    .option('--channel <channel>', 'only to orders of this channel', as(code))
    .addOption(
      new Option('--item <code>', 'only where this item is bought')
        .argParser(as(code))
        .conflicts('configuration'),
    )
    .option('--configuration <code>', 'only where this configuration is bought', as(code))
    .option('--amount-from <won>', 'only where so much was paid for that, or for all', as(itemPrice))
    .option(
      '--quantity-from <n>',
      'only where so many are bought (pieces of the item, else units)',
      as(count),
    )
    .option('--from <day>', 'only to orders that were placed on this day in Seoul or later', as(day))
    .option('--to <day>', 'or on this day or before', as(day))
    .option('--first <n>', 'only to so many orders', as(count))
    .option('--once-per-receiver', 'only once to the same name and address')
    .addOption(new Option('--stacking <how>', 'beside other gifts, or alone').choices(STACKINGS))
    .option('--priority <n>', 'the smallest is asked first (default: 100)', as(count))
    .addOption(new Option('--when-short <what>', 'what becomes of it without stock').choices(WHEN_SHORT));
}

/** Of a rule that there is, terms can be taken away, too. */
export function changingTerms(command: Command): Command {
  return namingTerms(command)
    .option('--no-channel', 'to orders of any channel')
    .addOption(new Option('--anything', 'whatever is bought').conflicts(['item', 'configuration']))
    .option('--no-from', 'without a first day')
    .option('--no-to', 'without a last day')
    .option('--no-first', 'to however many orders')
    .option('--no-once-per-receiver', 'as often as somebody orders');
}

/** The terms that were named; the others as before. */
export function termsWith(before: GiftTerms, options: TermOptions): GiftTerms {
  const {
    channel = before.channel,
    from = before.dayFrom,
    to = before.dayTo,
    first = before.firstN,
  } = options;
  return {
    name: options.name ?? before.name,
    priority: options.priority ?? before.priority,
    stacking: options.stacking ?? before.stacking,
    channel: channel === false ? '' : channel,
    ...boughtWith(before, options),
    amountFrom: options.amountFrom ?? before.amountFrom,
    quantityFrom: options.quantityFrom ?? before.quantityFrom,
    dayFrom: from === false ? null : from,
    dayTo: to === false ? null : to,
    firstN: first === false ? null : first,
    oncePerReceiver: options.oncePerReceiver ?? before.oncePerReceiver,
    configuration: options.give ?? before.configuration,
    quantity: options.quantity ?? before.quantity,
    whenShort: options.whenShort ?? before.whenShort,
  };
}

function boughtWith(
  { bought, boughtCode }: GiftTerms,
  { item, configuration, anything }: TermOptions,
): Pick<GiftTerms, 'bought' | 'boughtCode'> {
  if (anything === true) return { bought: 'anything', boughtCode: '' };
  if (item !== undefined) return { bought: 'item', boughtCode: item };
  if (configuration !== undefined) return { bought: 'configuration', boughtCode: configuration };
  return { bought, boughtCode };
}

export function newTerms(options: TermOptions): GiftTerms {
  const { name = '', give = '' } = options;
  return termsWith({ ...USUAL_TERMS, name, configuration: give }, options);
}

/** To whom it gives, for people. */
export function termsInWords(terms: GiftTerms): string {
  const said = [
    terms.channel,
    terms.bought === 'anything' ? '' : `${terms.bought} ${terms.boughtCode}`,
    terms.amountFrom > 0n ? `from ${formatWon(terms.amountFrom)}` : '',
    terms.quantityFrom > 1 ? `from ${terms.quantityFrom} on` : '',
    terms.dayFrom === null && terms.dayTo === null ? '' : `${terms.dayFrom ?? ''} – ${terms.dayTo ?? ''}`,
    terms.oncePerReceiver ? 'once per receiver' : '',
    terms.stacking === 'alone' ? 'alone' : '',
  ].filter((part) => part !== '');
  return said.length === 0 ? 'every order' : said.join(', ');
}
