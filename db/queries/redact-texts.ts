import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { MySqlColumn, MySqlTable } from 'drizzle-orm/mysql-core';
import type { Recipient } from '../../domain/order';
import { redact } from '../../domain/redact';
import type { Db } from '../database';
import {
  acknowledgement,
  attempt,
  auditEvent,
  bulkRow,
  claim,
  dispatch,
  goodsReturn,
  lineMatch,
  order,
  task,
  trackingUpload,
} from '../schema';

/** Where people and other systems write what they like about an order, a line or a dispatch of it. */
interface Texts {
  readonly table: MySqlTable;
  readonly id: readonly MySqlColumn[];
  /** The order, line or dispatch that the text is about. */
  readonly about: MySqlColumn;
  readonly text: MySqlColumn;
}

const TEXTS: readonly Texts[] = [
  { table: order, id: [order.key], about: order.key, text: order.heldReason },
  { table: dispatch, id: [dispatch.id], about: dispatch.id, text: dispatch.problem },
  { table: attempt, id: [attempt.id], about: attempt.dispatchId, text: attempt.reason },
  { table: task, id: [task.id], about: task.orderKey, text: task.reason },
  { table: auditEvent, id: [auditEvent.id], about: auditEvent.subject, text: auditEvent.reason },
  { table: auditEvent, id: [auditEvent.id], about: auditEvent.subject, text: auditEvent.detail },
  { table: goodsReturn, id: [goodsReturn.id], about: goodsReturn.orderKey, text: goodsReturn.reason },
  { table: lineMatch, id: [lineMatch.lineKey], about: lineMatch.lineKey, text: lineMatch.reason },
  { table: bulkRow, id: [bulkRow.jobId, bulkRow.orderKey], about: bulkRow.orderKey, text: bulkRow.says },
  { table: claim, id: [claim.connectionId, claim.recordId], about: claim.orderKey, text: claim.answerReason },
  {
    table: acknowledgement,
    id: [acknowledgement.connectionId, acknowledgement.recordId],
    about: acknowledgement.orderKey,
    text: acknowledgement.reason,
  },
  {
    table: trackingUpload,
    id: [trackingUpload.orderKey, trackingUpload.shipmentId],
    about: trackingUpload.orderKey,
    text: trackingUpload.reason,
  },
];

/** Takes people out of whatever was written about their orders. @param people by order, line and dispatch. */
export async function redactTexts(
  tx: Db,
  people: ReadonlyMap<string, readonly Partial<Recipient>[]>,
): Promise<void> {
  for (const texts of TEXTS) await redactIn(tx, texts, people);
}

async function redactIn(
  tx: Db,
  { table, id, about, text }: Texts,
  people: ReadonlyMap<string, readonly Partial<Recipient>[]>,
): Promise<void> {
  const ids = Object.fromEntries(id.map((column) => [column.name, column]));
  const rows: Record<string, unknown>[] = await tx
    .select({ ...ids, about, text })
    .from(table)
    .where(and(inArray(about, [...people.keys()]), isNotNull(text)));
  for (const row of rows) {
    const redacted = withoutPeople(row['text'], people.get(String(row['about'])) ?? []);
    if (JSON.stringify(redacted) === JSON.stringify(row['text'])) continue;
    await tx
      .update(table)
      .set({ [keyOf(table, text)]: redacted })
      .where(and(...id.map((column) => eq(column, row[column.name]))));
  }
}

/** Of a text, or of all texts within a document. */
function withoutPeople(value: unknown, people: readonly Partial<Recipient>[]): unknown {
  if (typeof value === 'string') return redact(value, people);
  if (Array.isArray(value)) return value.map((inner) => withoutPeople(inner, people));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutPeople(inner, people)]),
  );
}

/** Of a column the name by which drizzle writes it. */
function keyOf(table: MySqlTable, column: MySqlColumn): string {
  const found = Object.entries(table).find(([, one]) => one === column);
  if (found === undefined) throw new RangeError(`${column.name} is no column of that table`);
  return found[0];
}
