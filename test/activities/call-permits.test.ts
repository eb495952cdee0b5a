import { syncStock } from '../../activities/sync-stock';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, sendAllTo } from './dispatch-oracle';

const WMS = 'fulfillment';
/** Shorter than a permit takes to come at the limits below. */
const BOUNDS = { leaseMs: 3_000, requestTimeoutMs: 1_000 };

describe('a connection whose call limit leaves little', () => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(10);
    await sendAllTo(house, WMS);
  });
  afterAll(() => house.close());

  /** For workers that begin from now on, with a full bucket. */
  const limitTo = async (perMinute: number) => {
    await house.database.pool.query('update connection set calls_per_minute = ? where id = ?', [
      perMinute,
      WMS,
    ]);
    await house.database.pool.query('delete from permit');
  };
  /** As it was after the last call; what has been refilled since is not counted. */
  const tokensLeft = async () => {
    const [rows] = await house.database.pool.query('select tokens from permit where connection_id = ?', [
      WMS,
    ]);
    return Number((rows as { tokens: number }[])[0]?.tokens);
  };
  const callsToWms = async () => {
    const calls = (await house.admin(WMS, 'GET', '/calls')) as Record<string, { received: number }>;
    return Object.values(calls).reduce((sum, { received }) => sum + received, 0);
  };
  const next = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };

  it('sends within the lease though it has to ask for item numbers first: that call is taken in advance', async () => {
    const key = next();
    await limitTo(6);
    const before = await callsToWms();
    await dispatchUntilSettled(house.anotherWorker(BOUNDS), key);
    const dispatches = await dispatchesOf(house.database.db, key);
    expect(dispatches).toMatchObject([{ state: 'accepted', doubt: 'none' }]);
    expect(await attemptsOf(house.database.db, [dispatches[0]?.id ?? ''])).toMatchObject([
      { kind: 'create', outcome: 'done' },
    ]);
    const calls = (await callsToWms()) - before;
    expect(calls).toBeGreaterThan(1);
    // A full bucket holds one, and a tenth comes back each second.
    expect(await tokensLeft()).toBeLessThan(2 - calls);
  });

  it('waits for a permit for each page of a list', async () => {
    await limitTo(20);
    const before = await callsToWms();
    await syncStock(house.anotherWorker(BOUNDS), WMS);
    expect((await callsToWms()) - before).toBeGreaterThan(1);
    // Two at once, and a third of one comes back each second: as many were taken as calls were made.
    expect(await tokensLeft()).toBeLessThan(1);
  });
});
