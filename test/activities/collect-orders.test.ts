import type { RowDataPacket } from 'mysql2/promise';
import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { normalizeOrder } from '../../activities/normalize-order';
import { sweepOrders } from '../../activities/sweep-orders';
import { findOrder, linesOf } from '../../db/queries/orders';
import { recordsOfOrder } from '../../db/queries/raw-records';
import { openTasks } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import {
  cancelled,
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordOf,
  recordsOf,
  WINDOW,
} from './offered-source';
import { quietFor } from './quiet-for';

describe('a window that is collected', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse();
  });
  beforeEach(async () => {
    ({ deps, source } = await offering(house));
    house.journeys.started.length = 0;
    house.journeys.nudges.length = 0;
  });
  afterAll(() => house.close());

  const collect = (given = deps) => collectWindow(given, CONNECTIONS.source, WINDOW, 'run');
  /** MySQL gives the same answer again to whoever asks within a tenth of a second. */
  const waitingTransactions = async () => {
    const [[row]] = await house.database.pool.query<({ n: string } & RowDataPacket)[]>(
      `SELECT count(*) AS n FROM information_schema.innodb_trx
        JOIN information_schema.processlist ON id = trx_mysql_thread_id
        WHERE db = database() AND trx_state = 'LOCK WAIT'`,
    );
    return Number(row?.n);
  };
  const [first, second, third, fourth, ...more] = plainOrders(4_101, 14, 2);
  if (!first || !second || !third || !fourth) throw new Error('no orders');

  it('stores every record as it came, and only then starts one journey an order', async () => {
    source.records = [first, second].flatMap((order) => recordsOf(order));
    const started: { key: string; stored: number; known: boolean }[] = [];
    const start = async ({ key }: { key: string }) => {
      const stored = (await recordsOfOrder(house.database.db, key)).length;
      started.push({ key, stored, known: (await findOrder(house.database.db, key)) !== undefined });
      return true;
    };
    const journeys = { start, nudge: house.journeys.nudge.bind(house.journeys) };
    await expect(collect({ ...deps, journeys })).resolves.toMatchObject({
      records: 4,
      newRecords: 4,
      orders: 2,
    });
    expect(started).toHaveLength(2);
    expect(started).toEqual(started.map(({ key }) => ({ key, stored: 2, known: true })));
    const kept = await recordsOfOrder(house.database.db, keyOf(first));
    expect(kept.map((row) => row.body)).toEqual(recordsOf(first).map((record) => record.body));
  });

  it('changes nothing when it is read again, or overlaps with what was read', async () => {
    source.records = recordsOf(third);
    await collect();
    const before = await recordsOfOrder(house.database.db, keyOf(third));
    source.records = [...recordsOf(third), ...recordsOf(fourth)];
    await expect(collect()).resolves.toMatchObject({ records: 4, newRecords: 2, orders: 1 });
    await expect(collect()).resolves.toMatchObject({ records: 4, newRecords: 0, orders: 0 });
    expect(await recordsOfOrder(house.database.db, keyOf(third))).toEqual(before);
    expect(house.journeys.started).toEqual([keyOf(third), keyOf(fourth)]);
    expect(house.journeys.nudges).toEqual([]);
  });

  it('is stored once when two workers read it at the same time', async () => {
    const orders = more.slice(0, 3);
    source.records = orders.flatMap((order) => recordsOf(order));
    await Promise.all([collect(), collect(), collect()]);
    for (const order of orders)
      expect(await recordsOfOrder(house.database.db, keyOf(order))).toHaveLength(order.lines.length);
    expect(house.journeys.started.toSorted()).toEqual(orders.map(keyOf).toSorted());
  });

  it('tells the journey of a record that has changed, and of one that is again as it was', async () => {
    const [, , , order] = more;
    if (order === undefined) throw new Error('no order');
    const moved = recordsOf(order, { RECEIVE_ADDR: '부산광역시 해운대구 달맞이길 1' });
    for (const records of [recordsOf(order), moved, recordsOf(order)]) {
      source.records = records;
      await collect();
    }
    expect(await recordsOfOrder(house.database.db, keyOf(order))).toHaveLength(3 * order.lines.length);
    const changed = { orderKey: keyOf(order), signal: 'changed' };
    expect(house.journeys.nudges).toEqual([changed, changed]);
  });

  it('starts no journey before all the lines of its order are stored, on whichever page they stand', async () => {
    const order = more.at(-1);
    if (order === undefined) throw new Error('no order');
    const [record, ...others] = recordsOf(order);
    if (record === undefined) throw new Error('no record');
    source.records = [record];
    source.furtherPages = [others];
    const stored: number[] = [];
    const { journeys } = deps;
    const start = async (given: { key: string }) => {
      stored.push((await recordsOfOrder(house.database.db, given.key)).length);
      return journeys.start({ ...given, channel: '', source: '', orderedAt: new Date() });
    };
    await collect({ ...deps, journeys: { ...journeys, start, nudge: async () => true } });
    expect(stored).toEqual([order.lines.length]);
  });

  it('takes a record that is suddenly of another order for a task, not for another order', async () => {
    const order = more.at(-2);
    if (order === undefined) throw new Error('no order');
    source.records = recordsOf(order);
    await collect();
    // However often it is told: what shipped as the one order must not ship again as the other.
    for (const message of ['문 앞', '경비실']) {
      source.records = recordsOf(order, { ORDER_ID: `${order.orderNumber}9`, DELV_MSG: message });
      await collect();
    }
    expect(house.journeys.started).toEqual([keyOf(order)]);
    const reasons = (await openTasks(house.database.db)).map((task) => task.reason);
    expect(reasons.filter((reason) => reason.includes(keyOf(order)))).toHaveLength(order.lines.length);
  });

  it('loses no order when the worker dies before a journey has started: the sweep starts it', async () => {
    const order = more[4];
    if (order === undefined) throw new Error('no order');
    source.records = recordsOf(order);
    const dies = {
      start: () => Promise.reject(new Error('the worker has died')),
      nudge: () => Promise.reject(new Error('the worker has died')),
    };
    await expect(collect({ ...deps, journeys: dies })).rejects.toThrow('died');
    // The next try finds nothing new any more.
    await expect(collect()).resolves.toMatchObject({ newRecords: 0, orders: 0 });
    expect(house.journeys.started).toEqual([]);
    await quietFor(house, 90);
    await sweepOrders(deps);
    expect(house.journeys.started).toContain(keyOf(order));
  });

  it('loses no order when storing stops halfway: records, orders and tasks come together', async () => {
    const order = more[5];
    if (order === undefined) throw new Error('no order');
    source.records = recordsOf(order);
    await house.database.pool.query('RENAME TABLE orders TO orders_away');
    await expect(collect()).rejects.toThrow();
    await house.database.pool.query('RENAME TABLE orders_away TO orders');
    await expect(collect()).resolves.toMatchObject({ newRecords: order.lines.length, orders: 1 });
    expect(house.journeys.started).toEqual([keyOf(order)]);
  });

  it('whose change was stored but not told is mended by the sweep', async () => {
    const order = more[6];
    if (order === undefined) throw new Error('no order');
    source.records = recordsOf(order);
    await collect();
    await normalizeOrder(deps, keyOf(order));
    source.records = recordsOf(order, { RECEIVE_ADDR: '부산광역시 해운대구 달맞이길 2' });
    const dies = {
      start: () => Promise.reject(new Error('dead')),
      nudge: () => Promise.reject(new Error('dead')),
    };
    await expect(collect({ ...deps, journeys: dies })).rejects.toThrow('dead');
    await quietFor(house, 90);
    await sweepOrders(deps);
    expect(house.journeys.nudges).toContainEqual({ orderKey: keyOf(order), signal: 'changed' });
  });

  it('makes what changes after the end of an order a task, or a cancellation that came too late', async () => {
    const [changedOrder, cancelledOrder] = [more[7], plainOrders(4_102, 1, 1)[0]];
    if (changedOrder === undefined || cancelledOrder === undefined) throw new Error('no order');
    source.records = [...recordsOf(changedOrder), ...recordsOf(cancelledOrder)];
    await collect();
    for (const key of [keyOf(changedOrder), keyOf(cancelledOrder)]) await normalizeOrder(deps, key);
    await house.database.pool.query("UPDATE orders SET stage = 'done' WHERE order_key IN (?)", [
      [keyOf(changedOrder), keyOf(cancelledOrder)],
    ]);
    const over = { start: async () => false, nudge: async () => false };
    source.records = [...recordsOf(changedOrder, { DELV_MSG: '문 앞' }), ...cancelled(cancelledOrder)];
    await collect({ ...deps, journeys: over });
    const tasks = (await openTasks(house.database.db)).filter((task) => task.kind === 'changed_too_late');
    expect(tasks.map((task) => task.orderKey)).toEqual([keyOf(changedOrder)]);
    const [audit] = await house.database.pool.query('SELECT detail FROM audit_event WHERE subject = ?', [
      keyOf(cancelledOrder),
    ]);
    expect(audit).toEqual([{ detail: { outcome: 'too late' } }]);
    expect((await findOrder(house.database.db, keyOf(changedOrder)))?.stage).toBe('done');
  });

  it('that could not be read is an error, and nothing of it counts as read', async () => {
    source.down = true;
    const [before] = await house.database.pool.query('SELECT count(*) AS n FROM collection_run');
    await expect(collect()).rejects.toThrow('down');
    const [after] = await house.database.pool.query('SELECT count(*) AS n FROM collection_run');
    expect(after).toEqual(before);
  });

  it('passes over no record, though another run that began later has stored its own first', async () => {
    const [, , order] = more;
    const [one, other] = order?.lines ?? [];
    if (order === undefined || one === undefined || other === undefined) throw new Error('no lines');
    const blocked = { ...order, orderNumber: `${order.orderNumber}7` };
    const raced = { ...order, orderNumber: `${order.orderNumber}8` };
    source.records = [recordOf(blocked, one), recordOf(raced, one)];
    await collect();
    await normalizeOrder(deps, keyOf(raced));
    // Somebody has the first order in hand, so that a run halts between what it writes of the two.
    const inHand = await house.database.pool.getConnection();
    await inHand.query('START TRANSACTION');
    await inHand.query('SELECT 1 FROM orders WHERE order_key = ? FOR UPDATE', [keyOf(blocked)]);
    source.records = [blocked, raced].map((each) => recordOf(each, one, { SALE_CNT: '7' }));
    const early = collect();
    await eventually(async () => expect(await waitingTransactions()).toBe(1), { everyMs: 250 });
    source.records = [recordOf(raced, other)];
    await collect();
    await normalizeOrder(deps, keyOf(raced));
    await inHand.query('COMMIT');
    inHand.release();
    await early;
    await normalizeOrder(deps, keyOf(raced));
    const units = (await linesOf(house.database.db, keyOf(raced))).map((line) => line.quantity);
    expect(units).toEqual([7, other.quantity]);
  });

  it('puts the lines of an order together that came in different windows', async () => {
    const order = more[0];
    const [one, other] = order?.lines ?? [];
    if (order === undefined || one === undefined || other === undefined) throw new Error('no lines');
    const late = { ...order, orderNumber: `${order.orderNumber}9` };
    for (const line of [one, other]) {
      source.records = [recordOf(late, line)];
      await collect();
      await normalizeOrder(deps, keyOf(late));
    }
    expect(await linesOf(house.database.db, keyOf(late))).toHaveLength(2);
  });
});
