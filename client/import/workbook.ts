import type { Cell } from '../../activities/sources/upload/record';
import { CAPS, FileRefused } from './file-refused';
import type { Formulas, SheetPart } from './look-over';

/** Reading and writing workbooks: the one place that knows the library. It is ESM only, and slow to load. */
const library = () => import('hucre/xlsx');

export interface SheetRow {
  /** Counted from 1, as spreadsheets do. */
  readonly row: number;
  readonly cells: readonly (Cell | undefined)[];
}

/** The rows of a sheet that are not empty. @throws FileRefused. */
export async function* rowsOfSheet(
  file: Buffer,
  sheet: SheetPart,
  formulas: Formulas,
  most?: number,
): AsyncGenerator<SheetRow> {
  const { streamXlsxRows } = await library();
  let rows = 0;
  const reading = streamXlsxRows(file, {
    sheet: sheet.index,
    ...(most === undefined ? {} : { maxRows: most }),
  });
  for await (const { index, values } of reading) {
    const row = index + 1;
    const cells = values.slice(0, CAPS.columns).map(asCell);
    for (const column of formulas.get(row) ?? [])
      if (column < CAPS.columns) cells[column] = { formula: true };
    if (cells.every((cell) => cell === undefined)) continue;
    rows += 1;
    if (rows > CAPS.rows) throw tooLong();
    yield { row, cells };
  }
}

export function tooLong(): FileRefused {
  return new FileRefused(
    `The file has more than ${CAPS.rows.toLocaleString('en-US')} rows: split it into several.`,
  );
}

function asCell(value: string | number | boolean | Date | null | undefined): Cell | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (!(value instanceof Date)) return value;
  // Its UTC is the wall clock's time; a serial's fraction misses whole seconds by a little.
  value.setTime(Math.round(value.getTime() / 1000) * 1000);
  return { date: value.toISOString().slice(0, 19) };
}

/** A workbook of text: what looks like a number stays as it is written. */
export async function writeTextSheet(
  name: string,
  rows: Rows<string>,
  widths: readonly number[] = [],
): Promise<Buffer> {
  const columns = Array.from({ length: CAPS.columns }, (_, column) => ({
    numFmt: '@',
    ...(widths[column] === undefined ? {} : { width: widths[column] }),
  }));
  return writeSheet(name, columns, rows);
}

export interface SheetColumn {
  readonly title: string;
  readonly width: number;
  /** Otherwise text, and whatever looks like a number stays as it is written. */
  readonly isNumber?: boolean;
}

export type TableCell = string | number | bigint;

/** A workbook with a table; a number that a spreadsheet would round becomes text. */
export async function writeTableSheet(
  name: string,
  columns: readonly SheetColumn[],
  rows: Iterable<readonly TableCell[]>,
): Promise<Buffer> {
  const formats = columns.map(({ width, isNumber }) => ({
    width,
    numFmt: isNumber === true ? '#,##0' : '@',
  }));
  const titles = columns.map(({ title }) => title);
  const cells = [...rows].map((row) => row.map((cell) => (typeof cell === 'bigint' ? exact(cell) : cell)));
  return writeSheet(name, formats, [titles, ...cells]);
}

/** Spreadsheets keep fifteen digits. */
function exact(value: bigint): number | string {
  const most = 10n ** 15n;
  return value < most && value > -most ? Number(value) : value.toString();
}

type Rows<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

async function writeSheet(
  name: string,
  columns: { numFmt: string; width?: number }[],
  rows: Rows<string | number>,
): Promise<Buffer> {
  const { writeXlsxStream } = await library();
  const pieces: Uint8Array[] = [];
  const copied = (async function* () {
    for await (const row of rows) yield [...row];
  })();
  for await (const piece of writeXlsxStream(copied, { name, columns, inlineStrings: true }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}
