import type { Pool, QueryValues } from 'mysql2/promise';

/** A statement as it was sent. */
export interface Statement {
  readonly sql: string;
  readonly values: QueryValues;
  readonly ms: number;
}

/** Notes each statement that is sent through a pool by itself, which is how pages read. */
export class WatchedPool {
  private noted: Statement[] = [];

  constructor(pool: Pool) {
    const query = pool.query.bind(pool);
    const watch = async (asked: string | { sql: string }, values?: QueryValues) => {
      const startedAt = performance.now();
      try {
        return await query(asked as { sql: string }, values);
      } finally {
        const sql = typeof asked === 'string' ? asked : asked.sql;
        this.noted.push({ sql, values, ms: performance.now() - startedAt });
      }
    };
    pool.query = watch as Pool['query'];
  }

  /** Those since it was asked last. */
  take(): Statement[] {
    const taken = this.noted;
    this.noted = [];
    return taken;
  }
}
