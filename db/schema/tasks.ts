import { index, json, mysqlEnum, mysqlTable, uniqueIndex, varchar } from 'drizzle-orm/mysql-core';
import { TASK_KINDS } from '../../domain/task';
import { ascii, code, orderKeyColumn, rowId, utc } from './columns';

/** 할 일: anything that waits for a person. */
export const task = mysqlTable(
  'task',
  {
    id: rowId('id').autoincrement().primaryKey(),
    kind: mysqlEnum('kind', TASK_KINDS).notNull(),
    /** Kind and subject while it is open, null afterwards: the same trouble is one task. */
    openKey: ascii('open_key', { length: 255 }),
    orderKey: orderKeyColumn('order_key'),
    connectionId: code('connection_id'),
    rawRecordId: rowId('raw_record_id'),
    reason: varchar('reason', { length: 1000 }).notNull(),
    nextAction: varchar('next_action', { length: 300 }).notNull(),
    openedAt: utc('opened_at').notNull(),
    closedAt: utc('closed_at'),
    closedBy: varchar('closed_by', { length: 100 }),
  },
  (t) => [
    uniqueIndex('task_open').on(t.openKey),
    index('task_order').on(t.orderKey),
    // Both end with the id, by which they are listed: the oldest first.
    index('task_closed').on(t.closedAt),
    index('task_closed_kind').on(t.closedAt, t.kind),
  ],
);

/** Who did what, when, why and from where. */
export const auditEvent = mysqlTable(
  'audit_event',
  {
    id: rowId('id').autoincrement().primaryKey(),
    at: utc('at').notNull(),
    actor: varchar('actor', { length: 100 }).notNull(),
    action: ascii('action', { length: 60 }).notNull(),
    subject: ascii('subject', { length: 255 }).notNull(),
    reason: varchar('reason', { length: 300 }),
    detail: json('detail').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('audit_event_subject').on(t.subject, t.at),
    index('audit_event_actor').on(t.actor, t.at),
    index('audit_event_action').on(t.action, t.at),
    index('audit_event_at').on(t.at),
  ],
);
