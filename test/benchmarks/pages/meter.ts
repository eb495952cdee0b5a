import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

/** What statements have cost MySQL so far. */
export interface Reading {
  /** CPU, in ms: the same whatever else the machine has to do, and all there is where the data lie in memory. */
  readonly cpuMs: number;
  /** Rows and entries of indexes that were gone through. */
  readonly rows: number;
}

/** Without this MySQL counts neither. */
export const METERED = ['--performance-schema=ON', '--performance-schema-consumer-events-statements-cpu=ON'];

/** Reads what the statements of each database have cost. */
export class Meter {
  private constructor(private readonly connection: Connection) {}

  static async at(mysqlUrl: string): Promise<Meter> {
    const url = new URL(mysqlUrl);
    url.pathname = '/performance_schema';
    return new Meter(await createConnection(url.href));
  }

  /** Who asks is looked up by each request, whatever it asks: that is left out. */
  async read(database: string): Promise<Reading> {
    const [[row]] = await this.connection.query<RowDataPacket[]>(
      `SELECT sum(sum_cpu_time) / 1e9 AS cpuMs, sum(sum_rows_examined) AS \`rows\`
      FROM events_statements_summary_by_digest
      WHERE schema_name = ? AND digest_text NOT LIKE '%\`api_token\`%'`,
      [database],
    );
    return { cpuMs: Number(row?.['cpuMs']), rows: Number(row?.['rows']) };
  }

  async close(): Promise<void> {
    await this.connection.end();
  }
}
