import {
  type CatalogueDeal,
  CHANNELS,
  type Channel,
  HUB_CHANNELS,
  knownMatches,
  newDeals,
} from '../catalogue';
import { lineNumber, orderNumber } from './order-number';
import { deliveryMessage, type Person, person, safeNumber } from './people';
import { Random } from './random';

export interface EmittedLine {
  readonly lineNumber: string;
  readonly deal: string;
  readonly option: string;
  /** What a person would match it to; never sent. */
  readonly configurationCode: string;
  readonly isNewDeal: boolean;
  readonly quantity: number;
  /** In KRW for the line, before the discount. */
  readonly amount: bigint;
  readonly discount: bigint;
}

export interface EmittedOrder {
  readonly channel: Channel;
  readonly orderNumber: string;
  readonly placedAt: Date;
  readonly buyer: { readonly name: string; readonly mobile: string };
  readonly recipient: {
    readonly name: string;
    readonly mobile: string;
    readonly safeNumber: string | null;
    readonly postcode: string;
    readonly address: string;
    readonly deliveryMessage: string | null;
  };
  /** In KRW for the whole order. */
  readonly shippingFee: bigint;
  readonly lines: readonly EmittedLine[];
  /** Null when the customer keeps all of it. */
  readonly cancellation: {
    /** Seconds after the order is offered; 0 is before anybody can have collected it. */
    readonly afterSeconds: number;
    readonly lineNumbers: readonly string[];
  } | null;
}

export interface DayOptions {
  /** The same seed gives the same orders, byte for byte. */
  readonly seed: number;
  readonly orders: number;
  /** The day in Korea on which the orders are placed, `yyyy-mm-dd`. */
  readonly date: string;
  /** Those of the XML hub, unless given. */
  readonly channels?: readonly Channel[];
}

const NEW_DEAL_SHARE = 0.05;
const CANCELLED_SHARE = 0.03;
const FREE_SHIPPING_FROM = 30_000n;
const SHIPPING_FEE = 3_000n;

const dealsByChannel = new Map(
  CHANNELS.map((channel) => [channel, knownMatches.filter((deal) => deal.channel === channel)]),
);

/** @throws RangeError when the date is none, or the number of orders is not 0 to 99,999. */
export function generateDay({ seed, orders, date, channels = HUB_CHANNELS }: DayOptions): EmittedOrder[] {
  const midnight = Date.parse(`${date}T00:00:00+09:00`);
  if (Number.isNaN(midnight)) throw new RangeError(`Not a date: ${date}`);
  if (!Number.isInteger(orders) || orders < 0 || orders > 99_999)
    throw new RangeError('A day has 0 to 99,999 orders');
  const random = new Random(seed);
  const fresh = newDeals.filter((deal) => channels.includes(deal.channel));
  return Array.from({ length: orders }, (_, index) => {
    const isFresh = random.chance(NEW_DEAL_SHARE) && fresh.length > 0;
    const newDeal = isFresh ? random.pick(fresh) : null;
    const channel = newDeal?.channel ?? random.pick(channels);
    const number = orderNumber(channel, date, seed, index);
    return {
      channel,
      orderNumber: number,
      placedAt: new Date(midnight + random.between(0, 86_399) * 1_000),
      ...people(random),
      ...goods(random, channel, newDeal, number),
    };
  });
}

function people(random: Random): Pick<EmittedOrder, 'buyer' | 'recipient'> {
  const buyer = person(random);
  const recipient: Person = random.chance(0.8) ? buyer : person(random);
  return {
    buyer: { name: buyer.name, mobile: buyer.mobile },
    recipient: {
      ...recipient,
      safeNumber: random.chance(0.6) ? safeNumber(random) : null,
      deliveryMessage: deliveryMessage(random),
    },
  };
}

function goods(
  random: Random,
  channel: Channel,
  fresh: CatalogueDeal | null,
  ofOrder: string,
): Pick<EmittedOrder, 'lines' | 'shippingFee' | 'cancellation'> {
  const chosen = new Set<CatalogueDeal>(fresh ? [fresh] : []);
  const count = random.pick([1, 1, 1, 1, 1, 1, 2, 2, 3, 4]);
  while (chosen.size < count) chosen.add(random.pick(dealsByChannel.get(channel) ?? []));
  const lines = Array.from(chosen, (deal, index) =>
    line(random, deal, lineNumber(deal, ofOrder, index + 1), deal === fresh),
  ).sort((a, b) => a.lineNumber.localeCompare(b.lineNumber));
  const paid = lines.reduce((sum, { amount, discount }) => sum + amount - discount, 0n);
  return {
    lines,
    shippingFee: paid < FREE_SHIPPING_FROM ? SHIPPING_FEE : 0n,
    cancellation: random.chance(CANCELLED_SHARE) ? cancellation(random, lines) : null,
  };
}

function line(random: Random, deal: CatalogueDeal, number: string, isNewDeal: boolean): EmittedLine {
  const quantity = random.chance(0.02) ? random.between(10, 30) : random.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  const amount = deal.price * BigInt(quantity);
  return {
    lineNumber: number,
    deal: deal.deal,
    option: deal.option,
    configurationCode: deal.configurationCode,
    isNewDeal,
    quantity,
    amount,
    discount: random.chance(0.3) ? ((amount * BigInt(random.between(2, 15))) / 1_000n) * 10n : 0n,
  };
}

function cancellation(random: Random, lines: readonly EmittedLine[]): EmittedOrder['cancellation'] {
  const whole = lines.length === 1 || random.chance(0.6);
  const cancelled = whole ? lines : [random.pick(lines)];
  return {
    afterSeconds: random.chance(0.5) ? 0 : random.between(20, 600),
    lineNumbers: cancelled.map(({ lineNumber }) => lineNumber),
  };
}
