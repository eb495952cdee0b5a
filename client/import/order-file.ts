import type { CellProblem } from '../../activities/sources/upload/read-rows';
import { orderKey } from '../../domain/order-key';
import { Bodies } from './bodies';
import { type Corrections, cellText, mended } from './corrections';
import { decodeText, rowsOfCsv } from './csv';
import { CAPS, FileRefused, NoTemplateFits } from './file-refused';
import { findHeader, HEADER_WITHIN, type Header, whyNoHeader } from './find-header';
import { asUploadRow, type FileFacts, Gathering } from './gather-orders';
import { type KeptOrder, type ReadyOrder, readyOrder } from './kept-order';
import { kindOf } from './kind-of';
import { findFormulas, lookOver, type SheetPart, type Workbook } from './look-over';
import { type MarkedRow, markWorkbook } from './mark-workbook';
import { peek } from './peek';
import { flawOf, guessColumns, type Template } from './template';
import { rowsOfSheet, type SheetRow, writeTextSheet } from './workbook';

/** A file of orders as it lies before us; lives in a thread of its own, since reading it takes seconds. */

export interface FileGiven {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly templates: readonly Template[];
  /** By its name, where several sheets fit. */
  readonly sheet?: string | undefined;
  readonly corrections?: Corrections | undefined;
  readonly readAt: Date;
}

/** What a file looks like that no template fits. */
export interface Outline {
  /** Null for a CSV. */
  readonly sheet: string | null;
  /** The row that looks most like a header. */
  readonly headerRow: number;
  /** By column; empty where there is none. */
  readonly words: readonly string[];
  /** The first rows below it. */
  readonly examples: readonly (readonly string[])[];
}

/** A row of a file as people read it. */
export interface ShownRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** What is in a file and what is wrong with it. */
export interface FileRead {
  readonly template: Template;
  /** Null for a CSV. */
  readonly sheet: string | null;
  readonly encoding: string | null;
  readonly headerRow: number;
  /** Header's words by column. */
  readonly words: readonly string[];
  /** Which column says what, counted from 0. */
  readonly columns: readonly { readonly column: number; readonly field: CellProblem['field'] }[];
  readonly rows: number;
  /** Rows of orders that cannot be taken in. */
  readonly rejectedRows: number;
  /** The first {@link CAPS} `problems` of them. */
  readonly problems: readonly CellProblem[];
  readonly problemCount: number;
  /** Of every order that can be taken in. */
  readonly keys: readonly string[];
}

/** How far the reading is. */
export interface ReadProgress {
  readonly rows: number;
  /** Of orders that have become ready since the last time; in the end {@link FileRead} `keys` counts. */
  readonly keys: readonly string[];
}

interface Readable {
  readonly sheet: SheetPart | undefined;
  readonly encoding: string | null;
  rows(most?: number): AsyncIterable<SheetRow>;
}

interface Found {
  readonly readable: Readable;
  readonly header: Header;
  /** To be read once. */
  readonly rows: AsyncIterable<SheetRow>;
}

const PROGRESS_EVERY = 1_000;
const EXAMPLES = 3;

export class OrderFile {
  private readonly bytes: Buffer;
  private workbook: Workbook | undefined;
  private chosen: Pick<Found, 'readable' | 'header'> | undefined;
  private readonly bodies = new Bodies();
  private orders: readonly KeptOrder[] = [];

  constructor(
    private readonly given: FileGiven,
    private readonly onProgress: (progress: ReadProgress) => void = () => undefined,
  ) {
    const { buffer, byteOffset, length } = given.bytes;
    this.bytes = Buffer.from(buffer, byteOffset, length);
  }

