import {
  bigint,
  index,
  int,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { SALE_KINDS, SALES_VIEWS } from '../../domain/sale';
import { ascii, code, krw, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

/** The day in Seoul, as YYYY-MM-DD. */
const day = (name: string) => ascii(name, { length: 10 });

/** 매출: a ledger. Never updated, never deleted; a return is an entry of its own. */
export const sale = mysqlTable(
  'sale',
  {
    id: rowId('id').autoincrement().primaryKey(),
    /** Says what the entry is for; it can be booked once. */
    entryKey: ascii('entry_key', { length: 400 }).notNull(),
    kind: mysqlEnum('kind', SALE_KINDS).notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    channel: code('channel').notNull(),
    source: code('source').notNull().default(''),
    lineKey: lineKeyColumn('line_key'),
    /** What the line was sold as; empty where it is of no line. */
    configuration: code('configuration').notNull().default(''),
    itemCode: code('item_code'),
    shipmentId: rowId('shipment_id').notNull(),
    quantity: int('quantity').notNull(),
    amount: krw('amount').notNull(),
    day: day('day').notNull(),
    bookedAt: utc('booked_at').notNull(),
  },
  (t) => [
    uniqueIndex('sale_entry').on(t.entryKey),
    index('sale_day').on(t.day, t.channel),
    index('sale_order').on(t.orderKey),
  ],
);

const view = () => mysqlEnum('view', SALES_VIEWS).notNull();

/** What a sum is of, and how much it is. */
const sums = () => ({
  /** Empty in the view of the goods. */
  channel: code('channel').notNull(),
  source: code('source').notNull(),
  /** Empty in the view of the channels, and for shipping fees. */
  configuration: code('configuration').notNull(),
  itemCode: code('item_code').notNull(),
  sold: bigint('sold_pieces', { mode: 'number' }).notNull(),
  returned: bigint('returned_pieces', { mode: 'number' }).notNull(),
  gross: krw('gross').notNull(),
  /** Negative, as in the ledger. */
  returns: krw('returns').notNull(),
});

/**
 * The ledger added up by day, thrice: by whom it was sold through, by what was sold, and by both. The first two are a
 * few rows a day, however many orders there were, and answer most questions; the third is for those that cross them.
 */
export const salesDay = mysqlTable(
  'sales_day',
  { view: view(), day: day('day').notNull(), ...sums() },
  (t) => [primaryKey({ columns: [t.view, t.day, t.channel, t.source, t.configuration, t.itemCode] })],
);

/** The same by month: what is asked of a long period is read from these, and from the days at its ends. */
export const salesMonth = mysqlTable(
  'sales_month',
  {
    view: view(),
    /** In Seoul, as YYYY-MM. */
    month: ascii('month', { length: 7 }).notNull(),
    ...sums(),
  },
  (t) => [primaryKey({ columns: [t.view, t.month, t.channel, t.source, t.configuration, t.itemCode] })],
);

/** What a channel keeps of the sales, and when it pays the rest: in force until the channel's next rule. */
export const feeRule = mysqlTable(
  'fee_rule',
  {
    channel: code('channel').notNull(),
    validFrom: day('valid_from').notNull(),
    /** In hundredths of a percent. */
    rate: int('rate').notNull(),
    settlementDays: int('settlement_days').notNull(),
    version: int('version').notNull().default(1),
    changedBy: varchar('changed_by', { length: 100 }).notNull(),
    changedAt: utc('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channel, t.validFrom] })],
);
