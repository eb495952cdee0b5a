import type { Database } from '../../db/database';
import {
  changeDraft,
  dropDrafts,
  findDraft,
  insertDraft,
  noteDraftProgress,
  readDraftFile,
  type UploadDraftChange,
  type UploadDraftRow,
} from '../../db/queries/upload-drafts';
import { inTransaction } from '../../db/transaction';
import type { Servers } from '../connect';
import { byRow } from '../import/corrections';
import { FileRefused, NoTemplateFits } from '../import/file-refused';
import { FileThread } from '../import/file-thread';
import type { Outline, ShownRow } from '../import/order-file';
import { type CheckedImport, checkImport, type GivenFile, markProblems } from './check-import';
import { type Imported, importOrders } from './import-orders';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

/** As many as a person mends by hand; all are in the marked copy. */
const PROBLEMS_SHOWN = 500;

/** A file that was checked and is kept until it is taken in, and what was found in it. */
export interface CheckedDraft {
  readonly draft: UploadDraftRow;
  /** Null where no template fits; then it says what the file looks like. */
  readonly found: FoundInFile | null;
  readonly outline: (Outline & { readonly why: string }) | null;
}

export interface FoundInFile extends Pick<CheckedImport, 'read' | 'known' | 'problemCount' | 'rejectedRows'> {
  /** The first five hundred. */
  readonly problems: CheckedImport['problems'];
  /** The rows that these are in. */
  readonly rows: readonly ShownRow[];
}

export interface NewDraft extends Pick<GivenFile, 'name' | 'bytes' | 'template' | 'sheet'> {
  readonly by: string;
}

/**
 * Checks a file and keeps it, so that it can be mended and taken in.
 *
 * @throws UseCaseError where it cannot be taken in at all, or has been before: then it is not kept.
 */
export async function openDraft(database: Database, given: NewDraft): Promise<CheckedDraft> {
  const { name, bytes, template, sheet, by } = given;
  const found = await look(database, given);
  const kept = {
    fileName: name.slice(-255),
    template: template ?? null,
    sheet: sheet ?? null,
    madeBy: by,
  };
  const id = await inTransaction(database, (tx) => insertDraft(tx, kept, bytes));
  return { draft: await requireDraft(database, id, by), ...found };
}

/** Checks it once more: what it is compared with may have changed. @throws UseCaseError, NotFound. */
export async function checkDraft(database: Database, id: number, by: string): Promise<CheckedDraft> {
  const draft = await requireDraft(database, id, by);
  return { draft, ...(await look(database, await fileOf(database, draft))) };
}

/** Mends cells, or says how the file is to be read; then it is checked. @throws UseCaseError, ChangedMeanwhile. */
export async function mendDraft(
  database: Database,
  id: number,
  by: string,
  change: UploadDraftChange & { readonly version: number },
): Promise<CheckedDraft> {
  const { version, ...what } = change;
  const draft = await requireDraft(database, id, by);
  const file = await fileOf(database, { ...draft, ...what });
  const found = await look(database, file);
  if (!(await changeDraft(database.db, id, version, what))) throw elsewhere(draft);
  return { draft: { ...draft, ...what, version: version + 1 }, ...found };
}

/** Takes in what was checked at this version. @throws UseCaseError, ChangedMeanwhile, NotFound. */
export async function commitDraft(
  context: Servers,
  id: number,
  { version, ...command }: { version: number; by: string; validRowsOnly: boolean },
): Promise<Imported> {
  const { database } = context;
  const draft = await requireDraft(database, id, command.by);
  if (draft.version !== version) throw elsewhere(draft);
  const checked = await checkImport(database.db, await fileOf(database, draft));
  try {
    const progress = progressOf(database, id);
    const imported = await importOrders(context, checked, command, progress.note);
    await progress.settled();
    await inTransaction(database, (tx) => dropDrafts(tx, [id]));
    return imported;
  } finally {
    await checked.close();
  }
}

