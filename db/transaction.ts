import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'drizzle-orm';
import type { PoolConnection } from 'mysql2/promise';
import { acquire, type Database, type Db, over } from './database';
import { isContention } from './errors';

const TRIES = 8;

/** Above any transaction of ours with its lock waits; a server that falls silent holds nobody longer. */
const TIMEOUT_MS = 30_000;

/** The server was silent: whether the transaction happened is unknown. */
export class TransactionTimeout extends Error {
  override readonly name = 'TransactionTimeout';
}

/**
 * Runs `work` in one REPEATABLE READ transaction (the isolation every session of ours is set to) and
 * runs the whole of it again, with jitter, after a deadlock or a lock wait. `work` must therefore do
 * nothing but database work, and take its locks with its first statement: a plain SELECT before them
 * would fix a snapshot that is older than the locks.
 *
 * drizzle's own `transaction` is not used: its BEGIN stands outside its try/finally, so that a failing
 * one leaks the connection, and a failing ROLLBACK hides the first error.
 *
 * @throws whatever `work` throws; after a failed COMMIT it is unknown whether the transaction happened.
 */
export async function inTransaction<T>(
  database: Database,
  work: (tx: Db) => Promise<T>,
  { timeoutMs = TIMEOUT_MS, tries = TRIES }: { timeoutMs?: number; tries?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = await acquire(database.pool);
    try {
      return await within(timeoutMs, connection, once(connection, database.logger, work));
    } catch (error) {
      if (!isContention(error) || attempt >= tries) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/** The driver tells nobody when a connection is destroyed, nor when its server says nothing any more. */
async function within<T>(timeoutMs: number, connection: PoolConnection, running: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      connection.destroy();
      reject(new TransactionTimeout(`MySQL has not answered within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  running.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function once<T>(
  connection: PoolConnection,
  logger: Logger | undefined,
  work: (tx: Db) => Promise<T>,
): Promise<T> {
  try {
    await connection.query('START TRANSACTION');
    const result = await work(over(connection, logger));
    await connection.query('COMMIT');
    connection.release();
    return result;
  } catch (error) {
    // A connection that cannot roll back is in an unknown state and must not be used again.
    await connection.query('ROLLBACK').then(
      () => connection.release(),
      () => connection.destroy(),
    );
    throw error;
  }
}
