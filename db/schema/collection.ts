import {
  index,
  int,
  json,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { BACKFILL_STATES } from '../../domain/backfill';
import { CLAIM_ANSWERS, CLAIM_KINDS, CLAIM_STATES } from '../../domain/claim';
import { TRIVIAL_PERCENT } from '../../domain/deal-price';
import { ascii, blob, code, orderKeyColumn, rowId, utc } from './columns';

const recordIdColumn = () => ascii('record_id', { length: 120 });

/** What a source gave us, byte for byte. Appended to, never changed, until its personal data is erased. */
export const rawRecord = mysqlTable(
  'raw_record',
  {
    id: rowId('id').autoincrement().primaryKey(),
    connectionId: code('connection_id').notNull(),
    recordId: recordIdColumn().notNull(),
    /** Of what the record means, so that a status which our own reading changed is no new record. */
    contentHash: ascii('content_hash', { length: 64 }).notNull(),
    /** Empty once it is erased; the hash tells the same record again. */
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
    /** Orders that something new was said of. */
    orders: int('orders').notNull().default(0),
    /** How many records the source says the window holds; null where it does not say. */
    announced: int('announced'),
    finishedAt: utc('finished_at').notNull(),
  },
  (t) => [
    index('collection_run_window').on(t.connectionId, t.windowTo),
    index('collection_run_newest').on(t.connectionId, t.id),
  ],
);

/** A stretch of a source that a person has read again. */
export const backfill = mysqlTable(
  'backfill',
  {
    id: rowId('id').autoincrement().primaryKey(),
    connectionId: code('connection_id').notNull(),
    windowFrom: utc('window_from').notNull(),
    windowTo: utc('window_to').notNull(),
    state: mysqlEnum('state', BACKFILL_STATES).notNull().default('running'),
    /** Of them it is read one after the other; none until it has begun. */
    windows: int('windows').notNull().default(0),
    windowsRead: int('windows_read').notNull().default(0),
    /** Orders that something new was said of. */
    orders: int('orders').notNull().default(0),
    failure: varchar('failure', { length: 500 }),
    reason: varchar('reason', { length: 300 }).notNull(),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    madeAt: utc('made_at').notNull(),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [index('backfill_newest').on(t.connectionId, t.id)],
);

/** A record that its source has to be told we have, once; its order waits for that. */
export const acknowledgement = mysqlTable(
  'acknowledgement',
  {
    connectionId: code('connection_id').notNull(),
    recordId: recordIdColumn().notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    state: mysqlEnum('state', ['pending', 'done', 'refused']).notNull().default('pending'),
    reason: varchar('reason', { length: 500 }),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.recordId] }),
    index('acknowledgement_order').on(t.orderKey, t.state),
  ],
);

/** 클레임: what a customer asked for after ordering, what became of it, and whether the channel knows. */
export const claim = mysqlTable(
  'claim',
  {
    connectionId: code('connection_id').notNull(),
    recordId: recordIdColumn().notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    claimId: varchar('claim_id', { length: 100 }).notNull(),
    kind: mysqlEnum('kind', CLAIM_KINDS).notNull(),
    state: mysqlEnum('state', CLAIM_STATES).notNull(),
    requestedAt: utc('requested_at').notNull(),
    /** How the race with the warehouse ended; null while it runs, and where there was none to be run. */
    outcome: mysqlEnum('outcome', ['stopped', 'too late', 'unknown', 'returned']),
    answer: mysqlEnum('answer', CLAIM_ANSWERS).notNull().default('none'),
    answerReason: varchar('answer_reason', { length: 500 }),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.recordId] }),
    index('claim_order').on(t.orderKey),
    index('claim_answer').on(t.connectionId, t.answer),
    index('claim_answer_queue').on(t.answer, t.updatedAt),
  ],
);

