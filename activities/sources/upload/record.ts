import type { UploadField } from '../../../domain/upload-field';

/** One order's rows of a file, as canonical JSON: the raw record of an upload. Read again by `parseRecord`. */

/**
 * A cell as the file has it; an empty one is not there. A date is as the cell shows it: a wall clock's time without a
 * zone, `2026-11-20T10:30:00`. The value of a formula may be old, or none: only pasted values are taken.
 */
export type Cell = string | number | boolean | { readonly date: string } | { readonly formula: true };

export interface UploadRow {
  /** Counted from 1, as spreadsheets do. */
  readonly row: number;
  readonly cells: Readonly<Partial<Record<UploadField, Cell>>>;
  /** Columns that mean nothing to us, by their headers; personal data may stand there. */
  readonly remarks: Readonly<Record<string, Cell>>;
}

export interface UploadRecord {
  readonly file: string;
  readonly template: string;
  readonly channel: string;
  /** Samples carry no revenue. */
  readonly sample: boolean;
  /** When the file was read, which counts where it has no order date. ISO 8601. */
  readonly readAt: string;
  /** Made up from the rows, where the file has no order numbers. */
  readonly number?: string | undefined;
  /** Days are counted from 1904, as old Excels on Macs do. */
  readonly from1904?: true | undefined;
  readonly rows: readonly UploadRow[];
}

export function writeRecord(given: UploadRecord): string {
  return JSON.stringify(given);
}
