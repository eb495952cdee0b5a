import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { webSession } from '../schema';

export async function findSession(db: Db, idHash: string) {
  const [row] = await db
    .select()
    .from(webSession)
    .where(and(eq(webSession.idHash, idHash), sql`${webSession.endsAt} > now(6)`));
  return row;
}

export interface SessionRow {
  readonly idHash: string;
  readonly userName: string | null;
  readonly content: Record<string, unknown>;
  readonly endsAt: Date;
}

export async function saveSession(db: Db, { idHash, ...session }: SessionRow): Promise<void> {
  await db
    .insert(webSession)
    .values({ idHash, ...session })
    .onDuplicateKeyUpdate({ set: session });
}

export async function endSession(db: Db, idHash: string): Promise<void> {
  await db.delete(webSession).where(eq(webSession.idHash, idHash));
}

/** Signs someone out wherever they are signed in, but for one browser. */
export async function endSessionsOf(db: Db, userName: string, exceptHash = ''): Promise<void> {
  await db
    .delete(webSession)
    .where(and(eq(webSession.userName, userName), ne(webSession.idHash, exceptHash)));
}

/** Browsers that are signed in no more. @returns how many. */
export async function dropEndedSessions(db: Db): Promise<number> {
  const [done] = await db.delete(webSession).where(lt(webSession.endsAt, sql`now(6)`));
  return done.affectedRows;
}
