import { Readable } from 'node:stream';
import { type Info, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { CAPS, FileRefused } from './file-refused';
import { type SheetRow, tooLong } from './workbook';

export type Encoding = 'UTF-8' | 'EUC-KR' | 'UTF-16';

/**
 * Text of a file: UTF-8 with or without a mark, what Excel calls Unicode, or CP949, which Korean systems call
 * EUC-KR. Text of one of them is hardly ever another's.
 *
 * @throws FileRefused where it is none of them.
 */
export function decodeText(file: Buffer): { text: string; encoding: Encoding } {
  const decode = (label: string) => new TextDecoder(label, { fatal: true }).decode(file);
  try {
    if (file[0] === 0xff && file[1] === 0xfe) return { text: decode('utf-16le'), encoding: 'UTF-16' };
    return { text: decode('utf-8'), encoding: 'UTF-8' };
  } catch {
    // Node's own decoder does not know the syllables that CP949 adds.
    const text = iconv.decode(file, 'cp949');
    if (!text.includes('\ufffd')) return { text, encoding: 'EUC-KR' };
    throw new FileRefused(
      'The file is neither a workbook nor a CSV in UTF-8 or EUC-KR (CP949): save it as .xlsx or as CSV UTF-8.',
    );
  }
}

/** The sign that parts the cells: of those in the first lines the most frequent. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4_000);
  const count = (sign: string) => head.split(sign).length;
  return [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

/** The rows of a CSV that are not empty. @throws FileRefused naming the line. */
export async function* rowsOfCsv(text: string): AsyncGenerator<SheetRow> {
  let row = 0;
  let last: { row: number; width: number } | undefined;
  let widest = 0;
  for await (const record of records(text)) {
    row += 1;
    if (row > CAPS.rows) throw tooLong();
    const cells = record.slice(0, CAPS.columns).map((cell) => (cell === '' ? undefined : cell));
    if (cells.every((cell) => cell === undefined)) continue;
    last = { row, width: record.length };
    if (row < 30) widest = Math.max(widest, record.length);
    yield { row, cells };
  }
  if (last !== undefined && last.width < widest && !/[\r\n]$/u.test(text))
    throw new FileRefused(
      `The file is cut off: its last row, ${last.row}, has ${last.width} of ${widest} columns. Download it once more.`,
    );
}

/** Enough that handing pieces over costs nothing, and few enough that their cells do not fill the memory. */
const PIECE_BYTES = 64 * 1024;

/** Bytes, since a piece of a text may end within a character. */
function* piecesOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function* records(text: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: false,
    skip_empty_lines: false,
    bom: true,
  });
  try {
    for await (const record of Readable.from(piecesOf(text)).pipe(parser)) yield record as string[];
  } catch (cause) {
    throw new FileRefused(whyNot(cause), { cause });
  }
}

/** The library's messages quote the row, which may hold personal data. */
function whyNot(error: unknown): string {
  const { code, lines } = error as Partial<Info> & { code?: string };
  const line = lines === undefined ? '' : ` near line ${lines}`;
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? `The file is cut off: a quotation mark${line} is not closed. Download it once more.`
    : `The file cannot be read as CSV${line} (${code ?? 'unknown'}): open it in Excel and save it as .xlsx.`;
}
