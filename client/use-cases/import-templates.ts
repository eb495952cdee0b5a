import { z } from 'zod';
import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import {
  listImportTemplates,
  lockImportTemplate,
  saveImportTemplate,
} from '../../db/queries/import-templates';
import { inTransaction } from '../../db/transaction';
import { UPLOAD_FIELDS } from '../../domain/upload-field';
import { FileRefused } from '../import/file-refused';
import { FileThread, requireSize } from '../import/file-thread';
import { type Column, flawOf, guessColumns, type Template, usualColumns } from '../import/template';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

const column = z.strictObject({ header: z.string().min(1).max(100), field: z.enum(UPLOAD_FIELDS) });

/** As a template's row keeps it. */
const mappingSchema = z.strictObject({ sample: z.boolean(), columns: z.array(column).min(1) });

export interface KnownTemplate extends Template {
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

export async function listTemplates(db: Db): Promise<KnownTemplate[]> {
  const rows = await listImportTemplates(db);
  return rows.map(({ mapping, ...row }) => ({ ...row, ...mappingSchema.parse(mapping) }));
}

/** All templates, or the one that is wanted. @throws NotFound where there is no such one. */
export async function loadTemplates(db: Db, wanted: string | undefined): Promise<Template[]> {
  const templates = await listTemplates(db);
  const found = templates.filter(({ name }) => wanted === undefined || name === wanted);
  if (wanted !== undefined && found.length === 0)
    throw new NotFound(
      `There is no template ${wanted}; there are: ${templates.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  return found.map(({ name, channel, sample, columns }) => ({ name, channel, sample, columns }));
}

export interface NewTemplate {
  readonly name: string;
  readonly channel: string;
  readonly sample: boolean;
  /** A file whose header is taken over as far as its words are known; without one the usual headers. */
  readonly like?: { readonly name: string; readonly bytes: Buffer } | undefined;
  /** Said by a person; they come before what is guessed. */
  readonly columns: readonly Column[];
}

/**
 * Makes a template of what a person says and what is guessed. One of the same name is replaced.
 *
 * @throws UseCaseError saying what it lacks.
 */
export async function saveTemplate(
  database: Database,
  given: NewTemplate,
  command: Command,
): Promise<Template> {
  const { name, channel, sample, columns: said } = given;
  const saidFields = new Set(said.map(({ field }) => field));
  const others = (await columnsLike(given)).filter(({ field }) => !saidFields.has(field));
  const template = { name, channel, sample, columns: [...said, ...others] };
  const flaw = flawOf(template);
  if (flaw !== undefined) throw new UseCaseError(`${flaw} Name what is missing with --column FIELD=HEADER.`);
  await keepTemplate(database, template, command);
  return template;
}

/**
 * Keeps how a kind of file is read.
 *
 * @param replaces when the template that it replaces was saved, null for none; undefined: whatever is there.
 * @throws UseCaseError saying what it lacks; ChangedMeanwhile where somebody else has saved it since.
 */
export async function keepTemplate(
  database: Database,
  { name, channel, sample, columns }: Template,
  command: Command,
  replaces?: Date | null,
): Promise<void> {
  const flaw = flawOf({ sample, columns });
  if (flaw !== undefined) throw new UseCaseError(flaw);
  await inTransaction(database, async (tx) => {
    const before = await lockImportTemplate(tx, name);
    if (replaces !== undefined && before?.updatedAt.getTime() !== replaces?.getTime())
      throw new ChangedMeanwhile(`Somebody else has saved the template ${name}: look at it once more.`);
    await saveImportTemplate(tx, { name, channel, mapping: { sample, columns }, updatedBy: command.by });
    const detail = { channel, sample, columns };
    await recordAudit(tx, { ...command, action: 'template.save', subject: `template/${name}`, detail });
  });
}

async function columnsLike({ like, sample }: NewTemplate): Promise<readonly Column[]> {
  if (like === undefined) return usualColumns(sample);
  const thread = new FileThread();
  try {
    requireSize(like.bytes.length);
    const given = { ...like, templates: [], readAt: new Date() };
    return guessColumns((await thread.ask('outline', given, sample)).words, sample);
  } catch (error) {
    if (error instanceof FileRefused) throw new UseCaseError(error.message, { cause: error });
    throw error;
  } finally {
    await thread.close();
  }
}

/** An empty workbook with a template's header, to be filled in. @throws NotFound where there is no such one. */
export async function emptyFile(db: Db, name: string): Promise<Uint8Array> {
  const [template] = await loadTemplates(db, name);
  if (template === undefined) throw new NotFound(`There is no template ${name}.`);
  const thread = new FileThread();
  try {
    return await thread.ask('template', template);
  } finally {
    await thread.close();
  }
}
