import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { inTransaction } from '../../db/transaction';
import type { ListKindName } from '../../domain/list-kind';
import { seoulStamp } from '../../domain/seoul';
import type { Servers } from '../connect';
import { columnName } from '../import/cell-name';
import { FileRefused } from '../import/file-refused';
import { FileThread, requireSize } from '../import/file-thread';
import type { ListRead } from '../import/list-file';
import { driveBulk } from './bulk-orders';
import { configurationList } from './lists/configurations';
import { itemList } from './lists/items';
import type { Applied, Flaw, ListChange, ListKind } from './lists/list-kind';
import { matchList } from './lists/matches';
import { UseCaseError } from './use-case-error';

const KINDS: Readonly<Record<ListKindName, ListKind>> = {
  items: itemList,
  configurations: configurationList,
  matches: matchList,
};

/** Something wrong in a file, and where. */
export interface ListProblem {
  readonly row: number;
  /** As spreadsheets name it; null where it is not about one cell. */
  readonly column: string | null;
  readonly header: string | null;
  /** Goes on from the column's name. */
  readonly message: string;
}

export interface TakenIn {
  readonly rows: number;
  /** What the file changes; nothing where there are problems. */
  readonly changes: ListChange[];
  /** What is as the file says already. */
  readonly unchanged: number;
  /** Where there is one, nothing is taken in. */
  readonly problems: ListProblem[];
  readonly isSaved: boolean;
  /** That carry it to orders in the background. */
  readonly jobs: number[];
}

/** As long as a long list may take on a slow disk. */
const TIMEOUT_MS = 300_000;

/** All there is of a kind, as a workbook that can be changed and taken in again. Who took it is in the audit trail. */
export async function exportList(
  db: Db,
  name: ListKindName,
  by: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const { title, columns, rows: rowsOf } = KINDS[name];
  const rows = await rowsOf(db);
  const heads = columns.map(({ header, width, isNumber }) => ({
    title: header,
    width,
    ...(isNumber === undefined ? {} : { isNumber }),
  }));
  const bytes = await inThread((thread) => thread.ask('table', title, heads, rows));
  const detail = { rows: rows.length };
  await recordAudit(db, { by, reason: '', action: 'list.export', subject: `list/${name}`, detail });
  return { name: `${title} ${seoulStamp(new Date()).slice(0, 16).replaceAll(':', '')}.xlsx`, bytes };
}

/**
 * Takes in a list: what it names is as it says then, all of it or nothing; what it does not name stays as it is.
 *
 * @param isDryRun does it, and takes it back: what it says is what would be.
 * @throws UseCaseError where the file cannot be read at all.
 */
export async function importList(
  servers: Servers,
  name: ListKindName,
  file: { readonly name: string; readonly bytes: Buffer },
  command: Command,
  isDryRun: boolean,
): Promise<TakenIn> {
  const kind = KINDS[name];
  const read = await readFile(file.bytes, kind);
  const taken = await apply(servers, kind, read, command, isDryRun, async (tx, { changes, unchanged }) => {
    const detail = { file: file.name, rows: read.rows.length, changed: changes.length, unchanged };
    await recordAudit(tx, { ...command, action: 'list.import', subject: `list/${name}`, detail });
  });
  for (const job of taken.jobs) await driveBulk(servers, job);
  return taken;
}

async function readFile(bytes: Buffer, { columns }: ListKind): Promise<ListRead> {
  try {
    requireSize(bytes.length);
    const read = await inThread((thread) => thread.ask('list', bytes, columns));
    if (read.rows.length === 0) throw new FileRefused('There is no row below the header.');
    return read;
  } catch (error) {
    if (error instanceof FileRefused) throw new UseCaseError(error.message, { cause: error });
    throw error;
  }
}

/** Ends a transaction that is to be taken back. */
class TakeBack extends Error {
  override readonly name = 'TakeBack';
  constructor(readonly taken: TakenIn) {
    super('It is taken back');
  }
}

async function apply(
  { database }: Servers,
  kind: ListKind,
  read: ListRead,
  command: Command,
  isDryRun: boolean,
  finish: (tx: Db, applied: Applied) => Promise<void>,
): Promise<TakenIn> {
  const work = async (tx: Db): Promise<TakenIn> => {
    const flaws: Flaw[] = [];
    const applied = await kind.apply(tx, read.rows, command, flaws);
    await finish(tx, applied);
    const problems = flaws.map((flaw) => placed(flaw, kind, read)).toSorted((a, b) => a.row - b.row);
    const isSaved = problems.length === 0 && !isDryRun;
    const said = { rows: read.rows.length, unchanged: applied.unchanged, problems, isSaved };
    if (isSaved) return { ...said, changes: applied.changes, jobs: applied.jobs };
    throw new TakeBack({ ...said, changes: problems.length === 0 ? applied.changes : [], jobs: [] });
  };
  try {
    return await inTransaction(database, work, { timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof TakeBack) return error.taken;
    throw error;
  }
}

function placed({ row, field, message }: Flaw, { columns }: ListKind, { places }: ListRead): ListProblem {
  const at = field === null ? undefined : places[field];
  return {
    row,
    column: at === undefined ? null : columnName(at),
    header: columns.find((column) => column.field === field)?.header ?? null,
    message,
  };
}

/** Files of people are read, and large ones written, where they keep nobody waiting. */
async function inThread<T>(work: (thread: FileThread) => Promise<T>): Promise<T> {
  const thread = new FileThread();
  try {
    return await work(thread);
  } finally {
    await thread.close();
  }
}
