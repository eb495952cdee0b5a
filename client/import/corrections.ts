import type { Cell } from '../../activities/sources/upload/record';
import type { SheetRow } from './workbook';

/** A cell that a person has mended after a file was read. */
export interface Correction {
  /** Counted from 1, as spreadsheets do. */
  readonly row: number;
  /** Counted from 0. */
  readonly column: number;
  /** Empty: the cell is. */
  readonly value: string;
}

/** What was mended, by row and column: the last word on a cell counts. */
export type Corrections = ReadonlyMap<number, ReadonlyMap<number, string>>;

export function byRow(corrections: readonly Correction[]): Corrections {
  const rows = new Map<number, Map<number, string>>();
  for (const { row, column, value } of corrections) {
    const cells = rows.get(row) ?? new Map<number, string>();
    rows.set(row, cells.set(column, value));
  }
  return rows;
}

/** The rows of a sheet with what was mended in them; a row that is empty now is left out, as others are. */
export async function* mended(
  rows: AsyncIterable<SheetRow>,
  corrections: Corrections,
): AsyncGenerator<SheetRow> {
  for await (const given of rows) {
    const values = corrections.get(given.row);
    if (values === undefined) yield given;
    else {
      const cells: (Cell | undefined)[] = Array.from(given.cells);
      for (const [column, value] of values) cells[column] = value === '' ? undefined : value;
      // A cell beyond the row's end leaves none between.
      const whole = Array.from(cells);
      if (whole.some((cell) => cell !== undefined)) yield { row: given.row, cells: whole };
    }
  }
}

/** A cell as a person reads it, and writes it anew. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'date' in cell ? cell.date.replace('T', ' ') : '=…';
}
