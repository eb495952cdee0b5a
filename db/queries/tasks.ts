import { and, asc, count, eq, gt, gte, inArray, isNull, lt, min, or, sql } from 'drizzle-orm';
import { sha256 } from '../../domain/sha256';
import { type Stage, WAITING_REASONS, type WaitingReason } from '../../domain/stage';
import { NEXT_ACTION, type TaskKind } from '../../domain/task';
import type { Db } from '../database';
import { order, task } from '../schema';

export interface TaskSubject {
  readonly orderKey?: string;
  readonly connectionId?: string;
  readonly rawRecordId?: number;
  /** What of it, where one order or connection can have several tasks of a kind. */
  readonly part?: string;
}

function subjectKey(subject: TaskSubject): string {
  const whole = subject.orderKey ?? `${subject.connectionId ?? ''}:${subject.rawRecordId ?? ''}`;
  if (subject.part === undefined) return whole;
  // What the outside has named: it may be longer than the column, or not ASCII.
  const part = /^[\x20-\x7e]{1,100}$/.test(subject.part) ? subject.part : sha256(subject.part);
  return `${whole}#${part}`;
}

/** By which an open task of this kind and subject is known. */
export function openKeyOf(kind: TaskKind, subject: TaskSubject): string {
  return `${kind}:${subjectKey(subject)}`;
}

/** Opens a task, or brings the reason of the open one of this kind and subject up to date. */
export async function openTask(db: Db, kind: TaskKind, subject: TaskSubject, reason: string): Promise<void> {
  const text = reason.slice(0, 1000);
  await db
    .insert(task)
    .values({
      kind,
      openKey: openKeyOf(kind, subject),
      orderKey: subject.orderKey ?? null,
      connectionId: subject.connectionId ?? null,
      rawRecordId: subject.rawRecordId ?? null,
      reason: text,
      nextAction: NEXT_ACTION[kind],
      openedAt: sql`now(6)`,
    })
    .onDuplicateKeyUpdate({ set: { reason: text } });
}

/** Says more about a task that is open; where none is, nothing happens. */
export async function sharpenTask(
  db: Db,
  kind: TaskKind,
  subject: TaskSubject,
  reason: string,
): Promise<void> {
  await db
    .update(task)
    .set({ reason: reason.slice(0, 1000) })
    .where(eq(task.openKey, openKeyOf(kind, subject)));
}

export async function closeTasks(
  db: Db,
  kinds: readonly TaskKind[],
  subject: TaskSubject,
  by: string,
): Promise<void> {
  const keys = kinds.map((kind) => openKeyOf(kind, subject));
  await db
    .update(task)
    .set({ openKey: null, closedAt: sql`now(6)`, closedBy: by })
    .where(inArray(task.openKey, keys));
}

/** Stops an order: it waits, and somebody sees why and what to do. */
export async function parkOrder(
  tx: Db,
  orderKey: string,
  stage: Stage,
  waiting: WaitingReason,
  reason: string,
): Promise<void> {
  await unparkOrder(tx, orderKey, 'boosta', waiting);
  await tx.update(order).set({ stage, waiting, updatedAt: sql`now(6)` }).where(eq(order.key, orderKey));
  await openTask(tx, waiting, { orderKey }, reason);
}

/** What an order waited for has come: its tasks close, but for the kind it still waits for. */
export async function unparkOrder(
  tx: Db,
  orderKey: string,
  by: string,
  except?: WaitingReason,
): Promise<void> {
  await tx
    .update(task)
    .set({ openKey: null, closedAt: sql`now(6)`, closedBy: by })
    .where(
      and(
        eq(task.orderKey, orderKey),
        sql`${task.openKey} is not null`,
        except === undefined ? undefined : sql`${task.kind} <> ${except}`,
        inArray(task.kind, [...WAITING_REASONS]),
      ),
    );
  if (except === undefined) await tx.update(order).set({ waiting: null }).where(eq(order.key, orderKey));
}

/** The oldest first; `after`: only those after this task. */
export async function openTasks(
  db: Db,
  {
    kind,
    after,
    limit = 1000,
  }: { kind?: TaskKind | undefined; after?: number | undefined; limit?: number } = {},
) {
  return db
    .select()
    .from(task)
    .where(
      and(
        isNull(task.closedAt),
        kind === undefined ? undefined : eq(task.kind, kind),
        after === undefined ? undefined : gt(task.id, after),
      ),
    )
    .orderBy(asc(task.id))
    .limit(limit);
}

/** The open tasks of some kinds, the oldest first; a kind's are next to each other in the index of the keys. */
export async function openTasksOfKinds(db: Db, kinds: readonly TaskKind[], limit = 1000) {
  // What a kind's keys begin with is followed, in ASCII, by the semicolon.
  const ofKind = kinds.map((kind) => and(gte(task.openKey, `${kind}:`), lt(task.openKey, `${kind};`)));
  return db
    .select()
    .from(task)
    .where(or(...ofKind))
    .orderBy(asc(task.openedAt), asc(task.id))
    .limit(limit);
}

/** The keys of those tasks of a kind about these subjects that are open. */
export async function openOfSubjects(
  db: Db,
  kind: TaskKind,
  subjects: readonly TaskSubject[],
): Promise<Set<string | null>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .select({ openKey: task.openKey })
    .from(task)
    .where(
      inArray(
        task.openKey,
        subjects.map((subject) => openKeyOf(kind, subject)),
      ),
    );
  return new Set(rows.map(({ openKey }) => openKey));
}

export async function findTask(db: Db, id: number) {
  const [row] = await db.select().from(task).where(eq(task.id, id));
  return row;
}

/** @returns false when it was closed already. */
export async function closeTask(db: Db, id: number, by: string): Promise<boolean> {
  const [done] = await db
    .update(task)
    .set({ openKey: null, closedAt: sql`now(6)`, closedBy: by })
    .where(and(eq(task.id, id), isNull(task.closedAt)));
  return done.affectedRows === 1;
}

export async function tasksOfOrder(db: Db, orderKey: string) {
  return db.select().from(task).where(eq(task.orderKey, orderKey)).orderBy(asc(task.id));
}

/** How many tasks of each kind are open, and since when the oldest. */
export async function countOpenTasks(db: Db) {
  const first = db
    .select({ kind: task.kind, open: count().as('open'), firstId: min(task.id).as('first_id') })
    .from(task)
    .where(isNull(task.closedAt))
    .groupBy(task.kind)
    .as('first');
  return db
    .select({ kind: first.kind, open: first.open, oldest: task.openedAt })
    .from(first)
    .innerJoin(task, eq(task.id, first.firstId));
}

/** How many tasks of each kind are open. */
export async function openTasksByKind(db: Db): Promise<Record<string, number>> {
  return Object.fromEntries((await countOpenTasks(db)).map(({ kind, open }) => [kind, open]));
}
