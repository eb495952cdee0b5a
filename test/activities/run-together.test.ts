import { claim } from '../../activities/dispatch/claim';
import { recordShipments } from '../../activities/record-shipment';
import { runTogether } from '../../activities/run-together';
import type { Database } from '../../db/database';
import { dispatchesOf } from '../../db/queries/dispatches';
import { openTasks } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { expectSumsRight, sendAllTo } from './dispatch-oracle';
import { atTheWms } from './parcels';

const LEASE_MS = 30_000;

describe('things that are done together', () => {
  const same = (n: number) => String(n);

  it('are done each by itself when one of them is bad, which alone fails', async () => {
    const settled = await runTogether([1, 2, 3], same, async (some) => {
      if (some.includes(2)) throw new RangeError('bad');
      return some.map((n) => n * 10);
    });
    expect(settled).toMatchObject([{ value: 10 }, { reason: expect.any(RangeError) }, { value: 30 }]);
  });

  it('come one after the other where they are the same', async () => {
    const rounds: (readonly number[])[] = [];
    const settled = await runTogether([1, 2, 1, 1], same, async (some) => {
      rounds.push(some);
      return some.map((n) => `${n} in ${rounds.length}`);
    });
    expect(rounds).toEqual([[1, 2], [1], [1]]);
    expect(settled).toMatchObject(['1 in 1', '2 in 1', '1 in 2', '1 in 3'].map((value) => ({ value })));
  });
});

describe('dispatches that arrive together', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    await sendAllTo(house, 'fulfillment');
    keys = await house.matchedOrders(60, 4_801);
  });
  afterAll(() => house.close());

  const take = async (count: number) => {
    const taken = await Promise.all(keys.splice(0, count).map((key) => dispatchesOf(house.database.db, key)));
    return taken.flat();
  };
  const claimAll = async (ids: readonly string[], database: Database = house.database) => {
    const to = await house.deps.connections.wms(CONNECTIONS.wms);
    const wanted = ids.map((id) => ({ id }));
    return claim(database, wanted, to, LEASE_MS);
  };
  /** The house's database, and how many transactions there have been in it. */
  function counted() {
    const { pool } = house.database;
    let transactions = 0;
    const counting = {
      getConnection: () => {
        transactions += 1;
        return pool.getConnection();
      },
    };
    const database = { ...house.database, pool: Object.assign(Object.create(pool), counting) as typeof pool };
    return { database, transactions: () => transactions };
  }

  it('are claimed in one transaction, each with a lease of its own', async () => {
    const ids = (await take(6)).map(({ id }) => id);
    const { database, transactions } = counted();
    const claims = await claimAll(ids, database);
    expect(transactions()).toBe(1);
    const tokens = claims.flatMap((made) =>
      made.status === 'fulfilled' && made.value.step === 'send' ? [made.value.claimed.leaseToken] : [],
    );
    expect(new Set(tokens).size).toBe(6);
    await expectSumsRight(house);
  });

  it('are claimed but for one that is not there', async () => {
    const [one, other] = await take(2);
    const claims = await claimAll([one?.id ?? '', 'no-such-dispatch', other?.id ?? '']);
    expect(claims).toMatchObject([
      { value: { step: 'send' } },
      { reason: expect.any(RangeError) },
      { value: { step: 'send' } },
    ]);
  });

  it('have one sender, though one comes twice', async () => {
    const [one] = await take(1);
    const claims = await claimAll([one?.id ?? '', one?.id ?? '']);
    expect(claims).toMatchObject([{ value: { step: 'send' } }, { value: { step: 'later' } }]);
  });

  it('take no more than there is, and the ledger tells what each left', async () => {
    const { pool } = house.database;
    await pool.query(`update stock set on_hand = allocated + shipped_since + 3 where wms = 'fulfillment'`);
    await pool.query('delete from stock_ledger');
    const claims = await claimAll((await take(12)).map(({ id }) => id));
    const steps = claims.map((made) => (made.status === 'fulfilled' ? made.value.step : made.reason));
    expect(new Set(steps)).toEqual(new Set(['send', 'short']));
    await expectSumsRight(house);
    const [broken] = await pool.query(`
      select * from (select item_code, allocated, allocated_change,
        lag(allocated) over (partition by wms, item_code order by id) as before_it from stock_ledger) as told
      where before_it is not null and allocated <> before_it + allocated_change`);
    expect(broken).toEqual([]);
    const [last] = await pool.query(`
      select s.item_code from stock s join stock_ledger l on l.wms = s.wms and l.item_code = s.item_code
      where l.id in (select max(id) from stock_ledger group by wms, item_code) and l.allocated <> s.allocated`);
    expect(last).toEqual([]);
    await pool.query(`update stock set on_hand = 10000 where wms = 'fulfillment'`);
  });

  it('ship in parcels that are written down together, but for one that no column takes', async () => {
    const orders = [];
    for (const key of keys.splice(0, 4)) orders.push(await atTheWms(house, key));
    const parcels = orders.map((order, n) =>
      order.parcel(n === 2 ? { trackingNumber: '9'.repeat(100) } : {}),
    );
    const recorded = await recordShipments(house.database, CONNECTIONS.wms, parcels);
    const kinds = recorded.map((one) => (one.status === 'fulfilled' ? one.value.kind : one.reason));
    expect(kinds).toEqual(['new', 'new', 'unmatched', 'new']);
    const tasks = (await openTasks(house.database.db)).filter(({ kind }) => kind === 'shipment_unmatched');
    expect(tasks).toHaveLength(1);
    await expectSumsRight(house);
    const { database, transactions } = counted();
    const again = await recordShipments(database, CONNECTIONS.wms, parcels.toSpliced(2, 1));
    expect(again).toMatchObject([1, 2, 3].map(() => ({ value: { kind: 'known' } })));
    expect(transactions()).toBe(1);
  });
});
