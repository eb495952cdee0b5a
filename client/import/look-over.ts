import { posix } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { CUT_OFF, type Entry, entriesOf, unpack, unpackText } from './archive';
import { columnNumber } from './cell-name';
import { CAPS, FileRefused, MIB } from './file-refused';

/** A sheet of a workbook and where it stands in the archive. */
export interface SheetPart {
  readonly name: string;
  /** Among all sheets, from 0. */
  readonly index: number;
  readonly isHidden: boolean;
  readonly entry: Entry;
}

/** What is known of a workbook before its rows are read. */
export interface Workbook {
  readonly entries: readonly Entry[];
  readonly sheets: readonly SheetPart[];
  readonly from1904: boolean;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  processEntities: true,
  isArray: (name) => name === 'sheet' || name === 'Relationship',
});

interface SheetElement {
  readonly name: string;
  readonly id: string;
  readonly state?: string;
}

const WORKBOOK = 'xl/workbook.xml';

/**
 * Looks a workbook over: what it would unpack to, whether each part that will be read holds what it declares,
 * and which sheets there are (ECMA-376, part 1, 18.2).
 *
 * @throws FileRefused where it is cut off, too large, or no workbook.
 */
export async function lookOver(file: Buffer): Promise<Workbook> {
  const entries = entriesOf(file);
  const named = new Map(entries.map((entry) => [entry.name, entry]));
  const workbook = named.get(WORKBOOK);
  const relations = named.get('xl/_rels/workbook.xml.rels');
  if (workbook === undefined || relations === undefined) throw new FileRefused(whatElse(named));
  await lookThrough(
    file,
    entries.filter(({ name }) => isRead(name)),
  );
  const { workbook: book } = parser.parse(await unpackText(file, workbook)) as WorkbookDocument;
  const { Relationships } = parser.parse(await unpackText(file, relations)) as RelationsDocument;
  const entryOf = new Map<string, Entry>();
  const readAtOnce = new Set<Entry>();
  for (const { Id, Type = '', Target = '' } of Relationships?.Relationship ?? []) {
    const entry = named.get(Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target));
    if (entry === undefined) continue;
    entryOf.set(Id, entry);
    if (!Type.endsWith('sheet')) readAtOnce.add(entry);
  }
  await lookThrough(file, readAtOnce);
  const sheets = (book?.sheets?.sheet ?? []).flatMap(({ name, id, state }, index) => {
    const entry = entryOf.get(id);
    return entry === undefined ? [] : [{ name, index, isHidden: (state ?? 'visible') !== 'visible', entry }];
  });
  return { entries, sheets, from1904: /^(1|true)$/u.test(book?.workbookPr?.date1904 ?? '') };
}

/** @throws FileRefused where a part does not hold what it declares, or is too much to be read at once. */
async function lookThrough(file: Buffer, parts: Iterable<Entry>): Promise<void> {
  for (const part of parts) {
    if (part.bytes > CAPS.partBytes)
      throw new FileRefused(
        `The file has ${Math.ceil(part.bytes / MIB)} MiB beside its sheets; ${CAPS.partBytes / MIB} MiB are allowed: copy its rows into a new workbook, or split it.`,
      );
    for await (const _ of unpack(file, part)) continue;
  }
}

/** Anything may be missing. */
interface WorkbookDocument {
  readonly workbook?: {
    readonly workbookPr?: { readonly date1904?: string };
    readonly sheets?: { readonly sheet?: readonly SheetElement[] };
  };
}

interface RelationsDocument {
  readonly Relationships?: {
    readonly Relationship?: readonly {
      readonly Id: string;
      readonly Type?: string;
      readonly Target?: string;
    }[];
  };
}

/** Whatever the workbook says of it. Sheets are looked over when their formulas are looked for. */
function isRead(name: string): boolean {
  return /^xl\/workbook\.xml$|\.rels$|^\[Content_Types\]\.xml$/u.test(name);
}

function whatElse(named: ReadonlyMap<string, Entry>): string {
  if (named.has('xl/workbook.bin'))
    return 'The file is a binary workbook (.xlsb): save it as .xlsx in Excel.';
  if (named.has('mimetype')) return 'The file is an OpenDocument file: save it as .xlsx.';
  return 'The file is a zip archive and no workbook: unpack it, and give the workbook in it.';
}

/** Columns with a formula, counted from 0, by row, counted from 1. */
export type Formulas = ReadonlyMap<number, ReadonlySet<number>>;

const FORMULA_CELL = /<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f[\s/>]/gu;
/** Of a sheet of cells, and of one that is a chart. */
const SHEET_END = /<\/(?:\w+:)?\w+sheet\s*>/u;
/** A cell's tag and what follows it may be cut by the end of a piece. */
const CARRIED = 2_048;

/**
 * Where a sheet has formulas, of which a reader of values says nothing; nor does it miss the end of a sheet whose
 * writer broke off, and with it the rows that are lost.
 *
 * @throws FileRefused where the sheet does not hold what it declares, or has no end.
 */
export async function findFormulas(file: Buffer, { entry }: SheetPart): Promise<Formulas> {
  const found = new Map<number, Set<number>>();
  let carried = Buffer.alloc(0);
  for await (const piece of unpack(file, entry)) {
    const bytes = Buffer.concat([carried, piece]);
    carried = bytes.subarray(-CARRIED);
    if (!bytes.includes('<f') && !bytes.includes(':f')) continue;
    // What matters is ASCII.
    for (const [, attributes = ''] of bytes.toString('latin1').matchAll(FORMULA_CELL)) {
      const [, column, row] = /\br="([A-Z]{1,3})(\d{1,7})"/u.exec(attributes) ?? [];
      if (column === undefined || row === undefined)
        throw new FileRefused('The file has formulas: paste its cells as values.');
      const columns = found.get(Number(row)) ?? new Set();
      found.set(Number(row), columns.add(columnNumber(column)));
    }
  }
  if (!SHEET_END.test(carried.toString('latin1'))) throw new FileRefused(CUT_OFF);
  return found;
}
