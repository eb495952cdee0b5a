import type { OrderLine, OrderPart, Recipient } from '../../domain/order';

/**
 * What each value of the standard form must be, whatever source it came by. Plain functions, since the types hold
 * already and a file has millions of values.
 */

export const QUANTITY_MAX = 9_999;
/** In KRW; a trillion, far above any order and far below 2^53. */
export const AMOUNT_MAX = 1_000_000_000_000n;
const LINES_MAX = 500;

/** What is wrong with a value; goes on from its name and does not quote it. */
export type Flaw = string | undefined;

/** C0 and C1 controls, marks that turn the direction of writing, and what broken encodings leave. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u;

export function flawOfText(value: string, least: number, most: number): Flaw {
  if (value.length < least) return least === 1 ? 'is missing' : `has fewer than ${least} characters`;
  if (value.length > most) return `has more than ${most} characters`;
  return UNPRINTABLE.test(value) ? 'contains control characters' : undefined;
}

const FIRST_MOMENT = Date.UTC(2000, 0);
const LAST_MOMENT = Date.UTC(2100, 0);

export function flawOfMoment(value: Date): Flaw {
  const ms = value.getTime();
  if (Number.isNaN(ms)) return 'is not a time';
  if (ms < FIRST_MOMENT) return 'is before the year 2000';
  return ms > LAST_MOMENT ? 'is after the year 2099' : undefined;
}

export function flawOfQuantity(value: number): Flaw {
  if (!Number.isSafeInteger(value)) return 'must be a whole number';
  if (value < 1) return 'must be at least 1';
  return value > QUANTITY_MAX ? `must be at most ${QUANTITY_MAX}` : undefined;
}

function flawOfAmount(value: bigint): Flaw {
  if (value < 0n) return 'must not be negative';
  return value > AMOUNT_MAX ? `must be at most ${AMOUNT_MAX} KRW` : undefined;
}

const matches = (form: RegExp, otherwise: string) => (value: string) =>
  form.test(value) ? undefined : otherwise;

const flawOfPhone = matches(/^\+?[0-9][0-9 ()*-]{5,24}$/, 'is not a telephone number');
const flawOfPostcode = matches(
  /^\d{5}$|^\d{3}-?\d{3}$/,
  'is not a postcode of 5 (or, before 2015, 6) digits',
);
const flawOfListing = matches(/^[\x21-\x7e]{1,100}$/, 'is no number of a listing');

function flawOfCancelled({ cancelledQuantity, quantity }: OrderLine): Flaw {
  if (!Number.isSafeInteger(cancelledQuantity)) return 'must be a whole number';
  if (cancelledQuantity < 0) return 'must not be negative';
  return cancelledQuantity > quantity ? 'is more than was ordered' : undefined;
}

function flawOfDiscount({ discount, amount }: OrderLine): Flaw {
  return flawOfAmount(discount) ?? (discount > amount ? 'is more than the price' : undefined);
}

function flawOfLines({ lines }: OrderPart): Flaw {
  if (lines.length === 0) return 'are missing';
  return lines.length > LINES_MAX ? `are more than ${LINES_MAX}` : undefined;
}

/** What a part, its recipient or a line must be, by the names of what is wrong otherwise. */
type Rules<Of> = readonly { readonly name: keyof Of; flawOf(this: void, value: Of): Flaw }[];

const OF_PART: Rules<OrderPart> = [
  { name: 'channel', flawOf: ({ channel }) => flawOfText(channel, 1, 40) },
  { name: 'orderNumber', flawOf: ({ orderNumber }) => flawOfText(orderNumber, 1, 100) },
  { name: 'orderedAt', flawOf: ({ orderedAt }) => flawOfMoment(orderedAt) },
  { name: 'shippingFee', flawOf: ({ shippingFee }) => flawOfAmount(shippingFee) },
  { name: 'shipBy', flawOf: ({ shipBy }) => (shipBy === null ? undefined : flawOfMoment(shipBy)) },
  { name: 'lines', flawOf: flawOfLines },
];

const OF_RECIPIENT: Rules<Recipient> = [
  { name: 'name', flawOf: ({ name }) => flawOfText(name, 1, 100) },
  { name: 'phone', flawOf: ({ phone }) => flawOfPhone(phone) },
  { name: 'phone2', flawOf: ({ phone2 }) => (phone2 === null ? undefined : flawOfPhone(phone2)) },
  { name: 'postcode', flawOf: ({ postcode }) => flawOfPostcode(postcode) },
  { name: 'address', flawOf: ({ address }) => flawOfText(address, 1, 300) },
  {
    name: 'deliveryMessage',
    flawOf: ({ deliveryMessage: text }) => (text === null ? undefined : flawOfText(text, 1, 500)),
  },
];

const OF_LINE: Rules<OrderLine> = [
  { name: 'lineNumber', flawOf: ({ lineNumber }) => flawOfText(lineNumber, 1, 60) },
  { name: 'deal', flawOf: ({ deal }) => flawOfText(deal, 1, 500) },
  { name: 'option', flawOf: ({ option }) => flawOfText(option, 0, 500) },
  { name: 'quantity', flawOf: ({ quantity }) => flawOfQuantity(quantity) },
  { name: 'cancelledQuantity', flawOf: flawOfCancelled },
  { name: 'amount', flawOf: ({ amount }) => flawOfAmount(amount) },
  { name: 'discount', flawOf: flawOfDiscount },
  { name: 'listing', flawOf: ({ listing }) => (listing === null ? undefined : flawOfListing(listing)) },
];

/** Something in a part that does not fit, and where in the standard form it stands. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  /** Quotes no value. */
  readonly message: string;
}

/** Every value in a part that does not fit by itself. */
export function flawsOf(part: OrderPart): Misfit[] {
  return [
    ...broken(OF_PART, part, []),
    ...broken(OF_RECIPIENT, part.recipient, ['recipient']),
    ...part.lines.flatMap((line, index) => broken(OF_LINE, line, ['lines', index])),
  ];
}

function broken<Of>(rules: Rules<Of>, value: Of, path: readonly PropertyKey[]): Misfit[] {
  const found: Misfit[] = [];
  for (const { name, flawOf } of rules) {
    const message = flawOf(value);
    if (message !== undefined) found.push({ path: [...path, name], message });
  }
  return found;
}
