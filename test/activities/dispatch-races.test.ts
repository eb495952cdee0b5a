import type { RowDataPacket } from 'mysql2';
import { cancelOrder } from '../../activities/cancel-order';
import { dispatchOrder } from '../../activities/dispatch-order';
import { WmsUnavailable } from '../../activities/failures';
import { holdOrder, releaseOrder } from '../../activities/hold-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { DispatchProcess } from '../support/dispatch-process';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import {
  dispatchUntilSettled,
  expectSound,
  expectSumsRight,
  freshAllowance,
  liveOf,
  sendAllTo,
  WMSES,
} from './dispatch-oracle';

const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 1_000 };
const PERSON = { by: 'kim', reason: 'the customer called' };

describe('orders that many want something of at once', () => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(170);
  });
  beforeEach(() => freshAllowance(house));
  afterEach(async () => {
    for (const wms of WMSES) await house.admin(wms, 'DELETE', '/faults');
  });
  afterAll(() => house.close());

  const take = (count: number) => keys.splice(0, count);
  const cancelUntilAnswered = (key: string) =>
    eventually(() => cancelOrder(house.deps, key, PERSON), { withinMs: 30_000 });
  /** Some answers get lost, so that the races meet every state. */
  const someTrouble = (wms: (typeof WMSES)[number]) =>
    house.admin(wms, 'PUT', '/faults', {
      seed: 3,
      faults: [
        { endpoint: 'create', kind: '5xx-after', probability: 0.3 },
        { endpoint: 'create', kind: 'reset-before', probability: 0.2 },
      ],
    });

  it.each(WMSES)('are cancelled at %s too, whenever the cancellation meets the sending', async (wms) => {
    await sendAllTo(house, wms);
    const orders = take(16);
    if (wms === 'fulfillment') await someTrouble(wms);
    await Promise.all(
      orders.flatMap((key) => [dispatchUntilSettled(house.deps, key), cancelUntilAnswered(key)]),
    );
    for (const key of orders) {
      expect({ key, stage: (await findOrder(house.database.db, key))?.stage }).toEqual({
        key,
        stage: 'cancelled',
      });
      expect(await liveOf(house, key)).toEqual([]);
    }
    await expectSound(house, orders);
  });

  it.each(WMSES)('are on hold or at %s, never both', async (wms) => {
    await sendAllTo(house, wms);
    const orders = take(16);
    await Promise.all(
      orders.flatMap((key, index) => {
        const hold = () => holdOrder(house.deps, key, PERSON);
        const send = () => dispatchUntilSettled(house.deps, key);
        return index % 2 === 0 ? [hold(), send()] : [send(), hold()];
      }),
    );
    const held: string[] = [];
    for (const key of orders) {
      const [dispatch] = await dispatchesOf(house.database.db, key);
      const isHeld = (await findOrder(house.database.db, key))?.heldReason !== null;
      expect({ key, isHeld, state: dispatch?.state }).toEqual({
        key,
        isHeld,
        state: isHeld ? 'held' : 'accepted',
      });
      if (isHeld) held.push(key);
    }
    await expectSound(house, orders);
    for (const key of held) await releaseOrder(house.deps, key, PERSON);
    await Promise.all(held.map((key) => dispatchUntilSettled(house.deps, key)));
    await expectSound(house, orders);
  });

  it('are cancelled though a match makes their dispatch in the middle of it', async () => {
    const fresh = await house.collectDay(20, 2);
    for (const key of fresh) await normalizeOrder(house.deps, key);
    const { pool } = house.database;
    const [key = ''] = await keysAt('normalized', fresh);
    let transactions = 0;
    const matchedBeforeTheSecond = {
      getConnection: async () => {
        transactions += 1;
        if (transactions === 2) await matchOrder(house.deps, key);
        return pool.getConnection();
      },
    };
    const deps = {
      ...house.deps,
      database: { ...house.database, pool: Object.assign(Object.create(pool), matchedBeforeTheSecond) },
    };
    await expect(cancelOrder(deps, key, PERSON)).resolves.toMatchObject({ done: true });
    expect(await dispatchesOf(house.database.db, key)).toMatchObject([{ state: 'cancelled' }]);
    expect(await findOrder(house.database.db, key)).toMatchObject({ stage: 'cancelled' });
    await expectSumsRight(house);
  });

  it('are not parked by who comes late with old news', async () => {
    const [key = ''] = take(1);
    const late = house.anotherWorker();
    jest.spyOn(late.dispatcher, 'dispatch').mockResolvedValue({ kind: 'ask' });
    await expect(dispatchOrder(late, key)).rejects.toThrow(WmsUnavailable);
    expect(await findOrder(house.database.db, key)).toMatchObject({ stage: 'matched', waiting: null });
  });

  it('can be cancelled when their sender died: they are looked after first', async () => {
    await sendAllTo(house, 'fulfillment');
    const [key = ''] = take(1);
    const [made] = await dispatchesOf(house.database.db, key);
    const dies = house.anotherWorker({
      ...BOUNDS,
      leaseMs: 1_200,
      onStep: (step) => {
        if (step === 'sent') throw new Error('died');
      },
    });
    await expect(dies.dispatcher.dispatch(made?.id ?? '', 'fulfillment', 5_000)).rejects.toThrow('died');
    await expect(cancelOrder(house.deps, key, PERSON)).rejects.toThrow(WmsUnavailable);
    await expect(cancelUntilAnswered(key)).resolves.toMatchObject({ done: true });
    expect(await liveOf(house, key)).toEqual([]);
  });

  it('all end, none twice, when three processes send them and fight for the same stock', async () => {
    await sendAllTo(house, 'fulfillment');
    const orders = take(40);
    await inProcesses(3, (index) => (index % 2 === 0 ? orders : orders.toReversed()));
    for (const key of orders) expect((await findOrder(house.database.db, key))?.stage).toBe('dispatched');
    await expectSound(house, orders);
  });

  it('take no more than there is: who comes too late has a task', async () => {
    await sendAllTo(house, 'fulfillment');
    const orders = take(30);
    const { pool } = house.database;
    await pool.query(`update stock set on_hand = allocated + shipped_since + 6 where wms = 'fulfillment'`);
    await inProcesses(2, () => orders);
    const stages = await Promise.all(orders.map((key) => findOrder(house.database.db, key)));
    const short = stages.filter((order) => order?.waiting === 'shortage').length;
    expect(short).toBeGreaterThan(0);
    expect(short + stages.filter((order) => order?.stage === 'dispatched').length).toBe(orders.length);
    await expectSumsRight(house);
    await pool.query(`update stock set on_hand = 100000 where wms = 'fulfillment'`);
    await Promise.all(orders.map((key) => dispatchUntilSettled(house.deps, key)));
    await expectSound(house, orders);
  });

  it('wait for a lock longer than MySQL lets them, and are there once', async () => {
    await sendAllTo(house, 'fulfillment');
    const orders = take(4);
    const blocker = await house.database.pool.getConnection();
    await blocker.query('start transaction');
    await blocker.query('select * from stock for update');
    const before = await lockTimeouts();
    const all = Promise.all(orders.map((key) => dispatchUntilSettled(house.deps, key)));
    await eventually(async () => expect(await lockTimeouts()).toBeGreaterThan(before), { withinMs: 20_000 });
    await blocker.query('rollback');
    blocker.release();
    await all;
    await expectSound(house, orders);
  });

  /** Those whose deals are all known, so that a match makes their dispatch. */
  const keysAt = async (stage: string, among: readonly string[]): Promise<string[]> => {
    const [rows] = await house.database.pool.query<RowDataPacket[]>(
      `select o.order_key as orderKey from orders o where o.stage = ? and o.order_key in (?) and not exists (
         select 1 from order_line l left join deal_match m on m.deal_key = l.deal_key
         where l.order_key = o.order_key and m.deal_key is null)`,
      [stage, among],
    );
    return rows.map((row) => String(row['orderKey']));
  };
  const lockTimeouts = async (): Promise<number> => {
    const [rows] = await house.database.pool.query(
      `select count from information_schema.innodb_metrics where name = 'lock_timeouts'`,
    );
    return Number((rows as { count?: number; COUNT?: number }[]).map((row) => row.count ?? row.COUNT)[0]);
  };
  const inProcesses = async (count: number, ordersOf: (index: number) => readonly string[]) => {
    const processes = await Promise.all(Array.from({ length: count }, () => DispatchProcess.start()));
    try {
      const { url: databaseUrl } = house.database;
      await Promise.all(
        processes.map((process, index) =>
          process.run({ databaseUrl, orderKeys: ordersOf(index), dispatcher: BOUNDS }),
        ),
      );
    } finally {
      for (const process of processes) process.stop();
    }
  };
});
