import { sql } from 'drizzle-orm';
import type { RowDataPacket } from 'mysql2/promise';
import type { Db } from '../../db/database';
import { openDatabase } from '../../db/database';
import { isContention } from '../../db/errors';
import { inTransaction } from '../../db/transaction';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { eventually } from '../support/eventually';

describe('a transaction', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(4);
    await database.pool.query('CREATE TABLE counter (id INT PRIMARY KEY, n INT NOT NULL)');
  });
  beforeEach(async () => {
    await database.pool.query('DELETE FROM counter');
    await database.pool.query('INSERT INTO counter VALUES (1, 0), (2, 0)');
  });
  afterAll(() => database.close());

  const add = (tx: Db, id: number) => tx.execute(sql`update counter set n = n + 1 where id = ${id}`);
  async function counters(): Promise<number[]> {
    const [rows] = await database.pool.query<RowDataPacket[]>('SELECT n FROM counter ORDER BY id');
    return rows.map((row) => Number(row['n']));
  }
  /** Every connection of the pool is free, and none is in the middle of something. */
  async function expectNoLeak(): Promise<void> {
    const all = await Promise.all([1, 2, 3, 4].map(() => database.pool.getConnection()));
    for (const connection of all) {
      const [[row]] = await connection.query<RowDataPacket[]>(
        'SELECT count(*) AS n FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = connection_id()',
      );
      expect(Number(row?.['n'])).toBe(0);
      connection.release();
    }
  }

  it('is run again as a whole when it was the victim of a deadlock', async () => {
    let runs = 0;
    let waiting = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => (meet = resolve));
    const crossing = (first: number, second: number) =>
      inTransaction(database, async (tx) => {
        runs += 1;
        await add(tx, first);
        // Both hold their first row before either asks for its second.
        waiting += 1;
        if (waiting === 2) meet();
        await met;
        await add(tx, second);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(runs).toBeGreaterThan(2);
    expect(await counters()).toEqual([2, 2]);
    await expectNoLeak();
  });

  it('of a worker that is frozen in the middle of it keeps its locks no longer than a connection may be quiet', async () => {
    const frozen = openDatabase({ url: database.url, connections: 2, quietSeconds: 1 });
    const connection = await frozen.pool.getConnection();
    await connection.query('START TRANSACTION');
    await connection.query('UPDATE counter SET n = n + 1 WHERE id = 1');
    await eventually(() => inTransaction(database, (tx) => add(tx, 1)));
    expect(await counters()).toEqual([1, 0]);
    await expect(connection.query('COMMIT')).rejects.toThrow();
    connection.release();
    await frozen.close();
  });

  it('gives up on a deadlock that never ends, and says that it was one', async () => {
    let runs = 0;
    const always = inTransaction(database, async (tx) => {
      runs += 1;
      await add(tx, 1);
      await tx.execute(sql`signal sqlstate '40001' set mysql_errno = 1213`);
    });
    const error: unknown = await always.catch((caught: unknown) => caught);
    expect(isContention(error)).toBe(true);
    expect(runs).toBe(8);
    expect(await counters()).toEqual([0, 0]);
    await expectNoLeak();
  });

  it('leaves nothing behind when its work fails, and throws what the work threw', async () => {
    const failure = new Error('the work failed');
    const failing = inTransaction(database, async (tx) => {
      await add(tx, 1);
      throw failure;
    });
    await expect(failing).rejects.toBe(failure);
    expect(await counters()).toEqual([0, 0]);
    await expectNoLeak();
  });

  it('throws what went wrong first when its connection dies, and that connection is not used again', async () => {
    let killed = 0;
    const dying = inTransaction(database, async (tx) => {
      const [rows] = (await tx.execute(sql`select connection_id() as id`)) as unknown as [{ id: number }[]];
      killed = Number(rows[0]?.id);
      await add(tx, 1);
      await database.pool.query(`KILL ${killed}`);
      await add(tx, 1);
    });
    await expect(dying).rejects.toThrow();
    await eventually(async () => expect(await counters()).toEqual([0, 0]));
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT count(*) AS n FROM information_schema.processlist WHERE id = ?',
      [killed],
    );
    expect(Number(rows[0]?.['n'])).toBe(0);
    await expectNoLeak();
  });

  it('does not lose a connection in twenty failures with a pool of four', async () => {
    for (let time = 0; time < 20; time += 1) {
      const failing = inTransaction(database, (tx) => tx.execute(sql`select * from no_such_table`));
      await expect(failing).rejects.toThrow();
    }
    await expectNoLeak();
  });

  it('without a statement in it commits nothing and answers', async () => {
    await expect(inTransaction(database, async () => 'nothing')).resolves.toBe('nothing');
    await expectNoLeak();
  });

  it('reads by one snapshot and the database’s UTC, whatever the server’s zone', async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT @@session.time_zone AS zone, @@session.transaction_isolation AS isolation',
    );
    expect(rows).toEqual([{ zone: '+00:00', isolation: 'REPEATABLE-READ' }]);
  });

  it('waits for a free connection, and no longer than that', async () => {
    const small = openDatabase({ url: database.url, connections: 1 });
    const both = await Promise.all([1, 2].map((id) => inTransaction(small, (tx) => add(tx, id))));
    expect(both).toHaveLength(2);
    expect(await counters()).toEqual([1, 1]);
    await small.close();
  });
});
