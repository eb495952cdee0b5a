import { z } from 'zod';
import { UndecodableRecord } from '../../../domain/errors';
import { UPLOAD_FIELDS } from '../../../domain/upload-field';
import type { UploadRecord } from './record';

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ date: z.string() }),
  z.strictObject({ formula: z.literal(true) }),
]);

const row = z.strictObject({
  row: z.int().min(1),
  cells: z.partialRecord(z.enum(UPLOAD_FIELDS), cell),
  remarks: z.record(z.string(), cell),
});

const record: z.ZodType<UploadRecord> = z.strictObject({
  file: z.string(),
  template: z.string(),
  channel: z.string(),
  sample: z.boolean(),
  readAt: z.iso.datetime(),
  number: z.string().optional(),
  from1904: z.literal(true).optional(),
  rows: z.array(row).min(1),
});

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
