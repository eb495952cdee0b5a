import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { importTemplate } from '../schema';

export type ImportTemplateRow = typeof importTemplate.$inferSelect;

export async function listImportTemplates(db: Db): Promise<ImportTemplateRow[]> {
  return db.select().from(importTemplate).orderBy(asc(importTemplate.name));
}

/** Adds a template, or writes it anew. */
export async function saveImportTemplate(
  tx: Db,
  given: Omit<typeof importTemplate.$inferInsert, 'updatedAt'>,
): Promise<void> {
  const { name: _, ...rest } = { ...given, updatedAt: sql`now(6)` };
  await tx
    .insert(importTemplate)
    .values({ ...given, updatedAt: sql`now(6)` })
    .onDuplicateKeyUpdate({ set: rest });
}

export async function lockImportTemplate(tx: Db, name: string): Promise<ImportTemplateRow | undefined> {
  const [row] = await tx.select().from(importTemplate).where(eq(importTemplate.name, name)).for('update');
  return row;
}