/** A copy of the file as it is by now, with its problems marked. @throws UseCaseError, NotFound. */
export async function markDraft(
  database: Database,
  id: number,
  by: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const draft = await requireDraft(database, id, by);
  const checked = await checkImport(database.db, await fileOf(database, draft));
  try {
    const name = `${draft.fileName.replace(/\.[^.]*$/u, '')}.marked.xlsx`;
    return { name, bytes: await markProblems(checked) };
  } catch (error) {
    if (error instanceof FileRefused) throw new UseCaseError(error.message, { cause: error });
    throw error;
  } finally {
    await checked.close();
  }
}

/** The file is kept no longer. @throws NotFound. */
export async function dropDraft(database: Database, id: number, by: string): Promise<void> {
  await requireDraft(database, id, by);
  await inTransaction(database, (tx) => dropDrafts(tx, [id]));
}

/** How far a file that is being taken in has come; null where it is not, or not any more. */
export async function draftProgress({ db }: Database, id: number, by: string) {
  const { stored = null, started = null, of = null } = (await findDraft(db, id, by)) ?? {};
  return { stored, started, of };
}

/** @throws NotFound where there is none, or it is somebody else's. */
async function requireDraft({ db }: Database, id: number, by: string): Promise<UploadDraftRow> {
  const draft = await findDraft(db, id, by);
  if (draft === undefined) throw new NotFound('This file is not kept any more: choose it once again.');
  return draft;
}

async function fileOf({ db }: Database, draft: UploadDraftRow): Promise<GivenFile> {
  return {
    name: draft.fileName,
    bytes: await readDraftFile(db, draft.id),
    template: draft.template ?? undefined,
    sheet: draft.sheet ?? undefined,
    corrections: byRow(draft.corrections),
  };
}

async function look({ db }: Database, file: GivenFile): Promise<Omit<CheckedDraft, 'draft'>> {
  let checked: CheckedImport;
  try {
    checked = await checkImport(db, file);
  } catch (error) {
    if (error instanceof UseCaseError && error.cause instanceof NoTemplateFits)
      return { found: null, outline: await outlineOf(file, error) };
    throw error;
  }
  try {
    const { read, known, problemCount, rejectedRows } = checked;
    const problems = checked.problems.slice(0, PROBLEMS_SHOWN);
    const numbers = [...new Set(problems.map(({ row }) => row))];
    const rows = await checked.thread.ask('rows', numbers);
    return { found: { read, known, problemCount, rejectedRows, problems, rows }, outline: null };
  } finally {
    await checked.close();
  }
}

/** What a person needs to say what its columns mean. @throws UseCaseError where it has none to speak of. */
async function outlineOf(
  { bytes, name, sheet }: GivenFile,
  why: UseCaseError,
): Promise<NonNullable<CheckedDraft['outline']>> {
  const thread = new FileThread();
  try {
    const outline = await thread.ask(
      'outline',
      { bytes, name, sheet, templates: [], readAt: new Date() },
      false,
    );
    if (outline.words.filter(Boolean).length < 2) throw why;
    return { ...outline, why: why.message };
  } finally {
    await thread.close();
  }
}

function elsewhere({ fileName }: UploadDraftRow): ChangedMeanwhile {
  return new ChangedMeanwhile(`${fileName} has been mended in another window: look at it once more.`);
}

const NOTE_EVERY_MS = 500;

/** Writes down how far it has come, now and then: the transaction that stores the orders shows nothing of itself. */
function progressOf({ db }: Database, id: number) {
  let noted = 0;
  let writing: Promise<void> = Promise.resolve();
  return {
    note(progress: Parameters<typeof noteDraftProgress>[2]): void {
      if (performance.now() - noted < NOTE_EVERY_MS) return;
      noted = performance.now();
      // It is for looking at only: where it cannot be written, the file is taken in all the same.
      writing = noteDraftProgress(db, id, progress).catch(() => undefined);
    },
    settled: () => writing,
  };
}
