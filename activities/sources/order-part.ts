import { z } from 'zod';
import { UndecodableRecord } from '../../domain/errors';
import type { OrderPart } from '../../domain/order';
import { LINE_KEY_MAX, lineKey, ORDER_KEY_MAX, orderKey } from '../../domain/order-key';

/**
 * What holds for every source's orders. An adapter reads its fields with {@link wonOf} and {@link countOf}
 * and ends its `decode` with {@link checkedPart}, which names what does not fit by the source's own words.
 */

export const QUANTITY_MAX = 9_999;
/** In KRW; a trillion, far above any order and far below 2^53. */
export const AMOUNT_MAX = 1_000_000_000_000n;

/** The parts of the standard form that an adapter has fields of its own for. */
export type PartField =
  | 'channel'
  | 'orderNumber'
  | 'orderedAt'
  | 'name'
  | 'phone'
  | 'phone2'
  | 'postcode'
  | 'address'
  | 'deliveryMessage'
  | 'shippingFee'
  | 'lines'
  | 'lineNumber'
  | 'deal'
  | 'option'
  | 'quantity'
  | 'cancelledQuantity'
  | 'amount'
  | 'discount'
  | 'listing'
  | 'shipBy';

/** The source's own name of each part, for the messages that a person reads; some sources do not tell all. */
export type FieldNames<Name extends string = string> = Readonly<
  Record<Exclude<PartField, 'listing' | 'shipBy'>, Name> & Partial<Record<PartField, Name>>
>;

/** C0 and C1 controls, marks that turn the direction of writing, and what broken encodings leave. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** One check instead of three: files and windows have millions of texts. */
export const text = (least: number, most: number) =>
  z.string().check(({ value, issues }) => {
    const message = flawOfText(value, least, most);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  });

function flawOfText(value: string, least: number, most: number): string | undefined {
  if (value.length < least) return least === 1 ? 'is missing' : `has fewer than ${least} characters`;
  if (value.length > most) return `has more than ${most} characters`;
  return UNPRINTABLE.test(value) ? 'contains control characters' : undefined;
}

const phone = z.string().regex(/^\+?[0-9][0-9 ()*-]{5,24}$/, 'is not a telephone number');

const amount = z
  .bigint()
  .min(0n, 'must not be negative')
  .max(AMOUNT_MAX, `must be at most ${AMOUNT_MAX} KRW`);

export const moment = z
  .date('is not a time')
  .min(new Date('2000-01-01T00:00:00Z'), 'is before the year 2000')
  .max(new Date('2100-01-01T00:00:00Z'), 'is after the year 2099');

const line = z
  .object({
    lineNumber: text(1, 60),
    deal: text(1, 500),
    option: text(0, 500),
    quantity: z.int().min(1, 'must be at least 1').max(QUANTITY_MAX, `must be at most ${QUANTITY_MAX}`),
    cancelledQuantity: z.int().min(0, 'must not be negative'),
    amount,
    discount: amount,
    listing: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'is no number of a listing')
      .nullable(),
  })
  .refine((value) => value.cancelledQuantity <= value.quantity, {
    path: ['cancelledQuantity'],
    error: 'is more than was ordered',
  })
  .refine((value) => value.discount <= value.amount, { path: ['discount'], error: 'is more than the price' });

const orderPart = z.object({
  channel: text(1, 40),
  orderNumber: text(1, 100),
  orderedAt: moment,
  recipient: z.object({
    name: text(1, 100),
    phone,
    phone2: phone.nullable(),
    postcode: z
      .string()
      .regex(/^\d{5}$|^\d{3}-?\d{3}$/, 'is not a postcode of 5 (or, before 2015, 6) digits'),
    address: text(1, 300),
    deliveryMessage: text(1, 500).nullable(),
  }),
  shippingFee: amount,
  shipBy: moment.nullable(),
  lines: z.array(line).min(1, 'are missing').max(500, 'are more than 500'),
});

/** Something in a part that does not fit, and where in the standard form it stands. */
export interface Misfit {
  readonly path: readonly PropertyKey[];
  /** Quotes no value. */
  readonly message: string;
}

/** Everything in a part that does not fit the standard form. */
export function misfitsOf(part: OrderPart): readonly Misfit[] {
  const checked = orderPart.safeParse(part);
  if (!checked.success) return checked.error.issues;
  let key: string;
  try {
    key = orderKey(part.channel, part.orderNumber);
  } catch {
    return [{ path: ['orderNumber'], message: `makes no key of at most ${ORDER_KEY_MAX} characters` }];
  }
  return part.lines.flatMap(({ lineNumber }, index) => lineMisfits(key, lineNumber, index));
}

function lineMisfits(order: string, lineNumber: string, index: number): Misfit[] {
  try {
    lineKey(order, lineNumber);
    return [];
  } catch {
    const message = `makes no key of at most ${LINE_KEY_MAX} characters`;
    return [{ path: ['lines', index, 'lineNumber'], message }];
  }
}

/**
 * The part itself, when it fits the standard form.
 *
 * @param fieldOf the source's own name of each field, for the message a person reads.
 * @throws UndecodableRecord naming the first field that does not fit; never quoting a value.
 */
export function checkedPart(part: OrderPart, fieldOf: FieldNames): OrderPart {
  const [first] = misfitsOf(part);
  if (first === undefined) return part;
  throw misfit(first, fieldOf);
}

/** A thing that does not fit, by the source's own name of it; no value is quoted. */
export function misfit(
  { path, message }: Misfit,
  fieldOf: Readonly<Partial<Record<string, string>>>,
): UndecodableRecord {
  const known = path.findLast((step) => typeof step === 'string' && step in fieldOf);
  const field = typeof known === 'string' ? fieldOf[known] : undefined;
  return new UndecodableRecord(field ?? 'record', message);
}

/**
 * KRW from decimal digits.
 *
 * @param field the source's own name of it; not a field with personal data, because the value is quoted.
 * @throws UndecodableRecord for anything but 0 to {@link AMOUNT_MAX}.
 */
export function wonOf(field: string, value: string): bigint {
  const won = /^\d{1,15}$/.test(value) ? BigInt(value) : -1n;
  if (won < 0n || won > AMOUNT_MAX)
    throw new UndecodableRecord(field, `must be whole KRW between 0 and ${AMOUNT_MAX}, got ${quoted(value)}`);
  return won;
}

/**
 * A number of pieces from decimal digits, 1 to {@link QUANTITY_MAX}.
 *
 * @throws UndecodableRecord quoting the value, as {@link wonOf} does.
 */
export function countOf(field: string, value: string): number {
  const count = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > QUANTITY_MAX)
    throw new UndecodableRecord(
      field,
      `must be a whole number between 1 and ${QUANTITY_MAX}, got ${quoted(value)}`,
    );
  return count;
}

/** Line breaks and tabs that customers type, as single spaces; nothing else is changed. */
export function oneLine(value: string): string {
  return (/[\t\r\n]/.test(value) ? value.replace(/ *[\t\r\n][\t\r\n ]*/g, ' ') : value).trim();
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