  /** Reads and checks it all. @throws FileRefused. */
  async read(): Promise<FileRead> {
    const { readable, header, rows: all } = await this.findHeader();
    this.chosen = { readable, header };
    const facts: FileFacts = {
      file: this.given.name,
      readAt: this.given.readAt,
      from1904: this.workbook?.from1904 ?? false,
    };
    const gathering = new Gathering(header, facts, this.bodies);
    for await (const row of all) {
      if (row.row <= header.row) continue;
      gathering.add(asUploadRow(row, header), readable.sheet === undefined && isShifted(row, header));
      if (gathering.rows % PROGRESS_EVERY === 0) this.tell(gathering);
    }
    if (gathering.rows === 0)
      throw new FileRefused(`There is no order below the header in row ${header.row}.`);
    const { rows } = gathering;
    const { ready, problems, rejectedRows } = gathering.finish();
    this.tell(gathering);
    this.orders = ready;
    const wrong = problems.toSorted((a, b) => a.row - b.row);
    return {
      template: header.template,
      sheet: readable.sheet?.name ?? null,
      encoding: readable.encoding,
      headerRow: header.row,
      words: header.words,
      columns: [...header.fields].map(([column, field]) => ({ column, field })),
      rows,
      rejectedRows,
      problems: wrong.slice(0, CAPS.problems),
      problemCount: wrong.length,
      keys: ready.map((order) => this.keyOf(order)),
    };
  }

  private tell(gathering: Gathering): void {
    this.onProgress({ rows: gathering.rows, keys: gathering.takeKeys() });
  }

  /** What is wrong with orders that were taken in before, and how many rows they have. */
  repeated(keys: ReadonlySet<string>): { problems: CellProblem[]; rows: number } {
    const again = this.orders.filter((order) => keys.has(this.keyOf(order)));
    const problems = again.map((order) => ({
      row: order.firstRow,
      field: 'orderNumber' as const,
      message: `has been taken in before: it is the order ${this.keyOf(order)}`,
    }));
    return { problems, rows: again.reduce((sum, { rowCount }) => sum + rowCount, 0) };
  }

  /** Some of the orders that can be taken in. */
  records(from: number, to: number): readonly ReadyOrder[] {
    const { channel } = this.opened().header.template;
    return this.orders.slice(from, to).map((order) => readyOrder(order, channel, this.bodies));
  }

  private keyOf({ orderNumber }: KeptOrder): string {
    return orderKey(this.opened().header.template.channel, orderNumber);
  }

  private opened(): Pick<Found, 'readable' | 'header'> {
    if (this.chosen === undefined) throw new RangeError('No file has been read');
    return this.chosen;
  }

  /** A copy with the problems marked: a workbook, also where the file is a CSV. @throws FileRefused. */
  async mark(marked: readonly MarkedRow[]): Promise<Uint8Array> {
    const { readable, header } = this.opened();
    if (readable.sheet !== undefined && this.workbook !== undefined)
      return markWorkbook(this.bytes, this.workbook.entries, readable.sheet, this.withMended(marked), header);
    const copy = await writeTextSheet('orders', allRows(readable.rows()));
    const { entries, sheets } = await lookOver(copy);
    const [sheet] = sheets;
    if (sheet === undefined) throw new FileRefused('The marked copy has no sheet.');
    return markWorkbook(copy, entries, sheet, marked, header);
  }

  /** These rows, as they are read now. */
  async rowsOf(wanted: readonly number[]): Promise<ShownRow[]> {
    const { readable } = this.opened();
    const numbers = new Set(wanted);
    const shown: ShownRow[] = [];
    for await (const { row, cells } of readable.rows()) {
      if (numbers.has(row)) shown.push({ row, cells: Array.from(cells, cellText) });
      if (shown.length === numbers.size) break;
    }
    return shown;
  }

  /** What looks most like a header, and what stands below it: for making a template. @throws FileRefused. */
  async outline(sample: boolean): Promise<Outline> {
    let best: Outline = { sheet: null, headerRow: 0, words: [], examples: [] };
    let most = 0;
    for (const readable of await this.readables()) {
      const { top } = await peek(readable.rows(HEADER_WITHIN), isNearTop);
      for (const [index, { row, cells }] of top.entries()) {
        const words = Array.from(cells, (cell) => (typeof cell === 'string' ? cell.trim() : ''));
        const score = guessColumns(words, sample).length * CAPS.columns + words.filter(Boolean).length;
        if (score <= most) continue;
        most = score;
        const examples = top.slice(index + 1, index + 1 + EXAMPLES).map((each) => each.cells.map(cellText));
        best = { sheet: readable.sheet?.name ?? null, headerRow: row, words, examples };
      }
    }
    return best;
  }

