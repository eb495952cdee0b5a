import {
  index,
  int,
  json,
  mediumtext,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { DISPATCH_STATES, DOUBTS } from '../../domain/dispatch-protocol';
import { ascii, code, dispatchIdColumn, lineKeyColumn, orderKeyColumn, rowId, utc } from './columns';

/** 출고 요청: one intent to send some lines of one or more orders to one WMS. */
export const dispatch = mysqlTable(
  'dispatch',
  {
    id: dispatchIdColumn('id').primaryKey(),
    /** The order it was made for first; with the sequence the source of its id. */
    leadOrderKey: orderKeyColumn('lead_order_key').notNull(),
    sequence: int('sequence').notNull(),
    generation: int('generation').notNull(),
    supersedes: dispatchIdColumn('supersedes'),
    code: ascii('code', { length: 40 }).notNull(),
    state: mysqlEnum('state', DISPATCH_STATES).notNull(),
    doubt: mysqlEnum('doubt', DOUBTS).notNull().default('none'),
    /** Fixed, with the request, by the first claim. */
    wms: code('wms'),
    /** A person has moved it here, whatever the routes say. */
    directedTo: code('directed_to'),
    /** Until then it waits for companions; null: nobody has looked for any yet. */
    packsUntil: utc('packs_until'),
    /** The order as the WMS gets it; holds personal data, and once that is erased all but its recipient. */
    request: json('request').$type<Record<string, unknown>>(),
    leaseToken: ascii('lease_token', { length: 36 }),
    leaseExpiresAt: utc('lease_expires_at'),
    /** The WMS's own number, once it is known. */
    reference: varchar('reference', { length: 100 }),
    problem: varchar('problem', { length: 500 }),
    createdAt: utc('created_at').notNull(),
    acceptedAt: utc('accepted_at'),
  },
  (t) => [
    uniqueIndex('dispatch_sequence').on(t.leadOrderKey, t.sequence),
    uniqueIndex('dispatch_code').on(t.code),
    // All that is open is counted by it alone.
    index('dispatch_open').on(t.state, t.wms, t.directedTo),
    index('dispatch_wms').on(t.wms, t.state, t.createdAt),
  ],
);

export const dispatchLine = mysqlTable(
  'dispatch_line',
  {
    dispatchId: dispatchIdColumn('dispatch_id').notNull(),
    lineKey: lineKeyColumn('line_key').notNull(),
    orderKey: orderKeyColumn('order_key').notNull(),
    quantity: int('quantity').notNull(),
    /**
     * Its order is being stopped at the WMS: for good (empty), or to go to this WMS next, its own one too. Null: it
     * stays, and is sent anew should the WMS stop the dispatch for another's sake.
     */
    leavesTo: code('leaves_to'),
  },
  (t) => [
    primaryKey({ columns: [t.dispatchId, t.lineKey] }),
    index('dispatch_line_order').on(t.orderKey),
    index('dispatch_line_line').on(t.lineKey),
  ],
);

/** One request to a WMS; an attempt without an outcome may have been received. */
export const attempt = mysqlTable(
  'attempt',
  {
    id: rowId('id').autoincrement().primaryKey(),
    dispatchId: dispatchIdColumn('dispatch_id').notNull(),
    kind: mysqlEnum('kind', ['create', 'look-up', 'cancel']).notNull(),
    leaseToken: ascii('lease_token', { length: 36 }),
    startedAt: utc('started_at').notNull(),
    finishedAt: utc('finished_at'),
    outcome: varchar('outcome', { length: 20 }),
    reason: varchar('reason', { length: 500 }),
    request: mediumtext('request'),
    response: mediumtext('response'),
    status: int('status'),
  },
  (t) => [index('attempt_dispatch').on(t.dispatchId, t.leaseToken)],
);
