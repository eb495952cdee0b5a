import { boolean, index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { code, rowId, utc } from './columns';

/** A list's filters under a name, for one person or for all. */
export const savedView = mysqlTable(
  'saved_view',
  {
    id: rowId('id').autoincrement().primaryKey(),
    /** Which page's list: `orders`. */
    page: code('page').notNull(),
    owner: varchar('owner', { length: 100 }).notNull(),
    name: varchar('name', { length: 60 }).notNull(),
    /** The filters as they stand in the page's address. */
    query: varchar('query_text', { length: 1_000 }).notNull(),
    shared: boolean('shared').notNull().default(false),
    version: int('version').notNull().default(1),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [index('saved_view_page').on(t.page, t.owner)],
);
