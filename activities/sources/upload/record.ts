import { z } from 'zod';
import { UndecodableRecord } from '../../../domain/errors';
import { UPLOAD_FIELDS } from '../../../domain/upload-field';

/** One order's rows of a file, as canonical JSON: the raw record of an upload. */

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  /** As the cell shows it: a wall clock's time without a zone, `2026-11-20T10:30:00`. */
  z.strictObject({ date: z.string() }),
  /** Its value may be old, or none: only pasted values are taken. */
  z.strictObject({ formula: z.literal(true) }),
]);
/** A cell as the file has it; an empty one is not there. */
export type Cell = z.infer<typeof cell>;

const row = z.strictObject({
  /** Counted from 1, as spreadsheets do. */
  row: z.int().min(1),
  cells: z.partialRecord(z.enum(UPLOAD_FIELDS), cell),
  /** Columns that mean nothing to us, by their headers; personal data may stand there. */
  remarks: z.record(z.string(), cell),
});
export type UploadRow = z.infer<typeof row>;

const record = z.strictObject({
  file: z.string(),
  template: z.string(),
  channel: z.string(),
  /** Samples carry no revenue. */
  sample: z.boolean(),
  /** When the file was read, which counts where it has no order date. ISO 8601. */
  readAt: z.iso.datetime(),
  /** Made up from the rows, where the file has no order numbers. */
  number: z.string().optional(),
  /** Days are counted from 1904, as old Excels on Macs do. */
  from1904: z.literal(true).optional(),
  rows: z.array(row).min(1),
});
export type UploadRecord = z.infer<typeof record>;

export function writeRecord(given: UploadRecord): string {
  return JSON.stringify(given);
}

/** @throws UndecodableRecord where it is no record of an upload. */
export function parseRecord(body: Uint8Array): UploadRecord {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new UndecodableRecord('record', 'is no JSON in UTF-8', { cause });
  }
  const parsed = record.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UndecodableRecord(issue?.path.join('.') || 'record', issue?.message ?? 'does not fit');
}
