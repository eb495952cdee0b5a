import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { normalizeOrder } from '../../activities/normalize-order';
import { type Database, openDatabase } from '../../db/database';
import { linesOf } from '../../db/queries/orders';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';

const HUB = CONNECTIONS.source;
const DIRECT = 'coupang';

describe('an order that a second source tells of while it is being read', () => {
  let house: House;
  let watched: Database;
  beforeAll(async () => {
    house = await openHouse();
    watched = openDatabase({ url: house.database.url });
    const day = { seed: 5_701, orders: 6, date: '2026-11-20', channels: ['coupang'], overSeconds: 0 };
    for (const standIn of ['hub', DIRECT] as const) await house.admin(standIn, 'POST', '/days', day);
  }, 60_000);
  afterAll(async () => {
    await watched.close();
    await house.close();
  });

  async function collect(source: string): Promise<void> {
    const now = Date.now();
    const window = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
    await collectWindow(house.deps, source, window, 'run');
  }

  /** A worker's deps, which do something before the first statement with this in it. */
  function before(part: string, what: () => Promise<void>): Deps {
    const { pool } = watched;
    const query = pool.query.bind(pool);
    let isDone = false;
    jest.spyOn(pool, 'query').mockImplementation((async (...given: Parameters<typeof query>) => {
      const [asked] = given as unknown as [string | { sql: string }];
      if (!isDone && (typeof asked === 'string' ? asked : asked.sql).includes(part)) {
        isDone = true;
        await what();
      }
      return query(...given);
    }) as never);
    return { ...house.deps, database: watched };
  }

  it('goes by what was known when it was looked at, and is acknowledged before the other word counts', async () => {
    await collect(HUB);
    const [key = ''] = house.journeys.started;
    const deps = before('newest_id', () => collect(DIRECT));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'normalized' });
    expect((await linesOf(house.database.db, key)).map((line) => line.connectionId)).not.toContain(DIRECT);
    await expect(normalizeOrder(house.deps, key)).resolves.toMatchObject({ waiting: 'acknowledgement' });
  });
});
