import type { CellProblem } from '../../activities/sources/upload/read-rows';
import type { Db } from '../../db/database';
import { findUpload, type UploadRow } from '../../db/queries/uploads';
import { sha256 } from '../../domain/sha256';
import type { UploadField } from '../../domain/upload-field';
import { formatTime } from '../format';
import { columnName } from '../import/cell-name';
import type { Corrections } from '../import/corrections';
import { CAPS, FileRefused } from '../import/file-refused';
import { FileThread, requireSize } from '../import/file-thread';
import type { FileRead } from '../import/order-file';
import { loadTemplates } from './import-templates';
import { LookUp } from './look-up-orders';
import { UseCaseError } from './use-case-error';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** By its name; undefined: the one whose columns the header has. */
  readonly template?: string | undefined;
  readonly sheet?: string | undefined;
  readonly corrections?: Corrections | undefined;
}

/** Something wrong in a file, and where. */
export interface ImportProblem {
  readonly row: number;
  /** As spreadsheets name it; null where the file has no such column. */
  readonly column: string | null;
  readonly header: string | null;
  readonly field: UploadField;
  /** Goes on from the column's name; quotes no personal data. */
  readonly message: string;
}

/** A file that was read and compared with what is stored; to be closed. */
export interface CheckedImport {
  readonly name: string;
  readonly hash: string;
  readonly read: FileRead;
  /** Of the orders that the file has ready, those that are stored already. */
  readonly known: ReadonlySet<string>;
  /** The first ten thousand of them. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** Rows of orders with a problem. */
  readonly rejectedRows: number;
  /** Cells that hold what somebody has written in place of what the file says. */
  readonly mendedCells: number;
  readonly thread: FileThread;
  close(): Promise<void>;
}

/**
 * Reads a file and says everything that is wrong with it; stores nothing.
 *
 * @param onRows hears how many rows have been read.
 * @throws UseCaseError where the file cannot be taken in at all, or has been before.
 */
export async function checkImport(
  db: Db,
  given: GivenFile,
  onRows: (rows: number) => void = () => undefined,
): Promise<CheckedImport> {
  const { name, bytes, sheet, corrections } = given;
  const hash = sha256(bytes);
  const lookUp = new LookUp(db);
  const thread = new FileThread(({ rows, keys }) => {
    lookUp.ask(keys);
    onRows(rows);
  });
  try {
    requireSize(bytes.length);
    const before = await findUpload(db, hash);
    if (before !== undefined) throw new UseCaseError(sameFile(before));
    const templates = await loadTemplates(db, given.template);
    const read = await thread.ask('read', { bytes, name, templates, sheet, corrections, readAt: new Date() });
    const compared = await compare(await lookUp.found(), thread, read);
    const mendedCells = cellsIn(corrections);
    return { name, hash, read, thread, mendedCells, ...compared, close: () => thread.close() };
  } catch (error) {
    await Promise.all([thread.close(), lookUp.stop()]);
    if (error instanceof FileRefused) throw new UseCaseError(error.message, { cause: error });
    throw error;
  }
}

function cellsIn(corrections: Corrections = new Map()): number {
  return [...corrections.values()].reduce((sum, cells) => sum + cells.size, 0);
}

export function sameFile({ id, fileName, madeAt, madeBy, template, orders }: UploadRow): string {
  return `This file has been taken in before: upload ${id}, ${fileName}, by ${madeBy} on ${formatTime(madeAt)} as ${template}, ${orders} orders.`;
}

/** A copy of the file with its problems marked: a workbook, also where the file is a CSV. @throws UseCaseError. */
export async function markProblems({ thread, read, problems }: CheckedImport): Promise<Uint8Array> {
  const columnOf = new Map(read.columns.map(({ column, field }) => [field, column]));
  const rows = new Map<number, { row: number; columns: number[]; says: string[] }>();
  for (const { row, field, header, message } of problems) {
    const marked = rows.get(row) ?? { row, columns: [], says: [] };
    rows.set(row, marked);
    const column = columnOf.get(field);
    if (column !== undefined) marked.columns.push(column);
    marked.says.push(`${header ?? field} ${message}`);
  }
  return thread.ask(
    'mark',
    [...rows.values()].map(({ says, ...marked }) => ({ ...marked, says: says.join('; ') })),
  );
}

/** The same order number again is refused and named, whatever source the first one came by. */
async function compare(stored: ReadonlySet<string>, thread: FileThread, read: FileRead) {
  const known = new Set(read.keys.filter((key) => stored.has(key)));
  const again = known.size === 0 ? { problems: [], rows: 0 } : await thread.ask('repeated', known);
  const place = ({ field }: CellProblem) => columnOf(read, field)?.column ?? -1;
  const problems = [...read.problems, ...again.problems].toSorted(
    (a, b) => a.row - b.row || place(a) - place(b),
  );
  return {
    known,
    problems: problems.slice(0, CAPS.problems).map((problem) => named(read, problem)),
    problemCount: read.problemCount + again.problems.length,
    rejectedRows: read.rejectedRows + again.rows,
  };
}

function named(read: FileRead, { row, field, message }: CellProblem): ImportProblem {
  const at = columnOf(read, field);
  const column = at === undefined ? null : columnName(at.column);
  return { row, column, header: at === undefined ? null : (read.words[at.column] ?? null), field, message };
}

function columnOf({ columns }: FileRead, field: UploadField) {
  // What a line costs is told by either.
  const fields = field === 'amount' ? ['amount', 'unitPrice'] : [field];
  return columns.find((column) => fields.includes(column.field));
}
