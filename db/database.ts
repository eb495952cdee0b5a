import type { Logger } from 'drizzle-orm';
import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import { Vault } from './vault';

/** What a query function takes: the pool, or a transaction. */
export type Db = MySql2Database;

export interface Database {
  /** For single statements; each runs on whichever connection is free. */
  readonly db: Db;
  readonly pool: Pool;
  readonly logger: Logger | undefined;
  /** Opens the secrets that are kept in it. */
  readonly vault: Vault;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** mysql://user:password@host:port/database */
  readonly url: string;
  readonly connections?: number;
  /** How long a connection may say nothing, in seconds, before MySQL ends it and frees its locks. */
  readonly quietSeconds?: number;
  /** Of 32 bytes each: the first seals secrets, each of them opens what it has sealed. */
  readonly secretKeys?: readonly Buffer[];
  /** Is shown each statement that drizzle builds. */
  readonly logger?: Logger;
}

/** Opens a pool; nothing is connected yet. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, connections = 20, quietSeconds = 60, secretKeys = [], logger } = options;
  const pool = createPool({
    uri: url,
    connectionLimit: connections,
    // Without a limit an exhausted pool hangs for ever instead of failing.
    queueLimit: 2_000,
    // Idle ones go before MySQL ends them; the driver looks after them only below its limit.
    maxIdle: connections - 1,
    idleTimeout: (quietSeconds * 1_000) / 2,
    connectTimeout: 5_000,
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4_0900_ai_ci',
    enableKeepAlive: true,
    // A stack trace for every query costs more than building the query.
    trace: false,
    // Affected rows are those that changed, so that an insert that met its like is told from a new row.
    flags: ['-FOUND_ROWS'],
  });
  // The driver runs a connection's statements in order, so these come before any of ours.
  pool.pool.on('connection', (connection) => {
    // A worker that is frozen in the middle of a transaction must not keep its locks for eight hours.
    connection.query(
      `SET SESSION time_zone = '+00:00', transaction_isolation = 'REPEATABLE-READ', innodb_lock_wait_timeout = 5,
        wait_timeout = ${Math.max(1, Math.round(quietSeconds))}`,
    );
  });
  return { db: over(pool, logger), pool, logger, vault: new Vault(secretKeys), close: () => pool.end() };
}

/** Statements over a pool, or over a single connection of it. */
export function over(client: Pool | PoolConnection, logger: Logger | undefined): Db {
  return logger === undefined ? drizzle(client) : drizzle(client, { logger });
}

const ACQUIRE_TIMEOUT_MS = 10_000;

/** @throws Error when no connection gets free within ten seconds. */
export async function acquire(pool: Pool): Promise<PoolConnection> {
  const pending = pool.getConnection();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('No database connection got free within 10 s'));
      // It may still come; it must not be lost to the pool then.
      pending.then((connection) => connection.release()).catch(() => undefined);
    }, ACQUIRE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([pending, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
