import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { Role } from '../../domain/role';
import type { Db } from '../database';
import { user } from '../schema';

export async function findUser(db: Db, name: string) {
  const [row] = await db.select().from(user).where(eq(user.name, name));
  return row;
}

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;

export async function listUsers(db: Db) {
  return db.select().from(user).orderBy(asc(user.name));
}

export async function countUsers(db: Db): Promise<number> {
  const [row] = await db.select({ users: count() }).from(user);
  return row?.users ?? 0;
}

/** How many can still administer; the last one is not to be lost. */
export async function countAdministrators(db: Db): Promise<number> {
  const [row] = await db
    .select({ users: count() })
    .from(user)
    .where(and(eq(user.role, 'administrator'), isNull(user.disabledAt)));
  return row?.users ?? 0;
}

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly email: string | null;
}

/** @returns false when there is one of this name. */
export async function addUser(db: Db, { name, role, passwordHash, email }: NewUser): Promise<boolean> {
  const [done] = await db
    .insert(user)
    .ignore()
    .values({ name, role, passwordHash, email, createdAt: sql`now(6)` });
  return done.affectedRows === 1;
}

export async function markSeen(db: Db, name: string): Promise<void> {
  await db.update(user).set({ lastSeenAt: sql`now(6)` }).where(eq(user.name, name));
}

export async function setPassword(db: Db, name: string, passwordHash: string): Promise<void> {
  await db.update(user).set({ passwordHash }).where(eq(user.name, name));
}
