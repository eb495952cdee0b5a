import { int, json, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core';
import type { Stage, WaitingReason } from '../../domain/stage';
import { exact, rowId, utc } from './columns';

/** Which orders a view shows; what is left out is any. Never a search text: it may be a person's name. */
export interface ViewFilters {
  readonly stage?: Stage | undefined;
  readonly waiting?: WaitingReason | undefined;
  readonly channel?: string | undefined;
  readonly source?: string | undefined;
  /** Days in Seoul, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Filters of the orders that somebody keeps under a name. */
export const savedView = mysqlTable(
  'saved_view',
  {
    id: rowId('id').autoincrement().primaryKey(),
    /** Whose it is; empty: everybody's. */
    owner: exact('owner', { length: 100 }).notNull(),
    name: exact('name', { length: 60 }).notNull(),
    filters: json('filters').$type<ViewFilters>().notNull(),
    version: int('version').notNull().default(1),
    changedBy: varchar('changed_by', { length: 100 }).notNull(),
    changedAt: utc('changed_at').notNull(),
  },
  (t) => [uniqueIndex('saved_view_name').on(t.owner, t.name)],
);