  private async findHeader(): Promise<Found> {
    const { templates } = this.given;
    const readables = await this.readables();
    const fitting: Found[] = [];
    const seen: SheetRow[] = [];
    for (const readable of readables) {
      // The library reads ahead without end: where there are several sheets, each is opened for a look first.
      const isOnly = readables.length === 1;
      const { top, all } = await peek(readable.rows(isOnly ? undefined : HEADER_WITHIN), isNearTop);
      const header = findHeader(top, templates);
      if (header !== undefined) fitting.push({ readable, header, rows: isOnly ? all : readable.rows() });
      seen.push(...top);
    }
    const [only, other] = fitting;
    if (only === undefined) throw new NoTemplateFits(whyNoHeader(seen, templates));
    if (other !== undefined)
      throw new FileRefused(
        `The sheets ${only.readable.sheet?.name} and ${other.readable.sheet?.name} both have a fitting header: say which with --sheet.`,
      );
    const flaw = flawOf(only.header.template);
    if (flaw !== undefined)
      throw new FileRefused(`The template ${only.header.template.name} is of no use. ${flaw}`);
    return only;
  }

  private async readables(): Promise<Readable[]> {
    if (kindOf(this.bytes) === 'text') {
      const { text, encoding } = decodeText(this.bytes);
      return [{ sheet: undefined, encoding, rows: () => this.mended(rowsOfCsv(text)) }];
    }
    this.workbook = await lookOver(this.bytes);
    const { sheet: wanted } = this.given;
    const sheets = this.workbook.sheets.filter((sheet) =>
      wanted === undefined ? !sheet.isHidden : sheet.name === wanted,
    );
    if (sheets.length === 0) throw new FileRefused(whyNoSheet(this.workbook, wanted));
    return Promise.all(
      sheets.map(async (sheet): Promise<Readable> => {
        const formulas = await findFormulas(this.bytes, sheet);
        const rows = (most?: number) => this.mended(rowsOfSheet(this.bytes, sheet, formulas, most));
        return { sheet, encoding: null, rows };
      }),
    );
  }

  /** The rows that are marked and those that were mended, with what stands in them now. */
  private withMended(marked: readonly MarkedRow[]): MarkedRow[] {
    const rows = new Map(marked.map((one) => [one.row, one]));
    for (const [row, values] of this.given.corrections ?? [])
      rows.set(row, { ...(rows.get(row) ?? { row, columns: [], says: '' }), mended: values });
    return [...rows.values()];
  }

  private mended(rows: AsyncIterable<SheetRow>) {
    const { corrections } = this.given;
    return corrections === undefined || corrections.size === 0 ? rows : mended(rows, corrections);
  }
}

function whyNoSheet({ sheets }: Workbook, wanted: string | undefined): string {
  if (sheets.length === 0) return 'The file has no sheet: save it, or download it, once more.';
  const names = sheets.map(({ name }) => name).join(', ');
  return wanted === undefined
    ? `All sheets of the file are hidden: say which is meant with --sheet; there are: ${names}.`
    : `The file has no such sheet; there are: ${names}.`;
}

function isNearTop({ row }: SheetRow): boolean {
  return row <= HEADER_WITHIN;
}

/** Whether a CSV's row goes on beyond its header: a comma that stands in no quotation marks shifts what follows. */
function isShifted({ cells }: SheetRow, { words }: Header): boolean {
  return cells.slice(words.length).some((cell) => cell !== undefined);
}

/** Empty rows included, so that each stands where it stood. */
async function* allRows(rows: AsyncIterable<SheetRow>): AsyncGenerator<string[]> {
  let next = 1;
  for await (const { row, cells } of rows) {
    for (; next < row; next += 1) yield [];
    next += 1;
    yield cells.map((cell) => (typeof cell === 'string' ? cell : ''));
  }
}
