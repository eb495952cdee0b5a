import { UndecodableRecord } from '../../domain/errors';
import type { OrderPart } from '../../domain/order';
import { LINE_KEY_MAX, lineKey, ORDER_KEY_MAX, orderKey } from '../../domain/order-key';
import { AMOUNT_MAX, flawsOf, type Misfit, QUANTITY_MAX } from './part-rules';

/**
 * What holds for every source's orders. An adapter reads its fields with {@link wonOf} and {@link countOf}
 * and ends its `decode` with {@link checkedPart}, which names what does not fit by the source's own words.
 */

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

/** Everything in a part that does not fit the standard form. */
export function misfitsOf(part: OrderPart): readonly Misfit[] {
  const flaws = flawsOf(part);
  if (flaws.length > 0) return flaws;
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
