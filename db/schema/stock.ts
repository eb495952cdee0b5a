import { boolean, index, int, mysqlEnum, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core';
import { STOCK_REASONS } from '../../domain/stock';
import { code, dispatchIdColumn, rowId, utc } from './columns';

/** Sellable = on hand at the snapshot − allocated and not shipped − shipped since − safety. */
export const stock = mysqlTable(
  'stock',
  {
    wms: code('wms').notNull(),
    itemCode: code('item_code').notNull(),
    onHand: int('on_hand').notNull().default(0),
    /** Null while the WMS has never told of it. */
    snapshotAt: utc('snapshot_at'),
    allocated: int('allocated').notNull().default(0),
    shippedSince: int('shipped_since').notNull().default(0),
    safety: int('safety').notNull().default(0),
    /** On its way to the warehouse or being put away there; null where the WMS does not tell. */
    incoming: int('incoming'),
    /** Less than this sellable is a task; null: nobody wants to be warned. */
    warnBelow: int('warn_below'),
    /** Orders may wait for it: a claim has to look at the queue. */
    awaited: boolean('awaited').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.wms, t.itemCode] })],
);

/** What a dispatch has reserved of an item, until it ships or is given back, once. */
export const allocation = mysqlTable(
  'allocation',
  {
    dispatchId: dispatchIdColumn('dispatch_id').notNull(),
    itemCode: code('item_code').notNull(),
    wms: code('wms').notNull(),
    quantity: int('quantity').notNull(),
    shippedQuantity: int('shipped_quantity').notNull().default(0),
    released: boolean('released').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.dispatchId, t.itemCode] })],
);

/** What dispatches were short of, which newer ones may not take before them. */
export const stockQueue = mysqlTable(
  'stock_queue',
  {
    dispatchId: dispatchIdColumn('dispatch_id').notNull(),
    itemCode: code('item_code').notNull(),
    wms: code('wms').notNull(),
    /** All that it needs of the item. */
    quantity: int('quantity').notNull(),
    orderedAt: utc('ordered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.dispatchId, t.itemCode] }),
    index('stock_queue_item').on(t.wms, t.itemCode, t.orderedAt),
  ],
);

/** Every change of a stock row and what it came to, written with it. Never updated, never deleted. */
export const stockLedger = mysqlTable(
  'stock_ledger',
  {
    id: rowId('id').autoincrement().primaryKey(),
    wms: code('wms').notNull(),
    itemCode: code('item_code').notNull(),
    at: utc('at').notNull(),
    reason: mysqlEnum('reason', STOCK_REASONS).notNull(),
    dispatchId: dispatchIdColumn('dispatch_id'),
    madeBy: varchar('made_by', { length: 100 }).notNull(),
    onHandChange: int('on_hand_change').notNull(),
    allocatedChange: int('allocated_change').notNull(),
    shippedSinceChange: int('shipped_since_change').notNull(),
    safetyChange: int('safety_change').notNull(),
    onHand: int('on_hand').notNull(),
    allocated: int('allocated').notNull(),
    shippedSince: int('shipped_since').notNull(),
    safety: int('safety').notNull(),
    incoming: int('incoming'),
  },
  (t) => [index('stock_ledger_item').on(t.itemCode, t.wms, t.at)],
);