/** A listing of a channel: the stock of its deal's configuration is told to it. */
export const listing = mysqlTable(
  'listing',
  {
    connectionId: code('connection_id').notNull(),
    listing: ascii('listing', { length: 100 }).notNull(),
    channel: code('channel').notNull(),
    /**
     * The last other wording that it had, and that was decided when it got the one it has. It stands before that
     * one: both are set in this order, and the first looks at the second.
     */
    formerDealKey: ascii('former_deal_key', { length: 64 }),
    dealKey: ascii('deal_key', { length: 64 }).notNull(),
    /** Units that the channel was told last; null before the first time. */
    pushedQuantity: int('pushed_quantity'),
    state: mysqlEnum('state', ['pending', 'done', 'refused']).notNull().default('pending'),
    reason: varchar('reason', { length: 500 }),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.listing] }), index('listing_deal').on(t.dealKey)],
);

/** Which source a channel's orders come from, from a moment on. */
export const channelSource = mysqlTable(
  'channel_source',
  {
    channel: code('channel').notNull(),
    source: code('source').notNull(),
    validFrom: utc('valid_from').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channel, t.validFrom] })],
);

/** What a channel expects of us. */
export const channelRule = mysqlTable('channel_rule', {
  channel: code('channel').primaryKey(),
  /** Minutes after midnight in Seoul: an order placed later counts as of the next day. */
  cutOffMinutes: int('cut_off_minutes').notNull(),
  /** Working days after that day until which it has to ship. */
  shipWithinDays: int('ship_within_days').notNull(),
  /** Units of each listing that are kept back when stock is told to the channel. */
  stockBuffer: int('stock_buffer').notNull().default(0),
  /** So much below and above what a deal was decided at, its price is trivial: its orders do not wait. */
  driftPercent: int('drift_percent').notNull().default(TRIVIAL_PERCENT),
});

/** How a kind of file is read: which of its columns means what. */
export const importTemplate = mysqlTable('import_template', {
  name: code('name').primaryKey(),
  channel: code('channel').notNull(),
  /** The header's words, by which a file is recognised, and what each column means. */
  mapping: json('mapping').$type<Record<string, unknown>>().notNull(),
  updatedBy: varchar('updated_by', { length: 100 }).notNull(),
  updatedAt: utc('updated_at').notNull(),
});

/** A file that was taken in; the same file is not taken in again. */
export const upload = mysqlTable(
  'upload',
  {
    id: rowId('id').autoincrement().primaryKey(),
    fileHash: ascii('file_hash', { length: 64 }).notNull(),
    fileName: varchar('file_name', { length: 255 }).notNull(),
    template: code('template').notNull(),
    rows: int('row_count').notNull(),
    orders: int('order_count').notNull(),
    rejectedRows: int('rejected_rows').notNull(),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    madeAt: utc('made_at').notNull(),
  },
  (t) => [uniqueIndex('upload_file').on(t.fileHash)],
);

/** A file that was checked and waits for somebody to take it in. Personal data: it is dropped then, or after a day. */
export const uploadDraft = mysqlTable(
  'upload_draft',
  {
    id: rowId('id').autoincrement().primaryKey(),
    fileName: varchar('file_name', { length: 255 }).notNull(),
    /** Null: the one whose columns the header has. */
    template: code('template'),
    /** Null: the only one that fits. */
    sheet: varchar('sheet', { length: 100 }),
    /** Cells that were mended, by row and column. */
    corrections: json('corrections').$type<{ row: number; column: number; value: string }[]>().notNull(),
    version: int('version').notNull().default(1),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    expiresAt: utc('expires_at').notNull(),
    /** How many orders are stored, or on their way, of how many; null while nobody takes the file in. */
    stored: int('stored_count'),
    started: int('started_count'),
    of: int('order_count'),
  },
  (t) => [index('upload_draft_expires').on(t.expiresAt)],
);

/** The file's bytes in pieces, since one statement cannot hold them all. */
export const uploadDraftPiece = mysqlTable(
  'upload_draft_piece',
  {
    draftId: rowId('draft_id').notNull(),
    number: int('number').notNull(),
    bytes: blob('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.draftId, t.number] })],
);
