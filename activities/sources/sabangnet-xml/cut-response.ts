import { hash } from 'node:crypto';
import { OutsideUnavailable } from '../../outcome';
import { OUR_STEP_WORDS } from '../sabangnet/order-status';
import type { FetchedRecord } from '../source';
import { decodeBytes, encode, type WireEncoding } from './wire';

/**
 * Cuts a list of the hub into its records without decoding it, so that each is kept as it came and one that
 * is broken does not spoil the others. Searching bytes is safe: in CP949 the second byte of a character
 * is 41–5A, 61–7A or 81–FE, in UTF-8 80–BF, so that `<`, `>`, `/`, `!`, `[` and `]` are always themselves,
 * and letters between two of them are not part of a Korean character either.
 */

const ROOT = 'SABANG_ORDER_LIST';
const DATA_OPEN = '<DATA>';
const DATA_CLOSE = '</DATA>';
const CDATA_OPEN = '<![CDATA[';
const CDATA_CLOSE = ']]>';
const NONE = Number.MAX_SAFE_INTEGER;

/** What the hub lists. */
export interface HubList {
  /** For messages. */
  readonly of: 'orders' | 'claims';
  /** Finds its own number of one of them, as {@link idPattern} does. */
  readonly id: RegExp;
  /** Sets the numbers of one list apart from those of another. */
  readonly prefix: string;
}

/** The text of a field that is a number of the hub's. */
export function idPattern(field: 'IDX' | 'CL_IDX'): RegExp {
  return new RegExp(
    `<${field}>\\s*(?:<!\\[CDATA\\[)?\\s*([0-9A-Za-z-]{1,40})\\s*(?:\\]\\]>)?\\s*</${field}>`,
  );
}

/** The response, and the same as one character a byte: positions are the same in both. */
interface Answer {
  readonly list: HubList;
  readonly bytes: Buffer;
  readonly latin: string;
  /** Where the records begin and end. */
  readonly body: number;
  readonly bodyEnd: number;
}

/** A record from `start` up to `end`. */
interface Slice {
  readonly start: number;
  readonly end: number;
}

/**
 * @throws OutsideUnavailable when the response is not a complete list in the encoding we asked for;
 *   its message quotes nothing of a response that may hold orders.
 */
