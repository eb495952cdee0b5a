import type { Piece } from './bundle';

/** 사은품: what is put in the box beyond what was bought, as pure functions. */

/** Whether a gift may be there with others: `alone` is given only where nothing else is, and nothing after it. */
export const STACKINGS = ['with_others', 'alone'] as const;
export type Stacking = (typeof STACKINGS)[number];

/** What becomes of a gift that the WMS is short of: the order goes without it, or waits for it. */
export const WHEN_SHORT = ['leave_out', 'wait'] as const;
export type WhenShort = (typeof WHEN_SHORT)[number];

/** What became of a gift: it is in the box, or to be; it was taken back with its order; the WMS was short of it. */
export const GIFT_STATES = ['given', 'taken_back', 'left_out'] as const;
export type GiftState = (typeof GIFT_STATES)[number];

/** What a rule looks at in an order; anything: all that is in it. */
export const BOUGHT_KINDS = ['anything', 'item', 'configuration'] as const;
export type BoughtKind = (typeof BOUGHT_KINDS)[number];

/** To whom something is given, and what; each version of a rule has its own. */
export interface GiftTerms {
  readonly name: string;
  /** Rules are asked in this order, the smallest first; of equals the older one. */
  readonly priority: number;
  readonly stacking: Stacking;
  /** Empty: any. */
  readonly channel: string;
  readonly bought: BoughtKind;
  /** The item's or configuration's; empty for anything. */
  readonly boughtCode: string;
  /** Won that were paid for what the rule looks at, from which on it gives. */
  readonly amountFrom: bigint;
  /** Pieces of the item, or else units, from which on it gives. */
  readonly quantityFrom: number;
  /** Days in Seoul on which the order was placed, both included; null: open. */
  readonly dayFrom: string | null;
  readonly dayTo: string | null;
  /** It gives to so many orders; null: to all. */
  readonly firstN: number | null;
  readonly oncePerReceiver: boolean;
  /** What is given, and how many of it. */
  readonly configuration: string;
  readonly quantity: number;
  readonly whenShort: WhenShort;
}

/** What a rule says of which nothing else is said: one of something for every order. */
export const USUAL_TERMS: Omit<GiftTerms, 'name' | 'configuration'> = {
  priority: 100,
  stacking: 'with_others',
  channel: '',
  bought: 'anything',
  boughtCode: '',
  amountFrom: 0n,
  quantityFrom: 1,
  dayFrom: null,
  dayTo: null,
  firstN: null,
  oncePerReceiver: false,
  quantity: 1,
  whenShort: 'leave_out',
};

export interface GiftRule extends GiftTerms {
  readonly id: number;
  readonly version: number;
}

/** An order as its rules see it. */
export interface GiftOrder {
  readonly channel: string;
  /** On which it was placed, in Seoul. */
  readonly day: string;
  /** What is wanted of it; what was given is not among them. */
  readonly lines: readonly BoughtLine[];
}

export interface BoughtLine {
  readonly configuration: string;
  readonly units: number;
  /** Won that were paid for these units. */
  readonly amount: bigint;
  /** Of one unit. */
  readonly pieces: readonly Piece[];
}

/** What was given before, by rule. */
export interface GivenBefore {
  /** To how many other orders. */
  readonly orders: (ruleId: number) => number;
  /** To another order of the same receiver; undefined: nobody knows who that is. */
  readonly receiver: (ruleId: number) => boolean | undefined;
  /** To this order, in a dispatch that stays as it is. */
  readonly order: (ruleId: number) => boolean;
}

export const NOT_GIVEN = [
  'other_channel',
  'before_first_day',
  'after_last_day',
  'not_bought',
  'amount_too_small',
  'quantity_too_small',
  'in_the_box_already',
  'all_given',
  'receiver_has_it',
  'receiver_unknown',
  'not_beside_another',
] as const;
export type NotGiven = (typeof NOT_GIVEN)[number];

export interface Gift {
  readonly rule: GiftRule;
  /** Undefined: it is given. */
  readonly whyNot: NotGiven | undefined;
}

/** What each rule gives to an order, or why it does not, in the order in which they are asked. */
export function decideGifts(
  rules: readonly GiftRule[],
  order: GiftOrder,
  before: GivenBefore,
): readonly Gift[] {
  let alone = false;
  let some = false;
  return rules.toSorted(byPriority).map((rule) => {
    const inTheBox = before.order(rule.id);
    const stacks = !alone && !(some && rule.stacking === 'alone');
    const whyNot = inTheBox
      ? 'in_the_box_already'
      : (unfitFor(rule, order) ?? (stacks ? usedUp(rule, before) : 'not_beside_another'));
    if (whyNot === undefined || inTheBox) {
      some = true;
      alone ||= rule.stacking === 'alone';
    }
    return { rule, whyNot };
  });
}

const byPriority = (a: GiftRule, b: GiftRule) => a.priority - b.priority || a.id - b.id;

/** Whether what was given before matters: such a rule's count is locked before it is asked. */
export function isLimited({ firstN, oncePerReceiver }: GiftTerms): boolean {
  return firstN !== null || oncePerReceiver;
}

/** Why a rule is not for an order, whatever was given before; undefined: it is. */
export function unfitFor(rule: GiftTerms, { channel, day, lines }: GiftOrder): NotGiven | undefined {
  if (rule.channel !== '' && rule.channel !== channel) return 'other_channel';
  if (rule.dayFrom !== null && day < rule.dayFrom) return 'before_first_day';
  if (rule.dayTo !== null && day > rule.dayTo) return 'after_last_day';
  const bought = lines.filter((line) => quantityOf(rule, line) > 0);
  if (bought.length === 0) return 'not_bought';
  if (bought.reduce((sum, line) => sum + line.amount, 0n) < rule.amountFrom) return 'amount_too_small';
  if (bought.reduce((sum, line) => sum + quantityOf(rule, line), 0) < rule.quantityFrom)
    return 'quantity_too_small';
  return undefined;
}

function quantityOf({ bought, boughtCode }: GiftTerms, { configuration, units, pieces }: BoughtLine): number {
  switch (bought) {
    case 'anything':
      return units;
    case 'configuration':
      return configuration === boughtCode ? units : 0;
    case 'item':
      return units * (pieces.find(({ itemCode }) => itemCode === boughtCode)?.quantity ?? 0);
  }
}

function usedUp({ id, firstN, oncePerReceiver }: GiftRule, before: GivenBefore): NotGiven | undefined {
  if (firstN !== null && before.orders(id) >= firstN) return 'all_given';
  if (!oncePerReceiver) return undefined;
  const has = before.receiver(id);
  if (has === undefined) return 'receiver_unknown';
  return has ? 'receiver_has_it' : undefined;
}
