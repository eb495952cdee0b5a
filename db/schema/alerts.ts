import { boolean, int, json, mysqlEnum, mysqlTable, varchar } from 'drizzle-orm/mysql-core';
import { ALERT_WAYS } from '../../domain/alert';
import type { TaskKind } from '../../domain/task';
import { code, rowId, utc } from './columns';

/** Whom new tasks are told to, and how. */
export const alertRule = mysqlTable('alert_rule', {
  name: code('name').primaryKey(),
  via: mysqlEnum('via', ALERT_WAYS).notNull(),
  /** Sealed by the vault: whoever knows a webhook's address may write to it. */
  target: json('target').$type<Record<string, unknown>>().notNull(),
  /** None: all. */
  kinds: json('kinds').$type<TaskKind[]>().notNull(),
  /** Minutes between two messages, at least. */
  everyMinutes: int('every_minutes').notNull(),
  paused: boolean('paused').notNull().default(false),
  /** Every task up to this one has been told, or was not to be. */
  lastTaskId: rowId('last_task_id').notNull().default(0),
  lastToldAt: utc('last_told_at'),
  /** Also of a message that did not arrive, or of which nobody knows: it may have. */
  lastTriedAt: utc('last_tried_at'),
  /** Why the last message did not arrive; null once one has. */
  failure: varchar('failure', { length: 500 }),
  /** Of what a person may edit: who has seen an older one is told. */
  version: int('version').notNull().default(1),
});
