import { int, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { rowId, utc } from './columns';

/** How long this house keeps personal data, and how far its erasing has come: one row, once either is known. */
export const retention = mysqlTable('retention', {
  id: int('id').primaryKey(),
  /** Days after an order's end; null: as long as domain/retention.ts says. */
  keepDays: int('keep_days'),
  /** Of what a person may edit: who has seen an older one is told. */
  version: int('version').notNull().default(0),
  changedBy: varchar('changed_by', { length: 100 }),
  changedAt: utc('changed_at'),
  /** When everything that was old enough had last been erased. */
  doneAt: utc('done_at'),
  /** Up to this raw record, those that belong to no order of ours have been erased. */
  strayRecord: rowId('stray_record').notNull().default(0),
});
