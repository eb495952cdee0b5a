import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/mysql2';
import { migrate as runMigrations } from 'drizzle-orm/mysql2/migrator';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** The SQL files are not compiled: from `dist/db` they lie one folder further up. */
export function migrationsFolder(): string {
  const compiled = __dirname.endsWith(join('dist', 'db'));
  return compiled ? join(__dirname, '..', '..', 'db', 'migrations') : join(__dirname, 'migrations');
}

const LOCK_SECONDS = 60;

/**
 * Creates the database if it is missing and brings it to the newest schema. Several processes may do
 * so at once: drizzle's migrator takes no lock and MySQL cannot roll DDL back, so a named lock is held.
 *
 * @throws Error when the server cannot be reached, or another process holds the lock for a minute.
 */
export async function migrate(url: string): Promise<void> {
  const { pathname } = new URL(url);
  const name = decodeURIComponent(pathname.slice(1));
  if (!/^\w+$/.test(name)) throw new Error(`DATABASE_URL must name a database (got "${name}")`);
  const server = new URL(url);
  server.pathname = '/';
  const connection = await createConnection({ uri: server.href, timezone: 'Z', connectTimeout: 5_000 });
  try {
    await connection.query(`CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4`);
    await connection.query(`USE \`${name}\``);
    const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS held', [
      `boosta-migrate-${name}`.slice(0, 64),
      LOCK_SECONDS,
    ]);
    if (rows[0]?.held !== 1) throw new Error(`Another process has been migrating ${name} for a minute`);
    await runMigrations(drizzle(connection), { migrationsFolder: migrationsFolder() });
  } finally {
    // The lock goes with the connection.
    await connection.end();
  }
}
