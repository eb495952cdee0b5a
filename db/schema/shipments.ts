import { index, int, mysqlEnum, mysqlTable, primaryKey, uniqueIndex, varchar } from 'drizzle-orm/mysql-core';
import { CARRIERS } from '../../domain/carrier';
import { ascii, code, dispatchIdColumn, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

/** 출고: what the WMS shipped. */
export const shipment = mysqlTable(
  'shipment',
  {
    id: rowId('id').autoincrement().primaryKey(),
    wms: code('wms').notNull(),
    wmsShipmentId: ascii('wms_shipment_id', { length: 100 }).notNull(),
    dispatchId: dispatchIdColumn('dispatch_id').notNull(),
    carrier: mysqlEnum('carrier', [...CARRIERS, 'other']).notNull(),
    /** The WMS's word for a carrier that is not ours. */
    carrierName: varchar('carrier_name', { length: 60 }),
    trackingNumber: varchar('tracking_number', { length: 60 }).notNull(),
    shippedAt: utc('shipped_at').notNull(),
    recordedAt: utc('recorded_at').notNull(),
  },
  (t) => [
    uniqueIndex('shipment_wms').on(t.wms, t.wmsShipmentId),
    index('shipment_dispatch').on(t.dispatchId),
    index('shipment_recorded').on(t.recordedAt),
    index('shipment_tracking').on(t.trackingNumber),
  ],
);

export const shipmentLine = mysqlTable(
  'shipment_line',
  {
    shipmentId: rowId('shipment_id').notNull(),
    lineKey: lineKeyColumn('line_key').notNull(),
    itemCode: code('item_code').notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    quantity: int('quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.shipmentId, t.lineKey, t.itemCode] }),
    index('shipment_line_order').on(t.orderKey),
  ],
);

/** A parcel's tracking number on its way back to the channel, once for each order in the parcel. */
export const trackingUpload = mysqlTable(
  'tracking_upload',
  {
    orderKey: orderKeyColumn('order_key').notNull(),
    shipmentId: rowId('shipment_id').notNull(),
    state: mysqlEnum('state', ['pending', 'done', 'refused']).notNull(),
    reason: varchar('reason', { length: 500 }),
    updatedAt: utc('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderKey, t.shipmentId] }),
    index('tracking_upload_queue').on(t.state, t.updatedAt),
  ],
);

/** How far a WMS's shipments have been read. */
export const shipmentCursor = mysqlTable('shipment_cursor', {
  wms: code('wms').primaryKey(),
  cursor: varchar('cursor_text', { length: 500 }).notNull(),
  /** When they were last read to the end; null: not since this is kept. */
  lookedAt: utc('looked_at'),
});
