import { UndecodableRecord } from '../../../domain/errors';
import { meaningHash } from '../json-records';
import type { FetchedRecord } from '../source';
import type { WireEncoding } from '../wire-text';
import { readFields } from '../xml-fields';
import { elementsIn, xmlBytes } from '../xml-records';
import { ROW } from './account';
import { claimRecordId, lineRecordId } from './ids';

/** A record's fields by name; 11st writes `null` where it has nothing. */
export type Read = (field: string) => string;

/** What is in a record: the row of a list, and for a line of an order its row of `orderlistall`. */
export interface RecordRows {
  readonly row: Read;
  readonly state: Read | undefined;
}

/** @throws UndecodableRecord naming the field. */
export function readRows(body: Uint8Array, encoding: WireEncoding): RecordRows {
  const answer = xmlBytes(body);
  const slices = elementsIn(answer, ROW, { start: 0, end: body.byteLength });
  const [row = body, state] = slices.map(({ start, end }) => answer.bytes.subarray(start, end));
  return { row: reader(row, encoding), state: state && reader(state, encoding) };
}

function reader(row: Uint8Array, encoding: WireEncoding): Read {
  const fields = readFields(row, ROW, encoding);
  return (field) => {
    const text = fields.get(field) ?? '';
    return text === 'null' ? '' : text;
  };
}

/** A field without spaces, found without decoding the row: so a row that is broken elsewhere has a name, too. */
export function tokenIn(row: Uint8Array): (field: string) => string | undefined {
  const { latin } = xmlBytes(row);
  return (field) =>
    new RegExp(
      `<${field}>\\s*(?:<!\\[CDATA\\[)?\\s*([0-9A-Za-z.]{1,30})\\s*(?:\\]\\]>)?\\s*</${field}>`,
    ).exec(latin)?.[1];
}

const words = (list: string) => list.trim().split(/\s+/);

/** What a customer can change of a line, or the seller's answer to a claim. */
const LINE_MEANING = words(`
  ordNo ordPrdSeq ordDt ordQty ordAmt lstSellerDscPrc prdNm slctPrdOptNm
  rcvrNm rcvrPrtblNo rcvrTlphn rcvrMailNo rcvrBaseAddr rcvrDtlsAddr ordDlvReqCont
`);
const CLAIM_MEANING = words(`
  ordNo ordPrdSeq ordPrdCnSeq ordCnStatCd ordCnQty createDt clmReqSeq clmStat clmReqQty reqDt
`);

/**
 * A line of an order as it is kept: byte for byte, its row of a list first, then its row of `orderlistall`,
 * which alone says how many were ordered before some were cancelled.
 */
export function lineRecord(
  row: Uint8Array,
  state: Uint8Array | undefined,
  encoding: WireEncoding,
): FetchedRecord {
  const body = state === undefined ? row : Buffer.concat([row, state]);
  const recordId = lineRecordId(tokenIn(row));
  return named(body, recordId, encoding, ({ row: read, state: readState }) => [
    ...LINE_MEANING.map(read),
    readState?.('ordQty') ?? '',
  ]);
}

export function claimRecord(row: Uint8Array, encoding: WireEncoding): FetchedRecord {
  return named(row, claimRecordId(tokenIn(row)), encoding, ({ row: read }) => CLAIM_MEANING.map(read));
}

/** What nobody can name is one record too, which a person looks at. */
export function unnamedRecord(body: Uint8Array): FetchedRecord {
  const contentHash = hashOf(body);
  return { recordId: `response-${contentHash.slice(0, 32)}`, body, contentHash };
}

function named(
  body: Uint8Array,
  recordId: string | undefined,
  encoding: WireEncoding,
  meaning: (rows: RecordRows) => readonly string[],
): FetchedRecord {
  if (recordId === undefined) return unnamedRecord(body);
  try {
    return { recordId, body, contentHash: meaningHash(meaning(readRows(body, encoding))) };
  } catch (error) {
    if (error instanceof UndecodableRecord) return { recordId, body, contentHash: hashOf(body) };
    throw error;
  }
}

function hashOf(body: Uint8Array): string {
  return meaningHash(Buffer.from(body).toString('latin1'));
}
