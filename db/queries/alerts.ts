import { and, asc, count, eq, gt, inArray, isNull, lte, max, ne, or, sql } from 'drizzle-orm';
import type { AlertWay } from '../../domain/alert';
import type { TaskKind } from '../../domain/task';
import type { Database, Db } from '../database';
import { alertRule, task } from '../schema';

export type AlertRule = typeof alertRule.$inferSelect;

export async function listAlertRules(db: Db): Promise<AlertRule[]> {
  return db.select().from(alertRule).orderBy(asc(alertRule.name));
}

export async function findAlertRule(db: Db, name: string): Promise<AlertRule | undefined> {
  const [row] = await db.select().from(alertRule).where(eq(alertRule.name, name));
  return row;
}

/** What a person may change of a rule. */
export interface AlertEdit {
  readonly via: AlertWay;
  /** Null: the one it has. */
  readonly target: string | null;
  readonly kinds: TaskKind[];
  readonly everyMinutes: number;
  readonly paused: boolean;
}

/** Tells of what is opened from now on. @returns false when there is one of this name. @throws VaultLocked. */
export async function addAlertRule(
  { db, vault }: Pick<Database, 'db' | 'vault'>,
  { name, target, ...rule }: AlertEdit & { readonly name: string; readonly target: string },
): Promise<boolean> {
  const [newest] = await db.select({ id: max(task.id) }).from(task);
  const sealed = vault.seal(vaultId(name), { address: target });
  const [done] = await db
    .insert(alertRule)
    .ignore()
    .values({ name, ...rule, target: sealed, lastTaskId: newest?.id ?? 0 });
  return done.affectedRows === 1;
}

/** It is tried anew at once. @returns false when somebody has changed it since. @throws VaultLocked. */
export async function editAlertRule(
  { db, vault }: Pick<Database, 'db' | 'vault'>,
  { name, version }: Pick<AlertRule, 'name' | 'version'>,
  { target, ...edit }: AlertEdit,
): Promise<boolean> {
  const sealed = target === null ? {} : { target: vault.seal(vaultId(name), { address: target }) };
  const [done] = await db
    .update(alertRule)
    .set({ ...edit, ...sealed, lastTriedAt: null, version: version + 1 })
    .where(and(eq(alertRule.name, name), eq(alertRule.version, version)));
  return done.affectedRows === 1;
}

/** @returns false when somebody has changed it since, or removed it. */
export async function removeAlertRule(
  db: Db,
  { name, version }: Pick<AlertRule, 'name' | 'version'>,
): Promise<boolean> {
  const [done] = await db
    .delete(alertRule)
    .where(and(eq(alertRule.name, name), eq(alertRule.version, version)));
  return done.affectedRows === 1;
}

/** Where its messages go. @throws VaultLocked. */
export function addressOf(
  { vault }: Pick<Database, 'vault'>,
  { name, target }: Pick<AlertRule, 'name' | 'target'>,
): string {
  return String(vault.open(vaultId(name), target)['address']);
}

function vaultId(name: string): string {
  return `alert/${name}`;
}

/** A number is given before it can be seen: longer than any transaction that opens a task takes. */
const SETTLED_AFTER_SECONDS = 15;

/** The newest task after the one told last, all before which can be seen. */
export async function newestSettledTask(db: Db, after: number): Promise<number | undefined> {
  const [row] = await db
    .select({ id: max(task.id) })
    .from(task)
    .where(
      and(gt(task.id, after), lte(task.openedAt, sql`now(6) - interval ${SETTLED_AFTER_SECONDS} second`)),
    );
  return row?.id ?? undefined;
}

/** What a rule has to tell: tasks after the one told last that are still open, of the kinds it is for. */
export async function tasksToTell(
  db: Db,
  { lastTaskId, kinds }: Pick<AlertRule, 'lastTaskId' | 'kinds'>,
  upTo: number,
  exceptOpenKey: string,
  atMost: number,
) {
  const wanted = and(
    gt(task.id, lastTaskId),
    lte(task.id, upTo),
    isNull(task.closedAt),
    kinds.length === 0 ? undefined : inArray(task.kind, kinds),
    ne(task.openKey, exceptOpenKey),
  );
  const counts = await db
    .select({ kind: task.kind, tasks: count() })
    .from(task)
    .where(wanted)
    .groupBy(task.kind);
  const first = await db
    .select({ id: task.id, kind: task.kind, orderKey: task.orderKey, reason: task.reason })
    .from(task)
    .where(wanted)
    .orderBy(asc(task.id))
    .limit(atMost);
  return { counts, first };
}

/** A schedule's run may come a moment early. */
const EARLY_SECONDS = 10;

/** Of two workers one tells. @returns whether this one is to; false also when it is not due. */
export async function claimAlert(
  db: Db,
  {
    name,
    lastTaskId,
    everyMinutes,
    version,
  }: Pick<AlertRule, 'name' | 'lastTaskId' | 'everyMinutes' | 'version'>,
): Promise<boolean> {
  const waited = sql`now(6) - interval ${everyMinutes * 60 - EARLY_SECONDS} second`;
  const [done] = await db
    .update(alertRule)
    .set({ lastTriedAt: sql`now(6)` })
    .where(
      and(
        eq(alertRule.name, name),
        eq(alertRule.version, version),
        eq(alertRule.lastTaskId, lastTaskId),
        eq(alertRule.paused, false),
        or(isNull(alertRule.lastTriedAt), lte(alertRule.lastTriedAt, waited)),
      ),
    );
  return done.affectedRows === 1;
}

/** There was nothing to be told up to this task. */
export async function passOver(
  db: Db,
  { name, lastTaskId }: Pick<AlertRule, 'name' | 'lastTaskId'>,
  upTo: number,
) {
  await db
    .update(alertRule)
    .set({ lastTaskId: upTo })
    .where(and(eq(alertRule.name, name), eq(alertRule.lastTaskId, lastTaskId)));
}

/** A message has arrived. @param upTo the last task that it told of; undefined: it was a test. */
export async function markTold(db: Db, name: string, upTo?: number): Promise<void> {
  const told = upTo === undefined ? {} : { lastTaskId: upTo, lastToldAt: sql`now(6)` };
  await db
    .update(alertRule)
    .set({ ...told, failure: null })
    .where(eq(alertRule.name, name));
}

export async function markNotTold(db: Db, name: string, failure: string): Promise<void> {
  await db
    .update(alertRule)
    .set({ failure: failure.slice(0, 500) })
    .where(eq(alertRule.name, name));
}
