import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  int,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  varchar,
} from 'drizzle-orm/mysql-core';
import { TERM_MAX } from '../../domain/search-terms';
import { STAGES, WAITING_REASONS } from '../../domain/stage';
import { ascii, code, exact, krw, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

export const order = mysqlTable(
  'orders',
  {
    key: orderKeyColumn('order_key').primaryKey(),
    channel: code('channel').notNull(),
    source: code('source').notNull(),
    orderNumber: varchar('order_number', { length: 100 }).notNull(),
    orderedAt: utc('ordered_at').notNull(),
    shippingFee: krw('shipping_fee').notNull(),
    stage: mysqlEnum('stage', STAGES).notNull().default('collected'),
    /** What it waits for; null while it moves. Each such order has an open task of that kind. */
    waiting: mysqlEnum('waiting', WAITING_REASONS),
    heldReason: varchar('held_reason', { length: 300 }),
    /** The rule that holds it; null where a person does. */
    heldByRule: rowId('held_by_rule'),
    /** A person let it go on: the rules that there were by then hold it no more. */
    releasedAt: utc('released_at'),
    /** A person has taken it out of a group: it joins none by itself any more. */
    packedAlone: boolean('packed_alone').notNull().default(false),
    /** The newest raw record that is in these rows. */
    appliedRecord: rowId('applied_record').notNull().default(0),
    createdAt: utc('created_at').notNull(),
    updatedAt: utc('updated_at').notNull(),
    /** When the channel wants it shipped by; null where nobody knows. */
    shipBy: utc('ship_by'),
    /** Its personal data is gone since then: nothing that its sources tell of it is taken in any more. */
    erasedAt: utc('erased_at'),
    /** When the sweep last saw that a journey is open. */
    sweptAt: utc('swept_at').notNull(),
  },
  (t) => [
    index('orders_stage').on(t.stage, t.sweptAt),
    index('orders_waiting').on(t.waiting, t.orderedAt),
    index('orders_ordered').on(t.orderedAt),
    index('orders_created').on(t.createdAt),
    // The erased ones apart, so that what is to be erased is found without them.
    index('orders_stage_erased_updated').on(t.stage, t.erasedAt, t.updatedAt),
    // Lists are read by these, newest first, so that a page costs the same however many orders there are.
    index('orders_stage_ordered').on(t.stage, t.orderedAt),
    index('orders_channel_ordered').on(t.channel, t.orderedAt),
    index('orders_source_ordered').on(t.source, t.orderedAt),
    index('orders_channel_stage').on(t.channel, t.stage, t.orderedAt),
    index('orders_source_stage').on(t.source, t.stage, t.orderedAt),
    index('orders_number').on(t.orderNumber, t.orderedAt),
    index('orders_ship_by').on(t.shipBy),
    index('orders_held_by_rule').on(t.heldByRule),
  ],
);

/** Personal data, apart from the order, so that it can be masked and deleted by itself. */
export const recipient = mysqlTable('recipient', {
  orderKey: orderKeyColumn('order_key').primaryKey(),
  name: varchar('name', { length: 100 }).notNull(),
  phone: varchar('phone', { length: 40 }).notNull(),
  phone2: varchar('phone2', { length: 40 }),
  postcode: varchar('postcode', { length: 10 }).notNull(),
  address: varchar('address', { length: 500 }).notNull(),
  deliveryMessage: varchar('delivery_message', { length: 500 }),
});

const digest = (name: string) => ascii(name, { length: 64 });

/** What an order's companions are found by, as domain/receiver.ts makes it: written and deleted with the recipient. */
export const receiver = mysqlTable(
  'receiver',
  {
    orderKey: orderKeyColumn('order_key').primaryKey(),
    name: digest('name_digest').notNull(),
    address: digest('address_digest').notNull(),
    /** Null: there are safe numbers only. */
    phones: digest('phones_digest'),
  },
  (t) => [index('receiver_name').on(t.name, t.address), index('receiver_address').on(t.address, t.phones)],
);

/** What an order's recipient is found by: personal data, written and deleted with the recipient. */
export const orderSearchTerm = mysqlTable(
  'order_search_term',
  {
    orderKey: orderKeyColumn('order_key').notNull(),
    term: exact('term', { length: TERM_MAX }).notNull(),
    /** The order's own, so that the newest are found without the others. */
    orderedAt: utc('ordered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderKey, t.term] }),
    index('order_search_term_term').on(t.term, t.orderedAt),
  ],
);

/** Orders read before they could be searched for: those after this one still wait for their terms. No row: none do. */
export const searchBacklog = mysqlTable('search_backlog', {
  after: orderKeyColumn('after_key').primaryKey(),
});

export const orderLine = mysqlTable(
  'order_line',
  {
    key: lineKeyColumn('line_key').primaryKey(),
    orderKey: orderKeyColumn('order_key').notNull(),
    lineNumber: varchar('line_number', { length: 60 }).notNull(),
    /** The record that told of the line, by its source's own number: the way back needs it. */
    connectionId: code('connection_id').notNull(),
    recordId: ascii('record_id', { length: 120 }).notNull(),
    deal: varchar('deal', { length: 500 }).notNull(),
    option: varchar('option_text', { length: 500 }).notNull(),
    dealKey: ascii('deal_key', { length: 64 }).notNull(),
    quantity: int('quantity').notNull(),
    cancelledQuantity: int('cancelled_quantity').notNull().default(0),
    /** Units in live dispatches; the check below keeps a unit from being in two. */
    dispatchedQuantity: int('dispatched_quantity').notNull().default(0),
    amount: krw('amount').notNull(),
    discount: krw('discount').notNull(),
    /** What was decided for this line, and by which version of the match (null: for this order only). */
    configuration: code('configuration'),
    configurationVersion: int('configuration_version'),
    matchVersion: int('match_version'),
    /** The rule that gave it; null: it was bought. */
    giftRule: rowId('gift_rule'),
  },
  (t) => [
    index('order_line_order').on(t.orderKey),
    index('order_line_deal').on(t.dealKey),
    check(
      'order_line_units',
      sql`${t.dispatchedQuantity} >= 0 and ${t.dispatchedQuantity} + ${t.cancelledQuantity} <= ${t.quantity}`,
    ),
  ],
);
