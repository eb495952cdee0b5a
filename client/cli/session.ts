import type { Database } from '../../db/database';
import { readConfig } from '../../worker/config';
import { type Context, connect, openOrExplain } from '../connect';

/** Runs a command that needs the database only: it starts much sooner. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openOrExplain(readConfig());
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Runs a command that needs MySQL and Temporal. */
export async function withServers<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const context = await connect(readConfig());
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
