import type { Db } from '../../db/database';
import { type AuditFilter, listAudit } from '../../db/queries/audit';
import { existingOrders } from '../../db/queries/orders';
import { momentsOf } from '../../domain/period';

export interface AuditQuestion extends Pick<AuditFilter, 'actor' | 'action' | 'subject'> {
  /** Days in Seoul, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The last event of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** A page of the audit trail, the newest first; `next` is what the following page comes before. */
export async function readAudit(db: Db, { from, to, before, limit, ...filter }: AuditQuestion) {
  const days = momentsOf({ from, to });
  const asked = { ...filter, from: days.from, to: days.before };
  const events = await listAudit(db, asked, { before, limit: limit + 1 });
  const page = events.slice(0, limit);
  const orders = new Set(
    await existingOrders(
      db,
      page.map(({ subject }) => subject),
    ),
  );
  const rows = page.map((event) => ({
    ...event,
    orderKey: orders.has(event.subject) ? event.subject : null,
  }));
  return { rows, next: events.length > limit ? (page.at(-1)?.id ?? null) : null };
}
