import { UPLOAD_CONNECTION } from '../../../client/use-cases/store-orders';
import { type Deal, dealKey } from '../../../domain/deal';
import { dispatchId } from '../../../domain/dispatch-id';
import { groupBy } from '../../../domain/group-by';
import { lineKey, orderKey } from '../../../domain/order-key';
import type { WaitingReason } from '../../../domain/stage';
import {
  type CatalogueConfiguration,
  type CatalogueDeal,
  configurations,
  knownMatches,
  newDeals,
} from '../../../sandbox/catalogue';
import { deliveryMessage, person } from '../../../sandbox/generator/people';
import type { Random } from '../../../sandbox/generator/random';

/** How far an order has come, in the words of what is left to be done. */
export type Progress =
  | 'done'
  | 'returned'
  | 'cancelled'
  | 'collected'
  | 'ready'
  | 'sending'
  | 'accepted'
  | 'claimed'
  | 'missing'
  | 'booked'
  | 'untold'
  | Exclude<WaitingReason, 'not_acknowledged'>;

/**
 * A hundred orders in flight: most lie at the warehouse. The rare ones come first, so that a house with few in flight
 * has one of each, too.
 */
export const IN_FLIGHT: readonly Progress[] = [
  ...([
    'unknown_outcome',
    'rejected',
    'cancel_unknown',
    'no_route',
    'failed',
    'sending',
    'missing',
    'deal_changed',
  ] as const),
  ...Array<Progress>(2).fill('claimed'),
  ...Array<Progress>(3).fill('unknown_deal'),
  ...Array<Progress>(3).fill('held'),
  ...Array<Progress>(5).fill('shortage'),
  ...Array<Progress>(2).fill('untold'),
  ...Array<Progress>(2).fill('collected'),
  ...Array<Progress>(2).fill('ready'),
  ...Array<Progress>(7).fill('booked'),
  ...Array<Progress>(66).fill('accepted'),
];

/** Of the orders whose journey is over. */
const CANCELLED = 0.04;
const RETURNED = 0.015;

export function finished(random: Random): Progress {
  if (random.chance(CANCELLED)) return 'cancelled';
  return random.chance(RETURNED) ? 'returned' : 'done';
}

export interface SoldDeal {
  readonly deal: Deal;
  readonly dealKey: string;
  readonly price: bigint;
  /** What it stands for; undefined where nobody has decided. */
  readonly configuration: CatalogueConfiguration | undefined;
}

export interface OrderLine extends SoldDeal {
  readonly key: string;
  readonly number: string;
  readonly quantity: number;
  /** The rule that gave it; undefined: it was bought. */
  readonly giftRule?: number;
}

/** An order of the year, with all that the rows of it are made of. */
export interface OneOrder {
  /** Counted from 1 in the order of time. */
  readonly index: number;
  readonly key: string;
  readonly channel: string;
  readonly source: string;
  readonly number: string;
  readonly orderedAt: Date;
  readonly progress: Progress;
  readonly wms: string;
  readonly dispatchId: string;
  readonly recipient: {
    readonly name: string;
    readonly phone: string;
    readonly phone2: string | null;
    readonly postcode: string;
    readonly address: string;
    readonly deliveryMessage: string | null;
  };
  readonly shippingFee: bigint;
  readonly lines: readonly OrderLine[];
}

/** What is given, by the first rule that was made. */
export const GIFT = { ruleId: 1, name: '시식용 도시락김', configuration: 'C-KIM-1' } as const;

const CODES = new Map(configurations.map((one) => [one.code, one]));

function sold({ configurationCode, price, ...deal }: CatalogueDeal, isDecided: boolean): SoldDeal {
  const configuration = isDecided ? CODES.get(configurationCode) : undefined;
  return { deal, dealKey: dealKey(deal), price, configuration };
}

const DEALS = groupBy(
  knownMatches.map((deal) => sold(deal, true)),
  ({ deal }) => deal.channel,
);
const UNKNOWN_DEALS = groupBy(
  newDeals.map((deal) => sold(deal, false)),
  ({ deal }) => deal.channel,
);

