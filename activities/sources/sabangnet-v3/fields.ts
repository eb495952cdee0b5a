import { z } from 'zod';
import { UndecodableRecord } from '../../../domain/errors';
import { parseLossless } from '../json-records';

const recordSchema = z.record(z.string(), z.unknown());

/** The items of one record. */
export interface Fields {
  has(item: string): boolean;
  /**
   * Its text, trimmed; a number as its digits, nothing for null and for what is not there.
   *
   * @throws UndecodableRecord where it is neither.
   */
  read(item: string): string;
}

/** @throws UndecodableRecord where the bytes are no JSON object. */
export function fieldsOf(record: Uint8Array): Fields {
  let value: unknown;
  try {
    value = parseLossless(record);
  } catch (cause) {
    throw new UndecodableRecord('record', 'is no JSON', { cause });
  }
  const fields = recordSchema.safeParse(value).data;
  if (fields === undefined) throw new UndecodableRecord('record', 'is no JSON object');
  return {
    has: (item) => Object.hasOwn(fields, item),
    read: (item) => textOf(item, Object.hasOwn(fields, item) ? fields[item] : null),
  };
}

function textOf(item: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  throw new UndecodableRecord(item, 'is neither text nor number');
}
