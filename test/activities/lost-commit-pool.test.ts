import { sql } from 'drizzle-orm';
import { openDatabase } from '../../db/database';
import { inTransaction } from '../../db/transaction';
import { type FreshDatabase, freshDatabase } from '../support/database';
import { MysqlProxy } from '../support/mysql-proxy';

describe('a transaction', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    await database.pool.query('create table pair (id int primary key, n int not null)');
    await database.pool.query('insert into pair values (1, 0), (2, 0)');
  });
  afterAll(() => database.close());

  it('fails, instead of waiting for ever, when the pool is exhausted; the connection is not lost', async () => {
    const small = openDatabase({ url: database.url, connections: 1 });
    const taken = await small.pool.getConnection();
    await expect(inTransaction(small, (tx) => tx.execute(sql`select 1`))).rejects.toThrow(
      'No database connection got free',
    );
    taken.release();
    await expect(inTransaction(small, (tx) => tx.execute(sql`select 1`))).resolves.toBeDefined();
    await small.close();
  });

  it('fails, instead of waiting for ever, when MySQL falls silent; the next one has a new connection', async () => {
    const proxy = await MysqlProxy.start(database.url);
    const silent = openDatabase({ url: proxy.url, connections: 1 });
    const asked = inTransaction(
      silent,
      async (tx) => {
        proxy.fallSilent();
        await tx.execute(sql`update pair set n = n + 1`);
      },
      { timeoutMs: 300 },
    );
    await expect(asked).rejects.toThrow('MySQL has not answered');
    proxy.speakAgain();
    await expect(inTransaction(silent, (tx) => tx.execute(sql`select 1`))).resolves.toBeDefined();
    await silent.close();
    await proxy.stop();
  });

  it('runs again as a whole when a deadlock has rolled it back', async () => {
    let runs = 0;
    let arrived = 0;
    let open = () => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const add = (first: number, second: number) =>
      inTransaction(database, async (tx) => {
        runs += 1;
        await tx.execute(sql`update pair set n = n + 1 where id = ${first}`);
        arrived += 1;
        if (arrived === 2) open();
        await both;
        await tx.execute(sql`update pair set n = n + 1 where id = ${second}`);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    const [rows] = await database.pool.query('select n from pair order by id');
    expect(rows).toEqual([{ n: 2 }, { n: 2 }]);
    expect(runs).toBe(3);
  });
});