/** What is sold through each channel, in percent. */
const SHARES: readonly [string, number][] = [
  ['coupang', 36],
  ['smartstore', 27],
  ['11st', 8],
  ['gmarket', 7],
  ['auction', 5],
  ['kakao', 5],
  ['lotteon', 3],
  ['ssg', 3],
  ['groupbuy', 3],
  ['b2b', 2],
  ['sample', 1],
];
const CHANNEL_OF = SHARES.flatMap(([channel, percent]) => Array<string>(percent).fill(channel));
const SOURCES: Readonly<Record<string, string>> = {
  coupang: 'coupang',
  smartstore: 'naver',
  '11st': 'elevenst',
  b2b: UPLOAD_CONNECTION,
  sample: UPLOAD_CONNECTION,
};
export const HUB = 'sabangnet';
export const SOURCE_IDS = [HUB, 'coupang', 'naver', 'elevenst'] as const;
export const WMS_IDS = ['fulfillment', 'shipstation'] as const;

/** One order of so many is given something. */
const GIVEN_ONCE_IN = 10;
const NOT_MATCHED: readonly Progress[] = ['collected', 'unknown_deal', 'deal_changed'];

/** What the house's only gift rule gives to an order that is matched. */
function giftsOf(orderKey: string, channel: string, index: number, progress: Progress): OrderLine[] {
  if (index % GIVEN_ONCE_IN !== 0 || NOT_MATCHED.includes(progress)) return [];
  const number = `gift:${GIFT.ruleId}`;
  return [
    {
      deal: { channel, deal: GIFT.name, option: '' },
      dealKey: '',
      price: 0n,
      configuration: CODES.get(GIFT.configuration),
      key: lineKey(orderKey, number),
      number,
      quantity: 1,
      giftRule: GIFT.ruleId,
    },
  ];
}

/** An order as its customer, channel and progress make it; the same draws give the same order. */
export function oneOrder(random: Random, index: number, orderedAt: Date, progress: Progress): OneOrder {
  const isUnknown = progress === 'unknown_deal';
  const channel = isUnknown ? random.pick([...UNKNOWN_DEALS.keys()]) : random.pick(CHANNEL_OF);
  const number = `${orderedAt.toISOString().slice(0, 10).replaceAll('-', '')}${String(index).padStart(8, '0')}`;
  const key = orderKey(channel, number);
  const { mobile, ...who } = person(random);
  const deals = (isUnknown ? UNKNOWN_DEALS : DEALS).get(channel) ?? [];
  const bought = Array.from({ length: random.chance(0.2) ? 2 : 1 }, (_, n): OrderLine => {
    const lineNumber = String(n + 1);
    return {
      ...favourite(random, deals),
      key: lineKey(key, lineNumber),
      number: lineNumber,
      quantity: random.chance(0.15) ? 2 : 1,
    };
  });
  return {
    index,
    key,
    channel,
    source: SOURCES[channel] ?? HUB,
    number,
    orderedAt,
    progress,
    wms: channel === 'kakao' ? WMS_IDS[1] : WMS_IDS[0],
    dispatchId: dispatchId(key, 1),
    recipient: {
      ...who,
      phone: mobile,
      phone2: random.chance(0.2) ? `010-0${random.digits(3)}-${random.digits(4)}` : null,
      deliveryMessage: deliveryMessage(random),
    },
    shippingFee: random.chance(0.4) ? 3_000n : 0n,
    lines: [...bought, ...giftsOf(key, channel, index, progress)],
  };
}

/** Few sell often, many seldom. */
function favourite(random: Random, deals: readonly SoldDeal[]): SoldDeal {
  const at = Math.min(random.between(0, deals.length - 1), random.between(0, deals.length - 1));
  const deal = deals[at];
  if (deal === undefined) throw new RangeError('A channel without deals');
  return deal;
}
