import { boolean, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core';
import { ascii, code, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

/** 반품: what came back of an order. Never updated, never deleted. */
export const goodsReturn = mysqlTable(
  'returns',
  {
    id: rowId('id').autoincrement().primaryKey(),
    orderKey: orderKeyColumn('order_key').notNull(),
    /** Whoever tells of a return again gives it the same number. */
    number: ascii('return_number', { length: 100 }).notNull(),
    /** Back on the shelf; otherwise thrown away. */
    restocked: boolean('restocked').notNull(),
    recordedBy: varchar('recorded_by', { length: 100 }).notNull(),
    reason: varchar('reason', { length: 300 }).notNull(),
    recordedAt: utc('recorded_at').notNull(),
  },
  (t) => [uniqueIndex('returns_number').on(t.orderKey, t.number)],
);

/** The pieces of a return, by the parcel in which they had left. */
export const returnLine = mysqlTable(
  'return_line',
  {
    returnId: rowId('return_id').notNull(),
    shipmentId: rowId('shipment_id').notNull(),
    lineKey: lineKeyColumn('line_key').notNull(),
    itemCode: code('item_code').notNull(),
    quantity: int('quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.returnId, t.shipmentId, t.lineKey, t.itemCode] }),
    index('return_line_shipment').on(t.shipmentId, t.lineKey),
  ],
);
