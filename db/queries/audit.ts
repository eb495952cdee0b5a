import { asc, eq, sql } from 'drizzle-orm';
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
