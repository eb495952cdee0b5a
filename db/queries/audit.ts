import { and, asc, desc, eq, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { auditEvent } from '../schema';

/** Who asks for something, and why: goes with every command of a person. */
export interface Command {
  readonly by: string;
  readonly reason: string;
}

export async function recordAudit(
  db: Db,
  event: { action: string; subject: string; detail?: Record<string, unknown> } & Command,
): Promise<void> {
  await db.insert(auditEvent).values({
    at: sql`now(6)`,
    actor: event.by,
    action: event.action,
    subject: event.subject,
    reason: event.reason,
    detail: event.detail ?? null,
  });
}

export async function auditOf(db: Db, subject: string) {
  return db.select().from(auditEvent).where(eq(auditEvent.subject, subject)).orderBy(asc(auditEvent.id));
}

/** What to look for in the audit trail; what is left out is any. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}

/** Events, the newest first. Each filter has an index in their order. @param before the last event of the page before. */
export async function listAudit(
  db: Db,
  { actor, action, subject, from, to }: AuditFilter,
  { before, limit }: { before?: number | undefined; limit: number },
) {
  const last = sql`(select at from ${auditEvent} where id = ${before})`;
  const { at, id } = auditEvent;
  return db
    .select()
    .from(auditEvent)
    .where(
      and(
        actor === undefined ? undefined : eq(auditEvent.actor, actor),
        action === undefined ? undefined : eq(auditEvent.action, action),
        subject === undefined ? undefined : eq(auditEvent.subject, subject),
        from === undefined ? undefined : gte(at, from),
        to === undefined ? undefined : lt(at, to),
        before === undefined ? undefined : and(lte(at, last), or(lt(at, last), lt(id, before))),
      ),
    )
    .orderBy(desc(at), desc(id))
    .limit(limit);
}

/** Who there is in the trail, and what they did: each read along its index, from one to the next. */
export async function auditNames(db: Db): Promise<{ actors: string[]; actions: string[] }> {
  const [actors, actions] = await Promise.all([
    db
      .select({ name: auditEvent.actor })
      .from(auditEvent)
      .groupBy(auditEvent.actor)
      .orderBy(auditEvent.actor),
    db
      .select({ name: auditEvent.action })
      .from(auditEvent)
      .groupBy(auditEvent.action)
      .orderBy(auditEvent.action),
  ]);
  return { actors: actors.map(({ name }) => name), actions: actions.map(({ name }) => name) };
}
