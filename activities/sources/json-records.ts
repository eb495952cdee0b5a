import { isSafeNumber, parse } from 'lossless-json';
import { sha256 } from '../../domain/sha256';

/** How the records of a JSON API are kept as they came, and read without losing a digit. */

/**
 * The value of a JSON text; a number that JavaScript cannot hold exactly (beyond 2^53, or with too many
 * digits) stays the text it was.
 *
 * @throws SyntaxError where it is no JSON in UTF-8.
 */
export function parseLossless(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new SyntaxError('is not UTF-8', { cause });
  }
  return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
}

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/**
 * The value at `path` of a JSON text, byte for byte; undefined where there is none. Bytes suffice: what has a
 * meaning in JSON is ASCII, and no byte of another character in UTF-8 is.
 *
 * @param body a text that {@link parseLossless} takes, or would if its characters were whole.
 */
export function cutValue(body: Uint8Array, path: readonly string[]): Uint8Array | undefined {
  let at = skipSpace(body, 0);
  for (const name of path) {
    const found = memberAt(body, at, name);
    if (found === undefined) return undefined;
    at = found;
  }
  return body.subarray(at, endOfValue(body, at));
}

/** The elements of the array at `path`, as {@link cutValue} cuts; none where there is no array there. */
export function cutArray(body: Uint8Array, path: readonly string[]): Uint8Array[] {
  const array = cutValue(body, path);
  if (array?.[0] !== 0x5b) return [];
  const elements: Uint8Array[] = [];
  for (let at = skipSpace(array, 1); at < array.length && array[at] !== 0x5d; ) {
    const end = endOfValue(array, at);
    elements.push(array.subarray(at, end));
    at = skipSpace(array, end);
    if (array[at] === COMMA) at = skipSpace(array, at + 1);
  }
  return elements;
}

/** Where the value of an object's member begins. */
function memberAt(body: Uint8Array, object: number, name: string): number | undefined {
  if (body[object] !== 0x7b) return undefined;
  for (let at = skipSpace(body, object + 1); at < body.length && body[at] === QUOTE; ) {
    const end = endOfValue(body, at);
    const key: unknown = JSON.parse(new TextDecoder().decode(body.subarray(at, end)));
    at = skipSpace(body, end);
    if (body[at] === COLON) at = skipSpace(body, at + 1);
    if (key === name) return at;
    at = skipSpace(body, endOfValue(body, at));
    if (body[at] === COMMA) at = skipSpace(body, at + 1);
  }
  return undefined;
}

function endOfValue(body: Uint8Array, start: number): number {
  const first = body[start] ?? 0;
  if (first === QUOTE) return endOfString(body, start);
  if (!OPENING.has(first)) return endOfWord(body, start);
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === QUOTE) at = endOfString(body, at) - 1;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return body.length;
}

function endOfString(body: Uint8Array, start: number): number {
  for (let at = start + 1; at < body.length; at += 1) {
    if (body[at] === BACKSLASH) at += 1;
    else if (body[at] === QUOTE) return at + 1;
  }
  return body.length;
}

function endOfWord(body: Uint8Array, start: number): number {
  let at = start;
  while (at < body.length) {
    const byte = body[at] ?? 0;
    if (byte === COMMA || CLOSING.has(byte) || SPACE.has(byte)) break;
    at += 1;
  }
  return at;
}

function skipSpace(body: Uint8Array, start: number): number {
  let at = start;
  while (at < body.length && SPACE.has(body[at] ?? 0)) at += 1;
  return at;
}

/** A hash of what means something in a record, in hex. */
export function meaningHash(meaning: unknown): string {
  return sha256(JSON.stringify(meaning));
}
