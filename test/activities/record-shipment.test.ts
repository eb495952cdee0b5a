import { dispatchOrder } from '../../activities/dispatch-order';
import { recordSale } from '../../activities/record-sale';
import { recordShipment } from '../../activities/record-shipment';
import { sweepOrders } from '../../activities/sweep-orders';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { pendingUploads, shipmentsOf } from '../../db/queries/shipments';
import { openTasks } from '../../db/queries/tasks';
import { wmsOrderCode } from '../../domain/dispatch-id';
import { CONNECTIONS } from '../../sandbox/seed';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { atTheWms, dispatched, inTwo, ship } from './parcels';
import { quietFor } from './quiet-for';

describe('a parcel', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(60, 4_601);
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  const pool = () => house.database.pool;
  function next(): string {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order is left');
    return key;
  }
  /** An order with several pieces, so that it can leave in two parcels. */
  async function several() {
    for (;;) {
      const order = await atTheWms(house, next());
      if (order.items.reduce((sum, item) => sum + item.quantity, 0) > 1) return order;
    }
  }
  const state = async (key: string) => (await dispatchesOf(db(), key))[0]?.state;
  const unmatched = async () => (await openTasks(db())).filter((task) => task.kind === 'shipment_unmatched');
  const stockOf = async (wms: string, itemCode: string) => {
    const [rows] = await pool().query('SELECT * FROM stock WHERE wms = ? AND item_code = ?', [wms, itemCode]);
    const [row] = rows as { allocated: number; shipped_since: number }[];
    return { allocated: row?.allocated ?? 0, shipped: row?.shipped_since ?? 0 };
  };

  it('is written down once, however often it comes', async () => {
    const order = await atTheWms(house, next());
    const parcel = order.parcel();
    const all = await Promise.all([1, 2, 3].map(() => recordShipment(house.database, order.wms, parcel)));
    expect(all.map((recorded) => recorded.kind).toSorted()).toEqual(['known', 'known', 'new']);
    expect(await shipmentsOf(db(), order.key)).toHaveLength(1);
    expect(await state(order.key)).toBe('shipped');
  });

  it('moves its pieces from allocated to shipped, once', async () => {
    const order = await atTheWms(house, next()).then(async (o) =>
      o.wms === CONNECTIONS.wms ? o : several(),
    );
    const [item] = order.items;
    if (item === undefined) throw new Error('no item');
    const before = await stockOf(CONNECTIONS.wms, item.itemCode);
    const parcel = order.parcel();
    for (let time = 0; time < 2; time += 1) await recordShipment(house.database, order.wms, parcel);
    const expected =
      order.wms === CONNECTIONS.wms
        ? { allocated: before.allocated - item.quantity, shipped: before.shipped + item.quantity }
        : before;
    expect(await stockOf(CONNECTIONS.wms, item.itemCode)).toEqual(expected);
  });

  it('with a part of the order leaves the rest awaited', async () => {
    const order = await several();
    const [first, rest] = inTwo(order);
    await ship(house, order, { items: first });
    expect(await state(order.key)).toBe('accepted');
    await expect(recordSale(house.deps, order.key)).resolves.toEqual({ stage: 'booked' });
    await expect(uploadTracking(house.deps, order.key)).resolves.toEqual({
      stage: 'dispatched',
      waiting: 'shipment',
    });
    await ship(house, order, { items: rest });
    expect(await state(order.key)).toBe('shipped');
    await recordSale(house.deps, order.key);
    await expect(uploadTracking(house.deps, order.key)).resolves.toEqual({ stage: 'done' });
  });

  it('that lists an item twice is taken as it is', async () => {
    const order = await several();
    const [first, rest] = inTwo(order);
    await expect(ship(house, order, { items: [...first, ...rest] })).resolves.toMatchObject({ kind: 'new' });
    expect(await state(order.key)).toBe('shipped');
  });

  it.each(['sending', 'unknown', 'ready', 'held', 'rejected'])(
    'proves that the WMS has the order though its dispatch is %s',
    async (before) => {
      const order = await several();
      const waiting = {
        sending: null,
        ready: null,
        held: 'held',
        rejected: 'rejected',
        unknown: 'unknown_outcome',
      }[before];
      await pool().query('UPDATE dispatch SET state = ? WHERE id = ?', [before, order.dispatchId]);
      await pool().query("UPDATE orders SET stage = 'matched', waiting = ? WHERE order_key = ?", [
        waiting,
        order.key,
      ]);
      const [first, rest] = inTwo(order);
      await ship(house, order, { items: first });
      expect(await state(order.key)).toBe('accepted');
      expect(await findOrder(db(), order.key)).toMatchObject({ stage: 'dispatched', waiting: null });
      // So nobody sends it a second time.
      await expect(dispatchOrder(house.deps, order.key)).resolves.toMatchObject({ stage: 'dispatched' });
      await ship(house, order, { items: rest });
      expect(await state(order.key)).toBe('shipped');
    },
  );

  it('whose number is corrected is to be told again, also after the order was done', async () => {
    const order = await atTheWms(house, next());
    const parcel = order.parcel();
    await recordShipment(house.database, order.wms, parcel);
    await recordSale(house.deps, order.key);
    await uploadTracking(house.deps, order.key);
    expect(await pendingUploads(db(), order.key)).toEqual([]);
    const trackingNumber = '699999999999';
    await recordShipment(house.database, order.wms, { ...parcel, trackingNumber });
    expect(await findOrder(db(), order.key)).toMatchObject({ stage: 'booked' });
    const toldAgain = (await pendingUploads(db(), order.key)).map((row) => row.trackingNumber);
    expect(new Set(toldAgain)).toEqual(new Set([trackingNumber]));
    // Its journey is over, and its name is taken.
    await quietFor(house, 90);
    await sweepOrders({ ...house.deps, journeys: { start: async () => false, nudge: async () => false } });
    expect(await pendingUploads(db(), order.key)).toEqual([]);
    expect(await findOrder(db(), order.key)).toMatchObject({ stage: 'done' });
  });

  it('that belongs nowhere is a task of its own, and every such parcel is', async () => {
    const order = await atTheWms(house, next());
    const before = await unmatched();
    const strange = [
      order.parcel({ code: wmsOrderCode('a'.repeat(26)) }),
      order.parcel({ items: [{ itemCode: 'NO-SUCH', quantity: 1 }] }),
    ];
    for (const parcel of [...strange, ...strange]) await recordShipment(house.database, order.wms, parcel);
    const tasks = (await unmatched()).slice(before.length);
    expect(tasks).toHaveLength(strange.length);
    for (const { shipmentId } of strange)
      expect(tasks.filter((task) => task.reason.includes(` ${shipmentId} `))).toHaveLength(1);
  });

  it('of somebody else whom the WMS works for is none of ours, and no task', async () => {
    const order = await atTheWms(house, next());
    const before = await unmatched();
    await expect(ship(house, order, { code: 'SOMEBODY-ELSES' })).resolves.toEqual({ kind: 'foreign' });
    expect(await unmatched()).toEqual(before);
  });

  it('that cannot be recorded or read is a task, and the others are found', async () => {
    const [spoiled, unread, good] = [await onFulfillment(), await onFulfillment(), await onFulfillment()];
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 0 });
    await house.admin('fulfillment', 'GET', '/ledger');
    const spoil = async (key: string, trackingNumber: unknown) => {
      const { code } = await dispatched(house, key);
      await house.admin('fulfillment', 'PUT', '/parcels', { code, trackingNumber });
      return code;
    };
    const code = await spoil(spoiled, '6'.repeat(61));
    await spoil(unread, 600);
    for (let time = 0; time < 2; time += 1) await watchShipments(house.deps, CONNECTIONS.wms);
    expect(await state(good)).toBe('shipped');
    expect(await state(spoiled)).toBe('accepted');
    const reasons = (await unmatched()).map((task) => task.reason);
    expect(reasons.filter((reason) => reason.includes(code))).toEqual([
      expect.stringContaining('ER_DATA_TOO_LONG'),
    ]);
    expect(reasons.filter((reason) => reason.includes('unreadable'))).toHaveLength(1);
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 3_600_000 });
  });

  it('of an order that was cancelled is a task, and changes nothing else', async () => {
    const order = await atTheWms(house, next());
    await pool().query("UPDATE dispatch SET state = 'cancelled' WHERE id = ?", [order.dispatchId]);
    await expect(ship(house, order)).resolves.toEqual({ kind: 'unmatched' });
    expect(await state(order.key)).toBe('cancelled');
    expect((await unmatched()).filter((task) => task.orderKey === order.key)).toHaveLength(1);
  });

  it('with more than was asked for is taken, and the surplus is a task', async () => {
    const order = await atTheWms(house, next());
    await ship(house, order, { items: [...order.items, { itemCode: 'MD-LIV-04', quantity: 77 }] });
    expect(await state(order.key)).toBe('shipped');
    const [task] = (await unmatched()).filter((each) => each.orderKey === order.key);
    expect(task?.reason).toContain('77 × MD-LIV-04');
  });

  it('that the WMS has sent is found by looking, tells its journey, and is found once', async () => {
    const order = await dispatched(house, await onFulfillment());
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 0 });
    house.journeys.nudges.length = 0;
    await eventually(async () => {
      await watchShipments(house.deps, CONNECTIONS.wms);
      expect(await state(order.key)).toBe('shipped');
    });
    expect(house.journeys.nudges).toContainEqual({ orderKey: order.key, signal: 'shipped' });
    await expect(watchShipments(house.deps, CONNECTIONS.wms)).resolves.toBe(0);
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 3_600_000 });
  });

  async function onFulfillment(): Promise<string> {
    for (;;) {
      const order = await atTheWms(house, next());
      if (order.wms === CONNECTIONS.wms) return order.key;
    }
  }
});
