import { UndecodableRecord } from '../../../domain/errors';
import { meaningHash, parseLossless } from '../json-records';
import type { FetchedRecord } from '../source';
import type { EcountSettings } from './settings';

/** A column's text, trimmed; empty where there is none. */
export type Read = (column: string) => string;

type Columns = EcountSettings['columns'];

/** @throws UndecodableRecord where the bytes are no row. */
export function readRow(body: Uint8Array): Read {
  const row = parsed(body);
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new UndecodableRecord('row', 'is no JSON object');
  const columns = new Map(Object.entries(row));
  return (column) => {
    const value: unknown = columns.get(column);
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return parseLossless(body);
  } catch (cause) {
    throw new UndecodableRecord('row', 'is no JSON in UTF-8', { cause });
  }
}

/** `<date>-<slip>-<row>`: the ERP's own number of a row. @throws UndecodableRecord naming the column that has none. */
export function rowNumber(read: Read, { slipDate, slipNumber, row }: Columns): string {
  return `${slipOf(read, { slipDate, slipNumber })}-${token(read, row)}`;
}

/** `<date>-<slip>`, as the ERP writes it. */
export function slipOf(
  read: Read,
  { slipDate, slipNumber }: Pick<Columns, 'slipDate' | 'slipNumber'>,
): string {
  return `${token(read, slipDate)}-${token(read, slipNumber)}`;
}

function token(read: Read, column: string): string {
  const text = read(column);
  if (!/^[0-9A-Za-z]{1,30}$/.test(text))
    throw new UndecodableRecord(column, text === '' ? 'is missing' : 'is no number of a slip');
  return text;
}

/** A row as a record. One that cannot be named is known by its bytes, and a person looks at it. */
export function toRecord(body: Uint8Array, { columns }: EcountSettings): FetchedRecord {
  try {
    const read = readRow(body);
    const meaning = Object.values(columns).flat().map(read);
    return { recordId: rowNumber(read, columns), body, contentHash: meaningHash(meaning) };
  } catch (error) {
    if (!(error instanceof UndecodableRecord)) throw error;
    const contentHash = meaningHash(Buffer.from(body).toString('latin1'));
    return { recordId: `row-${contentHash.slice(0, 32)}`, body, contentHash };
  }
}
