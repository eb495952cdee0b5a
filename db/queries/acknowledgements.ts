import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { acknowledgement } from '../schema';

/** Records of which their source is to be told that we have them; known ones stay as they are. */
export async function expectAcknowledgements(
  tx: Db,
  connectionId: string,
  records: readonly { recordId: string; orderKey: string }[],
): Promise<void> {
  if (records.length === 0) return;
  await tx
    .insert(acknowledgement)
    .values(records.map((record) => ({ connectionId, ...record, updatedAt: sql`now(6)` })))
    .onDuplicateKeyUpdate({ set: { connectionId } });
}

/** What the sources of an order are still to be told, refused ones too: asked again, they may say otherwise. */
export async function openAcknowledgements(db: Db, orderKey: string) {
  return db
    .select({ connectionId: acknowledgement.connectionId, recordId: acknowledgement.recordId })
    .from(acknowledgement)
    .where(and(eq(acknowledgement.orderKey, orderKey), ne(acknowledgement.state, 'done')));
}

export async function settleAcknowledgements(
  db: Db,
  connectionId: string,
  recordIds: readonly string[],
  state: 'done' | 'refused',
  reason: string | null,
): Promise<void> {
  if (recordIds.length === 0) return;
  await db
    .update(acknowledgement)
    .set({ state, reason: reason?.slice(0, 500) ?? null, updatedAt: sql`now(6)` })
    .where(
      and(eq(acknowledgement.connectionId, connectionId), inArray(acknowledgement.recordId, [...recordIds])),
    );
}
