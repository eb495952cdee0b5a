import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { code, rowId, utc } from './columns';

/** Which orders wait for a person before they are sent. A rule is ended, never changed or deleted. */
export const holdRule = mysqlTable('hold_rule', {
  id: rowId('id').autoincrement().primaryKey(),
  /** Empty: any. */
  channel: code('channel').notNull().default(''),
  /** Empty: all items of a dispatch together. */
  itemCode: code('item_code').notNull().default(''),
  /** Pieces, from which on it holds. */
  quantity: int('quantity').notNull().default(1),
  reason: varchar('reason', { length: 300 }).notNull(),
  validFrom: utc('valid_from').notNull(),
  /** Null: until somebody ends it. */
  validTo: utc('valid_to'),
  madeBy: varchar('made_by', { length: 100 }).notNull(),
  madeAt: utc('made_at').notNull(),
});
