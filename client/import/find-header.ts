import type { Cell } from '../../activities/sources/upload/record';
import type { UploadField } from '../../domain/upload-field';
import { FileRefused } from './file-refused';
import { plainHeader, type Template } from './template';
import type { SheetRow } from './workbook';

/** Titles and notes stand above a header, in merged cells; further down nobody looks for it. */
export const HEADER_WITHIN = 30;

/** A header that a template fits, and which of its columns means what. */
export interface Header {
  readonly template: Template;
  readonly row: number;
  /** Of each column the header's words; empty where it has none. */
  readonly words: readonly string[];
  readonly fields: ReadonlyMap<number, UploadField>;
}

const wordOf = (cell: Cell | undefined) => (typeof cell === 'string' ? cell.trim() : '');

/**
 * The row among a sheet's first ones that is the header, and the template that fits it: all of its columns are
 * there. Of several that fit the one with the most columns is meant.
 *
 * @returns undefined where none fits.
 * @throws FileRefused where it cannot be told which is meant.
 */
export function findHeader(rows: readonly SheetRow[], templates: readonly Template[]): Header | undefined {
  for (const { row, cells } of rows) {
    const words = cells.map(wordOf);
    const columnOf = columnsByWord(words);
    const fitting = templates
      .filter(({ columns }) => columns.every(({ header }) => columnOf.has(plainHeader(header))))
      .toSorted((a, b) => b.columns.length - a.columns.length);
    const [template, other] = fitting;
    if (template === undefined) continue;
    if (other?.columns.length === template.columns.length)
      throw new FileRefused(
        `The templates ${template.name} and ${other.name} both fit the header in row ${row}: say which with --template.`,
      );
    return { template, row, words, fields: fieldsOf(template, columnOf, row) };
  }
  return undefined;
}

function columnsByWord(words: readonly string[]): Map<string, number[]> {
  const columns = new Map<string, number[]>();
  for (const [column, word] of words.entries()) {
    const plain = plainHeader(word);
    if (plain !== '') columns.set(plain, [...(columns.get(plain) ?? []), column]);
  }
  return columns;
}

function fieldsOf(
  { columns }: Template,
  columnOf: ReadonlyMap<string, readonly number[]>,
  row: number,
): Map<number, UploadField> {
  return new Map(
    columns.map(({ header, field }) => {
      const [column, again] = columnOf.get(plainHeader(header)) ?? [];
      if (column === undefined || again !== undefined)
        throw new FileRefused(
          `Two columns are called ${header} in row ${row}: rename the one that is not meant.`,
        );
      return [column, field];
    }),
  );
}

/** Why no template fits: what the one lacks that comes nearest. */
export function whyNoHeader(rows: readonly SheetRow[], templates: readonly Template[]): string {
  if (templates.length === 0)
    return 'There is no template yet: boosta import templates save NAME --channel CHANNEL --like FILE makes one.';
  if (rows.length === 0) return `The first ${HEADER_WITHIN} rows of the file are empty.`;
  let nearest: { template: Template; row: number; missing: string[] } | undefined;
  for (const { row, cells } of rows) {
    const words = new Set(cells.map((cell) => plainHeader(wordOf(cell))));
    for (const template of templates) {
      const missing = template.columns
        .map(({ header }) => header)
        .filter((header) => !words.has(plainHeader(header)));
      const isNearer =
        nearest === undefined ||
        template.columns.length - missing.length > nearest.template.columns.length - nearest.missing.length;
      if (missing.length < template.columns.length && isNearer) nearest = { template, row, missing };
    }
  }
  const known = templates.map(({ name }) => name).join(', ');
  if (nearest === undefined)
    return `None of the first ${HEADER_WITHIN} rows is the header of a template; there are: ${known}.`;
  return `No template fits. Row ${nearest.row} looks like the header of ${nearest.template.name}, but lacks ${nearest.missing.join(', ')}; there are: ${known}.`;
}
