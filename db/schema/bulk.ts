import { index, int, mysqlEnum, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core';
import { BULK_ROW_STATES, BULK_WORK } from '../../domain/bulk';
import { ascii, orderKeyColumn, rowId, utc } from './columns';

/** One thing that is done to many orders. */
export const bulkJob = mysqlTable(
  'bulk_job',
  {
    id: rowId('id').autoincrement().primaryKey(),
    command: mysqlEnum('command', BULK_WORK).notNull(),
    /** The decision that it carries out; null: it is a person's command. */
    dealKey: ascii('deal_key', { length: 64 }),
    matchVersion: int('match_version'),
    reason: varchar('reason', { length: 300 }).notNull(),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    madeAt: utc('made_at').notNull(),
    /** How often its failed rows have been tried anew. */
    tries: int('tries').notNull().default(1),
    total: int('total').notNull(),
  },
  (t) => [index('bulk_job_made').on(t.madeBy, t.madeAt)],
);

/** What is to be done to one order of a job, and what came of it. */
export const bulkRow = mysqlTable(
  'bulk_row',
  {
    jobId: rowId('job_id').notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    state: mysqlEnum('state', BULK_ROW_STATES).notNull().default('pending'),
    says: varchar('says', { length: 500 }),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.orderKey] }),
    index('bulk_row_state').on(t.jobId, t.state, t.orderKey),
  ],
);
