import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { code, rowId, utc } from './columns';

/** 합포장 금지: what is not packed with other orders. A rule is ended, never changed or deleted. */
export const packingBan = mysqlTable('packing_ban', {
  id: rowId('id').autoincrement().primaryKey(),
  /** Empty, here and below: any. */
  channel: code('channel').notNull().default(''),
  itemCode: code('item_code').notNull().default(''),
  configuration: code('configuration').notNull().default(''),
  reason: varchar('reason', { length: 300 }).notNull(),
  validFrom: utc('valid_from').notNull(),
  /** Null: until somebody ends it. */
  validTo: utc('valid_to'),
  madeBy: varchar('made_by', { length: 100 }).notNull(),
  madeAt: utc('made_at').notNull(),
});

/** How long orders wait for companions, and how many go together. */
export const packingWindow = mysqlTable('packing_window', {
  /** Empty: every channel that has no row of its own. */
  channel: code('channel').primaryKey(),
  /** From when the first of a group was ready; 0: they do not wait, and none is packed with another by itself. */
  minutes: int('minutes').notNull(),
  /** Null: as many as there are. */
  mostOrders: int('most_orders'),
  mostPieces: int('most_pieces'),
  setBy: varchar('set_by', { length: 100 }).notNull(),
  setAt: utc('set_at').notNull(),
});
