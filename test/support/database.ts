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
  return { ...openDatabase({ url: url.href, connections, secretKeys: TEST_KEYS }), url: url.href };
}
