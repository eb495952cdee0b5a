import { randomBytes } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { migrate } from '../../db/migrate';
import { given } from '../support/database';

describe('the migrations', () => {
  let url: string;
  beforeEach(() => {
    const named = new URL(given('BOOSTA_TEST_MYSQL'));
    named.pathname = `/test_${randomBytes(6).toString('hex')}`;
    url = named.href;
  });

  async function read(query: string): Promise<RowDataPacket[]> {
    const connection = await createConnection(url);
    try {
      const [rows] = await connection.query<RowDataPacket[]>(query);
      return rows;
    } finally {
      await connection.end();
    }
  }
  const ran = () => read('SELECT hash, created_at FROM __drizzle_migrations ORDER BY id');

  it('run once when several processes start at the same time', async () => {
    await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
    const rows = await ran();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['hash'])).size).toBe(rows.length);
  });

  it('change nothing when they run again, and leave the data alone', async () => {
    await migrate(url);
    const before = await ran();
    await read("INSERT INTO item (code, name, reference_price) VALUES ('A', '가', 1)");
    await migrate(url);
    expect(await ran()).toEqual(before);
    expect(await read('SELECT code, name FROM item')).toEqual([{ code: 'A', name: '가' }]);
  });

  it('make keys that tell upper from lower case, and text that keeps every character', async () => {
    await migrate(url);
    await read("INSERT INTO item (code, name, reference_price) VALUES ('a', '똠방 🥬', 1), ('A', '가', 1)");
    const rows = await read("SELECT name FROM item WHERE code = 'a'");
    expect(rows).toEqual([{ name: '똠방 🥬' }]);
  });

  it('refuse an address that names no database', async () => {
    const named = new URL(url);
    named.pathname = '/';
    await expect(migrate(named.href)).rejects.toThrow('must name a database');
  });

  it('let the next process go on after one that failed', async () => {
    await migrate(url);
    await read('UPDATE __drizzle_migrations SET created_at = 0');
    // The tables are there already, so running them again cannot work.
    await expect(migrate(url)).rejects.toThrow();
    await read('UPDATE __drizzle_migrations SET created_at = 9999999999999');
    await expect(migrate(url)).resolves.toBeUndefined();
  });
});
