import type { Cell } from '../../activities/sources/upload/record';
import { decodeText, rowsOfCsv } from './csv';
import { FileRefused } from './file-refused';
import { HEADER_WITHIN } from './find-header';
import { kindOf } from './kind-of';
import { findFormulas, lookOver } from './look-over';
import { plainHeader } from './template';
import { rowsOfSheet, type SheetRow } from './workbook';

/** A list of things of ours as a file: the columns are always the same, in any order, with any others between them. */

export interface ListColumn {
  /** What the column means. */
  readonly field: string;
  readonly header: string;
  /** A file may do without it. */
  readonly isOptional?: true;
  readonly isNumber?: true;
  /** In characters. */
  readonly width: number;
}

/** What a file says; its cells by what they mean. */
export interface ListRead {
  /** Which column says what, counted from 0. */
  readonly places: Readonly<Record<string, number>>;
  readonly rows: readonly ListRow[];
}

export interface ListRow {
  /** Counted from 1, as spreadsheets do. */
  readonly row: number;
  readonly cells: Readonly<Record<string, Cell | undefined>>;
}

/** Many times what a brand sells. */
const MOST_ROWS = 100_000;

/** Reads the first sheet that has these columns, or a CSV. @throws FileRefused. */
export async function readList(bytes: Uint8Array, columns: readonly ListColumn[]): Promise<ListRead> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let missing: string[] | undefined;
  for (const sheet of await sheetsOf(file)) {
    const rows: SheetRow[] = [];
    for await (const row of sheet()) {
      rows.push(row);
      if (rows.length > MOST_ROWS + HEADER_WITHIN)
        throw new FileRefused(
          `The file has more than ${MOST_ROWS.toLocaleString('en-US')} rows: split it into several.`,
        );
    }
    for (const header of rows.filter(({ row }) => row <= HEADER_WITHIN)) {
      const words = header.cells.map((cell) => (typeof cell === 'string' ? plainHeader(cell) : ''));
      const lacks = columns.filter((c) => c.isOptional !== true && !words.includes(plainHeader(c.header)));
      if (lacks.length > 0) {
        const names = lacks.map((column) => column.header);
        if (names.length < (missing?.length ?? columns.length)) missing = names;
        continue;
      }
      const places = placesOf(columns, words, header.row);
      return { places, rows: rows.filter(({ row }) => row > header.row).map((row) => rowOf(row, places)) };
    }
  }
  throw new FileRefused(
    missing === undefined
      ? `None of the first ${HEADER_WITHIN} rows is a header with ${columns.map(({ header }) => header).join(', ')}.`
      : `The header lacks ${missing.join(', ')}: begin with an exported file.`,
  );
}

async function sheetsOf(file: Buffer): Promise<(() => AsyncIterable<SheetRow>)[]> {
  if (kindOf(file) === 'text') {
    const { text } = decodeText(file);
    return [() => rowsOfCsv(text)];
  }
  const { sheets } = await lookOver(file);
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  if (shown.length === 0) throw new FileRefused('The file has no sheet that is shown.');
  return Promise.all(
    shown.map(async (sheet) => {
      const formulas = await findFormulas(file, sheet);
      return () => rowsOfSheet(file, sheet, formulas);
    }),
  );
}

function placesOf(
  columns: readonly ListColumn[],
  words: readonly string[],
  row: number,
): Record<string, number> {
  return Object.fromEntries(
    columns.flatMap(({ field, header }) => {
      const word = plainHeader(header);
      const at = words.indexOf(word);
      if (at !== words.lastIndexOf(word))
        throw new FileRefused(
          `Two columns are called ${header} in row ${row}: rename the one that is not meant.`,
        );
      return at === -1 ? [] : [[field, at]];
    }),
  );
}

function rowOf({ row, cells }: SheetRow, places: Readonly<Record<string, number>>): ListRow {
  return { row, cells: Object.fromEntries(Object.entries(places).map(([field, at]) => [field, cells[at]])) };
}
