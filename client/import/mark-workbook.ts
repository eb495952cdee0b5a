import { type Entry, packedBytesOf, unpack, unpackText } from './archive';
import { columnName, columnNumber } from './cell-name';
import type { Header } from './find-header';
import type { SheetPart } from './look-over';
import { packPart, writeArchive } from './write-archive';

/** What is wrong in a row: which cells, and in words. */
export interface MarkedRow {
  readonly row: number;
  /** Counted from 0. */
  readonly columns: readonly number[];
  readonly says: string;
  /** Cells that hold something else by now, by column. */
  readonly mended?: ReadonlyMap<number, string>;
}

/** Above the words in a marked copy; people mend it and give it again. */
export const MARKS_TITLE = '오류';
const STYLES = 'xl/styles.xml';

/**
 * A workbook with the cells of the problems coloured and the words beside their rows, in a column of its own; where
 * that is there from an earlier time, the words of rows that are mended go.
 * Whatever else is in it stays as it is: only the sheet and the styles are written anew (ECMA-376, part 1,
 * 18.3 and 18.8).
 */
export async function markWorkbook(
  file: Buffer,
  entries: readonly Entry[],
  sheet: SheetPart,
  marked: readonly MarkedRow[],
  header: Pick<Header, 'row' | 'words'>,
): Promise<Buffer> {
  const styles = entries.find(({ name }) => name === STYLES);
  const coloured = styles && colourStyles(await unpackText(file, styles));
  const rows = new Map(marked.map((one) => [one.row, one]));
  rows.set(header.row, { row: header.row, columns: [], says: MARKS_TITLE });
  const before = header.words.indexOf(MARKS_TITLE);
  const words = { column: before < 0 ? header.words.length : before, areOld: before >= 0 };
  const unmarked = (row: number) =>
    words.areOld && row > header.row ? { row, columns: [], says: '' } : undefined;
  const markOf = (row: number) => rows.get(row) ?? unmarked(row);
  const changed = new Map([[sheet.entry.name, await packPart(sheet.entry.name, markedRows())]]);
  if (coloured !== undefined) changed.set(STYLES, await packPart(STYLES, [coloured.xml]));
  return writeArchive(
    entries.map((entry) => changed.get(entry.name) ?? { ...entry, packed: packedBytesOf(file, entry) }),
  );

  async function* markedRows() {
    for await (const text of rowsAsText(file, sheet.entry))
      yield text.replace(ROW, (whole: string, ...groups: string[]) =>
        markRow(whole, groups, markOf, words, coloured?.shift),
      );
  }
}

/** The sheet in pieces that end where a row does. */
async function* rowsAsText(file: Buffer, entry: Entry): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of unpack(file, entry)) {
    text += decoder.decode(piece, { stream: true });
    const end = text.lastIndexOf('row>') + 'row>'.length;
    if (end < 'row>'.length) continue;
    yield text.slice(0, end);
    text = text.slice(end);
  }
  yield text + decoder.decode();
}

/** Some writers give every name a prefix. */
const ROW = /<(\w+:)?row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/gu;
const CELL = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/gu;

/** @param shift from a style to the same one in colour; undefined where the workbook has no styles. */
function markRow(
  whole: string,
  [prefix = '', attributes = '', content = '']: (string | undefined)[],
  markOf: (row: number) => MarkedRow | undefined,
  words: { readonly column: number; readonly areOld: boolean },
  shift: number | undefined,
): string {
  const row = Number(/\br="(\d+)"/u.exec(attributes)?.[1]);
  const mark = markOf(row);
  if (mark === undefined) return whole;
  const cells = new Map<number, string>();
  for (const [cell, of = ''] of content.matchAll(CELL)) {
    const name = /\br="([A-Z]+)\d+"/u.exec(of)?.[1];
    cells.set(name === undefined ? cells.size : columnNumber(name), cell);
  }
  for (const [mended, value] of mark.mended ?? []) cells.set(mended, textCell(prefix, mended, row, value));
  for (const bad of mark.columns) {
    const cell = cells.get(bad) ?? `<${prefix}c r="${columnName(bad)}${row}"/>`;
    if (shift !== undefined) cells.set(bad, colourCell(cell, shift));
  }
  if (mark.says !== '') cells.set(words.column, textCell(prefix, words.column, row, mark.says));
  else if (words.areOld) cells.delete(words.column);
  const inOrder = [...cells].toSorted(([a], [b]) => a - b).map(([, cell]) => cell);
  // How far its cells reach is a hint only, and wrong now.
  return `<${prefix}row${attributes.replace(/\s+spans="[^"]*"/u, '')}>${inOrder.join('')}</${prefix}row>`;
}

function textCell(prefix: string, column: number, row: number, value: string): string {
  const text = `<${prefix}is><${prefix}t xml:space="preserve">${escapeXml(value)}</${prefix}t></${prefix}is>`;
  return `<${prefix}c r="${columnName(column)}${row}" t="inlineStr">${text}</${prefix}c>`;
}

function colourCell(cell: string, shift: number): string {
  const style = /^[^>]*?\ss="(\d+)"/u.exec(cell)?.[1] ?? '0';
  const bare = cell.replace(/^([^>]*?)\ss="\d+"/u, '$1');
  return bare.replace(/^<(?:\w+:)?c\b/u, `$& s="${Number(style) + shift}"`);
}

/** Each style there is once more, in colour: number n is the coloured n + shift. */
function colourStyles(xml: string): { xml: string; shift: number } | undefined {
  const fills = /<fills\b[^>]*>([\s\S]*?)<\/fills>/u.exec(xml)?.[1];
  const formats = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/u.exec(xml)?.[1];
  if (fills === undefined || formats === undefined) return undefined;
  const fill = [...fills.matchAll(/<fill\b/gu)].length;
  const all = [...formats.matchAll(/<xf\b([^>]*?)(\/>|>[\s\S]*?<\/xf>)/gu)];
  const inColour = all.map(([, attributes = '', rest = '/>']) => {
    const others = attributes.replace(/\s(?:fillId|applyFill)="[^"]*"/gu, '');
    return `<xf${others} fillId="${fill}" applyFill="1"${rest}`;
  });
  const red =
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>';
  return {
    shift: all.length,
    xml: xml
      .replace(/<fills\b[^>]*>[\s\S]*?<\/fills>/u, () => `<fills count="${fill + 1}">${fills}${red}</fills>`)
      .replace(
        /<cellXfs\b[^>]*>[\s\S]*?<\/cellXfs>/u,
        () => `<cellXfs count="${all.length * 2}">${formats}${inColour.join('')}</cellXfs>`,
      ),
  };
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ');
}
