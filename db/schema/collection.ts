import { index, int, mysqlTable, uniqueIndex } from 'drizzle-orm/mysql-core';
import { ascii, blob, code, orderKeyColumn, rowId, utc } from './columns';

/** What a source gave us, byte for byte. Appended to, never changed. */
export const rawRecord = mysqlTable(
  'raw_record',
  {
    id: rowId('id').autoincrement().primaryKey(),
    connectionId: code('connection_id').notNull(),
    recordId: ascii('record_id', { length: 120 }).notNull(),
    /** Of what the record means, so that a status which our own reading changed is no new record. */
    contentHash: ascii('content_hash', { length: 64 }).notNull(),
    body: blob('body').notNull(),
    /** Null when the record could not be decoded. */
    orderKey: orderKeyColumn('order_key'),
    /** The record's version before this one, 0 for the first: two runs that read the same news store it once. */
    follows: rowId('follows').notNull(),
    receivedAt: utc('received_at').notNull(),
  },
  (t) => [
    uniqueIndex('raw_record_version').on(t.connectionId, t.recordId, t.follows),
    index('raw_record_order').on(t.orderKey, t.id),
  ],
);

/** Which stretch of time of a source has been read, by which run: the windows leave no gap. */
export const collectionRun = mysqlTable(
  'collection_run',
  {
    id: rowId('id').autoincrement().primaryKey(),
    connectionId: code('connection_id').notNull(),
    windowFrom: utc('window_from').notNull(),
    windowTo: utc('window_to').notNull(),
    workflowRunId: ascii('workflow_run_id', { length: 64 }).notNull(),
    records: int('records').notNull(),
    newRecords: int('new_records').notNull(),
    finishedAt: utc('finished_at').notNull(),
  },
  (t) => [index('collection_run_window').on(t.connectionId, t.windowTo)],
);
