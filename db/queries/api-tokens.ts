import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '../../domain/role';
import type { Db } from '../database';
import { apiToken } from '../schema';

/** One that has not been revoked. */
export async function findToken(db: Db, tokenHash: string) {
  const [row] = await db
    .select()
    .from(apiToken)
    .where(and(eq(apiToken.tokenHash, tokenHash), isNull(apiToken.revokedAt)));
  return row;
}

export async function listTokens(db: Db) {
  return db.select().from(apiToken).orderBy(desc(apiToken.id));
}

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: string;
  readonly madeBy: string;
}

/** @returns its id. */
export async function addToken(db: Db, token: NewToken): Promise<number> {
  const [made] = await db.insert(apiToken).values({ ...token, madeAt: sql`now(6)` });
  return made.insertId;
}

/** @returns false when there is none, or it was revoked already. */
export async function revokeToken(db: Db, id: number): Promise<boolean> {
  const [done] = await db
    .update(apiToken)
    .set({ revokedAt: sql`now(6)` })
    .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)));
  return done.affectedRows === 1;
}

export async function markTokenUsed(db: Db, id: number): Promise<void> {
  await db.update(apiToken).set({ lastUsedAt: sql`now(6)` }).where(eq(apiToken.id, id));
}
