import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { savedView, type ViewFilters } from '../schema';

export type SavedView = typeof savedView.$inferSelect;

/** Of a view that is everybody's. */
export const EVERYBODY = '';

/** A person's own views and everybody's, by their names; own ones come before others of the same name. */
export async function viewsFor(db: Db, person: string): Promise<SavedView[]> {
  return db
    .select()
    .from(savedView)
    .where(inArray(savedView.owner, [person, EVERYBODY]))
    .orderBy(asc(savedView.name), sql`${savedView.owner} = ${EVERYBODY}`);
}

export async function findView(db: Db, id: number): Promise<SavedView | undefined> {
  const [row] = await db.select().from(savedView).where(eq(savedView.id, id));
  return row;
}

/** @returns its number; undefined when its owner has one of this name. */
export async function insertView(
  db: Db,
  view: Pick<SavedView, 'owner' | 'name' | 'filters'>,
  by: string,
): Promise<number | undefined> {
  const [done] = await db
    .insert(savedView)
    .ignore()
    .values({ ...view, changedBy: by, changedAt: sql`now(6)` });
  return done.affectedRows === 1 ? done.insertId : undefined;
}

/** @returns false when somebody has changed it since, or removed it. */
export async function updateView(
  db: Db,
  { id, version }: Pick<SavedView, 'id' | 'version'>,
  change: { readonly name: string; readonly filters: ViewFilters },
  by: string,
): Promise<boolean> {
  const [done] = await db
    .update(savedView)
    .set({ ...change, version: version + 1, changedBy: by, changedAt: sql`now(6)` })
    .where(and(eq(savedView.id, id), eq(savedView.version, version)));
  return done.affectedRows === 1;
}

/** @returns false when somebody has changed it since, or removed it. */
export async function deleteView(
  db: Db,
  { id, version }: Pick<SavedView, 'id' | 'version'>,
): Promise<boolean> {
  const [done] = await db.delete(savedView).where(and(eq(savedView.id, id), eq(savedView.version, version)));
  return done.affectedRows === 1;
}
