import { collectWindow } from '../../activities/collect-orders';
import { searchOrders } from '../../db/queries/order-search';
import { rawRecordById, recordsOfOrder } from '../../db/queries/raw-records';
import { openTasks } from '../../db/queries/tasks';
import { generateBadRecords } from '../../sandbox/generator/bad-records';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { offering, plainOrders, recordOf, recordsOf, WINDOW } from './offered-source';

describe('a record that cannot be read', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const undecodable = async () =>
    (await openTasks(house.database.db)).filter((task) => task.kind === 'undecodable');

  it('is kept as it came and is a task that names the field, and holds up none of the others', async () => {
    const bad = generateBadRecords(4_200);
    const { idx } = (await house.admin('hub', 'POST', '/records', {
      records: bad.map(({ record }) => record),
    })) as { idx: string[] };
    const good = await house.collectDay(20, 4_201);
    const readable = bad.filter(({ field }) => field === null);
    expect(good).toHaveLength(20 + readable.length);
    const tasks = await undecodable();
    expect(tasks).toHaveLength(bad.length - readable.length);
    for (const [n, { field, record }] of bad.entries()) {
      const task = tasks.find(({ reason }) => reason.startsWith(`Record ${idx[n]}: `));
      expect(task === undefined).toBe(field === null);
      if (task === undefined || field === null) continue;
      expect(task.reason).toContain(field);
      expect(task.nextAction).not.toBe('');
      const raw = await rawRecordById(house.database.db, task.rawRecordId ?? 0);
      expect(raw?.orderKey).toBeNull();
      expect(raw?.body.length).toBeGreaterThan(0);
      // The task is for everybody's eyes: nobody's data is in it.
      for (const personal of ['RECEIVE_NAME', 'RECEIVE_CEL', 'RECEIVE_ADDR'])
        expect(task.reason).not.toContain(record.fields?.[personal] || 'nothing');
    }
  });

  it('is one task, however often it is read', async () => {
    const before = await undecodable();
    const now = new Date();
    const window = { from: new Date(now.getTime() - 3_600_000), to: now };
    const collected = await collectWindow(house.deps, CONNECTIONS.source, window, 'again');
    expect(collected).toMatchObject({ newRecords: 0, undecodable: 0 });
    expect(await undecodable()).toEqual(before);
  });

  it('begins its order once the settings are mended by which it could not be read', async () => {
    const before = await undecodable();
    const newMall = before.find(({ reason }) => reason.includes('처음보는몰'));
    await house.database.pool.query(
      `UPDATE connection SET settings = json_set(settings, '$.malls."처음보는몰"', 'coupang') WHERE id = ?`,
      [CONNECTIONS.source],
    );
    const worker = house.anotherWorker();
    const now = new Date();
    const window = { from: new Date(now.getTime() - 3_600_000), to: now };
    const collect = () => collectWindow(worker, CONNECTIONS.source, window, 'mended');
    await expect(collect()).resolves.toMatchObject({ newRecords: 1, orders: 1, undecodable: 0 });
    await expect(collect()).resolves.toMatchObject({ newRecords: 0, orders: 0 });
    expect(await undecodable()).toEqual(before.filter((task) => task !== newMall));
    // It is kept as it came, and once more as what could be read.
    const unread = await rawRecordById(house.database.db, newMall?.rawRecordId ?? 0);
    expect(unread?.orderKey).toBeNull();
    const key = house.journeys.started.at(-1) ?? '';
    const [read] = await recordsOfOrder(house.database.db, key);
    expect(read?.body).toEqual(unread?.body);
  });

  it('is a task no more once its source has mended it, and its order begins', async () => {
    const { deps, source } = await offering(house);
    const [order] = plainOrders(4_202, 1, 1);
    const [line] = order?.lines ?? [];
    if (order === undefined || line === undefined) throw new Error('no order');
    const collect = () => collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
    source.records = [recordOf(order, line, { SALE_CNT: '0' })];
    await collect();
    const named = async () => (await undecodable()).filter((t) => t.reason.includes(order.orderNumber));
    expect((await named()).map((task) => task.reason)).toEqual([expect.stringContaining('SALE_CNT')]);
    source.records = [recordOf(order, line, { SALE_CNT: '1000000' })];
    await collect();
    expect(await named()).toHaveLength(1);
    source.records = [recordOf(order, line)];
    await expect(collect()).resolves.toMatchObject({ orders: 1 });
    expect(await named()).toEqual([]);
  });

  it('is one whose line number makes a key that no column takes', async () => {
    const { deps, source } = await offering(house);
    const [order] = plainOrders(4_203, 1, 1);
    if (order === undefined) throw new Error('no order');
    source.records = recordsOf(order, { MALL_ORDER_SEQ: '가'.repeat(60) });
    await expect(collectWindow(deps, CONNECTIONS.source, WINDOW, 'run')).resolves.toMatchObject({
      undecodable: 1,
      orders: 0,
    });
    const orders = await searchOrders(house.database.db, {}, undefined, 1_000);
    expect(orders.map((row) => row.orderNumber)).not.toContain(order.orderNumber);
  });
});
