import { hash } from 'node:crypto';
import { OutsideUnavailable } from '../../outcome';
import { OUR_STEP_WORDS } from '../sabangnet/order-status';
import type { FetchedRecord } from '../source';
import { decodeBytes, encode, type WireEncoding } from '../wire-text';
import {
  checkEncoding,
  elementsIn,
  indexOf,
  leftoversIn,
  type Slice,
  type XmlBytes,
  xmlBytes,
} from '../xml-records';

const ROOT = 'SABANG_ORDER_LIST';
const RECORD = 'DATA';

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

/** A response, what is listed in it, and where. */
interface Answer extends XmlBytes {
  readonly list: HubList;
  readonly body: Slice;
}

/**
 * @throws OutsideUnavailable when the response is not a complete list in the encoding we asked for;
 *   its message quotes nothing of a response that may hold orders.
 */
export function cutResponse(response: Uint8Array, encoding: WireEncoding, list: HubList): FetchedRecord[] {
  const answer = xmlBytes(response);
  const { bytes, latin } = answer;
  const head = latin.slice(0, Math.min(indexOf(latin, `<${RECORD}>`, 0), 4_096));
  if (!head.includes(`<${ROOT}>`)) throw new OutsideUnavailable(notAList(bytes, list));
  checkEncoding('Sabangnet', answer, encoding);
  const end = latin.lastIndexOf(`</${ROOT}>`);
  if (end === -1) throw new OutsideUnavailable(`Sabangnet closed the list of ${list.of} before its end`);
  const start = Math.max(endOf(head, `<${ROOT}>`), endOf(head, '</HEADER>'));
  const expected = Number(/<TOTAL_COUNT>\s*(?:<!\[CDATA\[)?\s*(\d+)/.exec(head)?.[1] ?? Number.NaN);
  const records = readRecords({ ...answer, list, body: { start, end } }, expected);
  if (records.length === 0 && Number.isNaN(expected))
    throw new OutsideUnavailable('Sabangnet answered with neither records nor a TOTAL_COUNT');
  if (records.length < expected)
    throw new OutsideUnavailable(
      `Sabangnet announced ${expected} records and sent ${records.length}: the answer was cut`,
    );
  return records;
}

/**
 * A `</DATA>` that somebody typed into a CDATA section ends nothing. Only where that reading finds less
 * than the hub counted, a CDATA section does not end and hides records, and the tags alone decide.
 */
function readRecords(answer: Answer, expected: number): FetchedRecord[] {
  const records = toRecords(answer, elementsIn(answer, RECORD, answer.body));
  return records.length < expected
    ? toRecords(answer, elementsIn(answer, RECORD, answer.body, false))
    : records;
}

/** What stands between records and is none is kept as one record too, which a person looks at. */
function toRecords(answer: Answer, slices: readonly Slice[]): FetchedRecord[] {
  const leftovers = new Set(leftoversIn(answer, answer.body, slices));
  return [...slices, ...leftovers]
    .toSorted((a, b) => a.start - b.start)
    .map((slice) => (leftovers.has(slice) ? unnamed(answer, slice) : toRecord(answer, slice)));
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
