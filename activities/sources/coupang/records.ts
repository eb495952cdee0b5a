import { z } from 'zod';
import { sha256 } from '../../../domain/sha256';
import { meaningHash } from '../json-records';
import type { FetchedRecord } from '../source';
import { id, parseReadable } from './wire';

/** How one kind of Coupang's records is named and told apart from its older versions. */
export interface RecordKind<T> {
  readonly schema: z.ZodType<T>;
  /** Ids of the record by what can be read of it; undefined where its number cannot. */
  idsOf(value: unknown): readonly string[] | undefined;
  /** What means something in it, and not a status that reading, acknowledging or shipping moves on. */
  meaningOf(whole: T): unknown;
}

/**
 * The records that an element of a list is: one, as a rule. What cannot be read is one as well, new whenever a byte
 * of it changes.
 */
export function recordsOf<T>(body: Uint8Array, kind: RecordKind<T>): FetchedRecord[] {
  const value = readable(body);
  const whole = kind.schema.safeParse(value).data;
  const digest = sha256(body);
  const contentHash = whole === undefined ? digest : meaningHash(kind.meaningOf(whole));
  const ids = kind.idsOf(value) ?? [`unreadable-${digest.slice(0, 32)}`];
  return ids.map((recordId) => ({ recordId, body, contentHash }));
}

/** The value of a record, as far as it can be read. */
export function readable(body: Uint8Array): unknown {
  try {
    return parseReadable(body);
  } catch {
    return undefined;
  }
}

/** The number that stands in a field of a record, whatever else is wrong with it. */
export function numberIn(value: unknown, field: string): string | undefined {
  return z.object({ [field]: id }).safeParse(value).data?.[field];
}
