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

export interface UserChange {
  readonly role: Role;
  readonly email: string | null;
  readonly disabled: boolean;
}

/** @param version the one it was decided on. @returns false when somebody has changed the user meanwhile. */
export async function changeUser(
  db: Db,
  name: string,
  version: number,
  { role, email, disabled }: UserChange,
): Promise<boolean> {
  const [done] = await db
    .update(user)
    .set({
      role,
      email,
      disabledAt: disabled ? sql`coalesce(${user.disabledAt}, now(6))` : null,
      version: version + 1,
    })
    .where(and(eq(user.name, name), eq(user.version, version)));
  return done.affectedRows === 1;
}

/** Locks those who can administer, so that of two who go at once one sees that the other has gone. */
export async function lockAdministrators(tx: Db): Promise<string[]> {
  const rows = await tx
    .select({ name: user.name })
    .from(user)
    .where(and(eq(user.role, 'administrator'), isNull(user.disabledAt)))
    .for('update');
  return rows.map((row) => row.name);
}
