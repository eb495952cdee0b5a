/**
 * The names an order is known by. Everything that refers to an order, a line, or its journey
 * goes through these functions, so that the same order has one name wherever it came from.
 */

const UNSAFE = /[^A-Za-z0-9.-]/gu;
/** Most are, and there are many. */
const SAFE = /^[A-Za-z0-9.-]*$/;

/**
 * Injective: `_` begins an escape, so it is itself escaped (as `_5f`).
 *
 * @throws RangeError for half a surrogate pair: all halves have the same bytes.
 */
function escapePart(text: string): string {
  if (SAFE.test(text)) return text;
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('A key cannot be made of half a character');
  return text.replace(UNSAFE, (char) =>
    Array.from(new TextEncoder().encode(char), (byte) => `_${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** MySQL keeps order keys in VARCHAR(160) and line keys in VARCHAR(255); it refuses longer ones. */
export const ORDER_KEY_MAX = 160;
export const LINE_KEY_MAX = 255;

/**
 * `<channel>/<order number as the customer sees it>`, whatever source the order came by.
 *
 * @throws RangeError when a part is empty or the key is longer than {@link ORDER_KEY_MAX}.
 */
export function orderKey(channel: string, orderNumber: string): string {
  const number = orderNumber.trim();
  if (channel === '' || number === '')
    throw new RangeError('An order key needs a channel and an order number');
  const key = `${keyBeginning(channel)}${escapePart(number)}`;
  if (key.length > ORDER_KEY_MAX)
    throw new RangeError(`An order key has at most ${ORDER_KEY_MAX} characters`);
  return key;
}

/** What the keys of all orders of a channel begin with, and no other's. */
export function keyBeginning(channel: string): string {
  return `${escapePart(channel)}/`;
}

/**
 * The order key and the channel's own line number.
 *
 * @throws RangeError when it is longer than {@link LINE_KEY_MAX}.
 */
export function lineKey(order: string, lineNumber: string): string {
  const key = `${order}/${escapePart(lineNumber)}`;
  if (key.length > LINE_KEY_MAX) throw new RangeError(`A line key has at most ${LINE_KEY_MAX} characters`);
  return key;
}

/** The ID of the workflow that carries an order through its journey. */
export function journeyId(order: string): string {
  return `order/${order}`;
}
