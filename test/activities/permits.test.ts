import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../db/database';
import { takePermit } from '../../db/queries/connections';
import { type FreshDatabase, freshDatabase } from '../support/database';

describe('the permits of a connection', () => {
  let database: FreshDatabase;
  let second: Database;
  beforeAll(async () => {
    database = await freshDatabase();
    second = openDatabase({ url: database.url });
  });
  afterAll(async () => {
    await second.close();
    await database.close();
  });

  /** As if so much time had passed since the bucket was last looked at. */
  const passes = (id: string, seconds: number) =>
    database.pool.query(
      'UPDATE permit SET refilled_at = refilled_at - INTERVAL ? MICROSECOND WHERE connection_id = ?',
      [Math.round(seconds * 1e6), id],
    );
  async function takeAll(id: string, perMinute: number): Promise<number> {
    let taken = 0;
    while ((await takePermit(database.db, id, perMinute)) === 0) taken += 1;
    return taken;
  }

  it.each([1, 40, 300])('are never more than the limit in any minute (%d a minute)', async (perMinute) => {
    const id = `limit-${perMinute}`;
    const begun = performance.now();
    // Every second of two minutes takes all there is; time passes by the clock of the bucket.
    const bySecond: number[] = [await takeAll(id, perMinute)];
    for (let second = 1; second < 120; second += 1) {
      await passes(id, 1);
      bySecond.push(await takeAll(id, perMinute));
    }
    const minutes = bySecond
      .slice(0, 61)
      .map((_, from) => bySecond.slice(from, from + 60).reduce((sum, taken) => sum + taken, 0));
    // The statements take some real time, too, in which the bucket fills as well.
    const meanwhile = ((performance.now() - begun) / 60_000) * perMinute;
    expect(Math.max(...minutes)).toBeLessThanOrEqual(Math.ceil(perMinute + meanwhile));
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(Math.floor(perMinute * 0.8));
  });

  it('are shared by all workers: two pools at once get no more than one', async () => {
    const perMinute = 1_200;
    const begun = performance.now();
    const waits = await Promise.all(
      [database, second, database, second].flatMap(({ db }) =>
        Array.from({ length: 50 }, () => takePermit(db, 'shared', perMinute)),
      ),
    );
    const seconds = (performance.now() - begun) / 1000;
    const taken = waits.filter((wait) => wait === 0).length;
    expect(taken).toBeLessThanOrEqual(Math.floor(perMinute / 30 + (seconds * perMinute) / 60) + 1);
    expect(taken).toBeGreaterThanOrEqual(perMinute / 30 - 1);
  });

  it('come after the wait that was told, and not before', async () => {
    const perMinute = 60;
    await takeAll('wait', perMinute);
    const waitMs = await takePermit(database.db, 'wait', perMinute);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(1_100);
    await sleep(waitMs);
    await expect(takePermit(database.db, 'wait', perMinute)).resolves.toBe(0);
  });

  it('may be taken in advance, up to a bound, and those who wait wait the longer', async () => {
    const perMinute = 60;
    await takeAll('advance', perMinute);
    const waitMs = await takePermit(database.db, 'advance', perMinute);
    for (let taken = 0; taken < 10; taken += 1)
      await expect(takePermit(database.db, 'advance', perMinute, 10)).resolves.toBe(0);
    expect(await takePermit(database.db, 'advance', perMinute)).toBeGreaterThan(waitMs + 5_000);
    await takePermit(database.db, 'advance', perMinute, 10);
    await expect(takePermit(database.db, 'advance', perMinute, 10)).resolves.toBeGreaterThan(0);
  });

  it('do not pile up while nobody calls', async () => {
    await takeAll('idle', 600);
    await passes('idle', 86_400);
    const begun = performance.now();
    const taken = await takeAll('idle', 600);
    const meanwhile = ((performance.now() - begun) / 60_000) * 600;
    expect(taken).toBeLessThanOrEqual(600 / 30 + 1 + meanwhile);
  });
});
