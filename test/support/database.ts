import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '../../db/database';
import { migrate } from '../../db/migrate';

/** An address that the global set-up left behind. */
export function given(variable: string): string {
  const value = process.env[variable];
  if (value === undefined)
    throw new Error(`${variable} is not set: run the tests by npx jest in this checkout`);
  return value;
}

/** Of all tests, so that their child processes have the same. */
export const TEST_KEYS = [Buffer.alloc(32, 'boosta test')];

export interface FreshDatabase extends Database {
  readonly url: string;
}

/** A database of its own on the real MySQL, with the schema. */
export async function freshDatabase(connections = 20): Promise<FreshDatabase> {
  const url = new URL(given('BOOSTA_TEST_MYSQL'));
  url.pathname = `/test_${randomBytes(6).toString('hex')}`;
  await migrate(url.href);
  const options = {
    url: url.href,
    connections,
    secretKeys: TEST_KEYS,
    logger: { logQuery: refuseSelfComparison },
  };
  return { ...openDatabase(options), url: url.href };
}

/** One column, of no table, with itself. */
const SELF_COMPARISON = /(?<![.`])(`\w+`) = \1(?!\.)/;

/**
 * In what a select of a single table selects, drizzle leaves the tables' names out, also of a subquery that is
 * about the outer row: it would be about any row.
 *
 * @throws Error
 */
function refuseSelfComparison(query: string): void {
  if (SELF_COMPARISON.test(query)) throw new Error(`a column is compared with itself: ${query}`);
}