export function cutResponse(response: Uint8Array, encoding: WireEncoding, list: HubList): FetchedRecord[] {
  const bytes = Buffer.from(response.buffer, response.byteOffset, response.byteLength);
  const latin = bytes.toString('latin1');
  const head = latin.slice(0, Math.min(indexOf(latin, DATA_OPEN, 0), 4_096));
  if (!head.includes(`<${ROOT}>`)) throw new OutsideUnavailable(notAList(bytes, list));
  checkEncoding(head, encoding);
  const bodyEnd = latin.lastIndexOf(`</${ROOT}>`);
  if (bodyEnd === -1) throw new OutsideUnavailable(`Sabangnet closed the list of ${list.of} before its end`);
  const body = Math.max(endOf(head, `<${ROOT}>`), endOf(head, '</HEADER>'));
  const expected = Number(/<TOTAL_COUNT>\s*(?:<!\[CDATA\[)?\s*(\d+)/.exec(head)?.[1] ?? Number.NaN);
  const records = readRecords({ list, bytes, latin, body, bodyEnd }, expected);
  if (records.length === 0 && Number.isNaN(expected))
    throw new OutsideUnavailable('Sabangnet answered with neither records nor a TOTAL_COUNT');
  if (records.length < expected)
    throw new OutsideUnavailable(
      `Sabangnet announced ${expected} records and sent ${records.length}: the answer was cut`,
    );
  return records;
}

function checkEncoding(head: string, encoding: WireEncoding): void {
  const declared = /<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head)?.[1]?.toLowerCase();
  if (declared !== undefined && declared !== encoding)
    throw new OutsideUnavailable(`Sabangnet answered in ${declared}, the connection expects ${encoding}`);
}

/**
 * A `</DATA>` that somebody typed into a CDATA section ends nothing. Only where that reading finds less
 * than the hub counted, a CDATA section does not end and hides records, and the tags alone decide.
 */
function readRecords(answer: Answer, expected: number): FetchedRecord[] {
  const records = toRecords(answer, scan(answer, true));
  return records.length < expected ? toRecords(answer, scan(answer, false)) : records;
}

function scan({ latin, body, bodyEnd }: Answer, respectCdata: boolean): Slice[] {
  const slices: Slice[] = [];
  for (let start = indexOf(latin, DATA_OPEN, body); start < bodyEnd; ) {
    let close = indexOf(latin, DATA_CLOSE, start);
    for (let cdata = start; respectCdata && close < NONE; ) {
      cdata = indexOf(latin, CDATA_OPEN, cdata);
      if (cdata > close) break;
      cdata = indexOf(latin, CDATA_CLOSE, cdata);
      if (cdata > close) close = indexOf(latin, DATA_CLOSE, cdata);
    }
    if (close > bodyEnd) break;
    const end = close + DATA_CLOSE.length;
    slices.push({ start, end });
    start = indexOf(latin, DATA_OPEN, end);
  }
  return slices;
}

function toRecords(answer: Answer, slices: readonly Slice[]): FetchedRecord[] {
  const records: FetchedRecord[] = [];
  let from = answer.body;
  for (const slice of slices) {
    keepLeftover(answer, { start: from, end: slice.start }, records);
    records.push(toRecord(answer, slice));
    from = slice.end;
  }
  keepLeftover(answer, { start: from, end: answer.bodyEnd }, records);
  return records;
}

/** What stands between records and is none is kept as one record too, which a person looks at. */
function keepLeftover(answer: Answer, { start, end }: Slice, records: FetchedRecord[]): void {
  const text = answer.latin.slice(start, end).trim();
  if (text === '') return;
  const exact = start + answer.latin.slice(start, end).indexOf(text);
  records.push(unnamed(answer, { start: exact, end: exact + text.length }));
}

function toRecord(answer: Answer, slice: Slice): FetchedRecord {
  const { start, end } = slice;
  const text = answer.latin.slice(start, end);
  const id = answer.list.id.exec(text)?.[1];
  if (id === undefined) return unnamed(answer, slice);
  return {
    recordId: answer.list.prefix + id,
    body: answer.bytes.subarray(start, end),
    contentHash: contentHash(text),
  };
}

function unnamed({ bytes, latin }: Answer, { start, end }: Slice): FetchedRecord {
  const digest = contentHash(latin.slice(start, end));
  return { recordId: `response-${digest}`, body: bytes.subarray(start, end), contentHash: digest };
}

/** Steps that our reading and shipping cause, in the bytes of both encodings, one character a byte. */
const OUR_STEPS = new Set(
  OUR_STEP_WORDS.flatMap((word) => [
    encode(word, 'euc-kr').toString('latin1'),
    encode(word, 'utf-8').toString('latin1'),
  ]),
);
const STATUS = /<ORDER_STATUS>\s*(?:<!\[CDATA\[)?\s*([^<\]]*?)\s*(?:\]\]>)?\s*<\/ORDER_STATUS>/;

/** A record that only moved from one of our steps to the next is the same. */
function contentHash(latin: string): string {
  const status = STATUS.exec(latin);
  const meaning =
    status && OUR_STEPS.has(status[1] ?? '')
      ? latin.slice(0, status.index) + latin.slice(status.index + status[0].length)
      : latin;
  return hash('sha256', meaning, 'hex').slice(0, 32);
}

function indexOf(text: string, sought: string, from: number): number {
  const found = text.indexOf(sought, from);
  return found === -1 ? NONE : found;
}

function endOf(text: string, sought: string): number {
  const found = text.indexOf(sought);
  return found === -1 ? 0 : found + sought.length;
}

/** What a person needs of an error page; nothing is quoted of an answer that may hold orders. */
function notAList(bytes: Buffer, list: HubList): string {
  const short = bytes.length <= 1_000 && !bytes.includes('<DATA');
  const text = short ? (decodeBytes(bytes, 'euc-kr') ?? decodeBytes(bytes, 'utf-8') ?? '') : '';
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return `Sabangnet answered something else than a list of ${list.of}${words ? `: "${words}"` : ''}`;
}
