import { sql } from 'drizzle-orm';
import type { Db } from '../database';

/** What the server is, and what our sessions run under. */
export async function serverFacts(db: Db): Promise<{ version: string; comment: string; isolation: string }> {
  const [rows] = await db.execute(
    sql`select version() as version, @@version_comment as comment, @@session.transaction_isolation as isolation`,
  );
  const [row] = rows as unknown as [{ version: string; comment: string; isolation: string }];
  return row;
}

/** By the database's clock, which all processes share; to the millisecond, rounded down. */
export async function databaseNow(db: Db): Promise<Date> {
  const [rows] = await db.execute(sql`select date_format(now(3), '%Y-%m-%dT%H:%i:%s.%fZ') as now`);
  const [row] = rows as unknown as [{ now: string }];
  return new Date(row.now);
}

/** The migrations that drizzle has written down as applied; empty before the first. */
export async function appliedMigrations(db: Db): Promise<{ hash: string; createdAt: number }[]> {
  const [tables] = await db.execute(
    sql`select 1 from information_schema.tables where table_schema = database() and table_name = '__drizzle_migrations'`,
  );
  if ((tables as unknown as unknown[]).length === 0) return [];
  const [rows] = await db.execute(sql`select hash, created_at from __drizzle_migrations order by created_at`);
  const applied = rows as unknown as { hash: string; created_at: string | number }[];
  return applied.map(({ hash, created_at }) => ({ hash, createdAt: Number(created_at) }));
}
