import type { Client, Connection } from '@temporalio/client';
import { type Database, openDatabase } from '../db/database';
import { driverError } from '../db/errors';
import { type Config, readConfig } from '../worker/config';

/** What a use case works with. */
export interface Servers {
  readonly config: Config;
  readonly database: Database;
  readonly temporal: Client;
}

/** The same, opened for one command and closed after it. */
export interface Context extends Servers {
  close(): Promise<void>;
}

/** A server that is needed does not answer; the message is one sentence for a person. */
export class ServerDown extends Error {
  override readonly name = 'ServerDown';
}

const PATIENCE_MS = 5_000;

/** @throws ServerDown, BadConfiguration. */
export async function connect(config: Config = readConfig()): Promise<Context> {
  const database = await openOrExplain(config);
  try {
    const { client: temporal, connection } = await temporalOrExplain(config);
    return {
      config,
      database,
      temporal,
      close: async () => {
        await connection.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** @throws ServerDown naming the variable. */
export async function openOrExplain(config: Config): Promise<Database> {
  const database = openDatabase({ url: config.databaseUrl, connections: 10, secretKeys: config.secretKeys });
  try {
    await database.pool.query('SELECT 1');
    return database;
  } catch (error) {
    await database.close();
    throw explainDatabase(config, error);
  }
}

/** One sentence for what keeps us out of the database. */
export function explainDatabase({ databaseUrl }: Pick<Config, 'databaseUrl'>, error: unknown): unknown {
  const code = driverError(error)?.code;
  if (code === undefined) return error;
  const { host, pathname, username } = new URL(databaseUrl);
  const at = `MySQL at ${host}`;
  const says =
    code === 'ER_BAD_DB_ERROR'
      ? `${at} has no database ${pathname.slice(1)}: boosta migrate makes it.`
      : code === 'ER_ACCESS_DENIED_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR'
        ? `${at} does not let ${username} in: see the user and password in DATABASE_URL.`
        : `${at}${pathname} does not answer (${code}): is it running? See DATABASE_URL.`;
  return new ServerDown(says, { cause: error });
}

export interface TemporalServer {
  readonly client: Client;
  readonly connection: Connection;
}

/** @throws ServerDown naming the variable. */
export async function temporalOrExplain(config: Config): Promise<TemporalServer> {
  // It takes longer to load than all the rest, and most commands do without.
  const { Client, Connection } = await import('@temporalio/client');
  const { connectionOptions, namespace } = config.temporal;
  try {
    const connection = await Connection.connect({ connectTimeout: PATIENCE_MS, ...connectionOptions });
    return { client: new Client({ connection, namespace }), connection };
  } catch (error) {
    const address = (connectionOptions as { address?: string }).address ?? 'localhost:7233';
    throw new ServerDown(`Temporal at ${address} does not answer: is it running? See TEMPORAL_ADDRESS.`, {
      cause: error,
    });
  }
}
