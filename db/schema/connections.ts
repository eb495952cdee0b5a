import {
  boolean,
  double,
  int,
  json,
  mysqlEnum,
  mysqlTable,
  uniqueIndex,
  varchar,
} from 'drizzle-orm/mysql-core';
import { code, rowId, utc } from './columns';

/** 연동: an adapter and one account's settings; several connections may use one adapter. */
export const connection = mysqlTable('connection', {
  id: code('id').primaryKey(),
  kind: mysqlEnum('kind', ['source', 'wms']).notNull(),
  adapter: code('adapter').notNull(),
  settings: json('settings').$type<Record<string, unknown>>().notNull(),
  /** Sealed by the vault, and apart from the settings so that no list or log ever shows them. */
  secrets: json('secrets').$type<Record<string, unknown>>().notNull(),
  paused: boolean('paused').notNull().default(false),
  /** Null: the adapter's own limit. */
  callsPerMinute: int('calls_per_minute'),
  /** What happens to an unknown dispatch that a look-up does not find. */
  onAbsent: mysqlEnum('on_absent', ['ask', 'resend']).notNull().default('ask'),
  /** Of what a person may edit: who has seen an older one is told. */
  version: int('version').notNull().default(1),
});

/** One token bucket a connection, so that its limit holds over all workers. */
export const permit = mysqlTable('permit', {
  connectionId: code('connection_id').primaryKey(),
  tokens: double('tokens').notNull(),
  refilledAt: utc('refilled_at').notNull(),
});

/** A token or session that all workers share: some systems allow one login in ten minutes. A secret. */
export const connectionSession = mysqlTable('connection_session', {
  connectionId: code('connection_id').primaryKey(),
  session: varchar('session', { length: 2_000 }).notNull(),
  endsAt: utc('ends_at').notNull(),
});

/** Which WMS a channel's or an item's orders go to, from a moment on; db/queries/routes.ts says which row counts. */
export const route = mysqlTable(
  'route',
  {
    id: rowId('id').autoincrement().primaryKey(),
    /** Empty: any channel. */
    channel: code('channel').notNull().default(''),
    /** Empty: any item. */
    itemCode: code('item_code').notNull().default(''),
    wms: code('wms').notNull(),
    validFrom: utc('valid_from').notNull(),
  },
  (t) => [uniqueIndex('route_scope_from').on(t.channel, t.itemCode, t.validFrom)],
);
