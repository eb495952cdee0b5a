import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { configuration, configurationItem, item, match } from '../schema';
import { containing } from './containing';

export type ItemRow = typeof item.$inferSelect;

/** Which part of a list is asked for: those after a code, that contain a text. */
export interface CataloguePage {
  readonly text?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function itemCodes(db: Db): Promise<string[]> {
  const rows = await db.select({ code: item.code }).from(item);
  return rows.map((row) => row.code);
}

/** All of them, by their codes. */
export async function allItems(db: Db): Promise<ItemRow[]> {
  return db.select().from(item).orderBy(asc(item.code));
}

/** By their codes. */
export async function listItems(db: Db, { text, after, limit }: CataloguePage): Promise<ItemRow[]> {
  return db
    .select()
    .from(item)
    .where(
      and(
        after === undefined ? undefined : gt(item.code, after),
        text === undefined ? undefined : containing(text, item.code, item.name),
      ),
    )
    .orderBy(asc(item.code))
    .limit(limit);
}

export async function findItem(db: Db, code: string): Promise<ItemRow | undefined> {
  const [row] = await db.select().from(item).where(eq(item.code, code));
  return row;
}

/** @returns false when there is an item of this code already. */
export async function addItem(tx: Db, given: Omit<ItemRow, 'version'>): Promise<boolean> {
  const [done] = await tx
    .insert(item)
    .values(given)
    .onDuplicateKeyUpdate({ set: { code: sql`${item.code}` } });
  return done.affectedRows === 1;
}

/** @returns false when it is not at this version, or there is none. */
export async function changeItem(tx: Db, { code, version, ...rest }: ItemRow): Promise<boolean> {
  const [done] = await tx
    .update(item)
    .set({ ...rest, version: version + 1 })
    .where(and(eq(item.code, code), eq(item.version, version)));
  return done.affectedRows === 1;
}

export async function findConfiguration(db: Db, code: string) {
  const [row] = await db.select().from(configuration).where(eq(configuration.code, code));
  return row;
}

/** By their codes, with how many matches stand for each. */
export async function pageOfConfigurations(db: Db, { text, after, limit }: CataloguePage) {
  return db
    .select({
      code: configuration.code,
      name: configuration.name,
      version: configuration.version,
      // Not a column of the selection's own table: drizzle would leave out its table's name.
      matches:
        sql<number>`(select count(*) from ${match} where ${match}.configuration = ${configuration}.code)`.mapWith(
          Number,
        ),
    })
    .from(configuration)
    .where(
      and(
        after === undefined ? undefined : gt(configuration.code, after),
        text === undefined ? undefined : containing(text, configuration.code, configuration.name),
      ),
    )
    .orderBy(asc(configuration.code))
    .limit(limit);
}

/** What is in these configurations, every version of them, the newest first. */
export async function piecesOf(db: Db, codes: readonly string[]) {
  if (codes.length === 0) return [];
  return db
    .select({
      configuration: configurationItem.configuration,
      version: configurationItem.version,
      itemCode: configurationItem.itemCode,
      itemName: item.name,
      quantity: configurationItem.quantity,
      inBundles: configurationItem.inBundles,
    })
    .from(configurationItem)
    .innerJoin(item, eq(item.code, configurationItem.itemCode))
    .where(inArray(configurationItem.configuration, [...codes]))
    .orderBy(asc(configurationItem.configuration), desc(configurationItem.version), asc(item.code));
}

/** The configurations that hold an item now. */
export async function configurationsWith(db: Db, itemCode: string) {
  return db
    .select({ code: configuration.code, name: configuration.name, quantity: configurationItem.quantity })
    .from(configurationItem)
    .innerJoin(
      configuration,
      and(
        eq(configuration.code, configurationItem.configuration),
        eq(configuration.version, configurationItem.version),
      ),
    )
    .where(eq(configurationItem.itemCode, itemCode))
    .orderBy(asc(configuration.code));
}
