import { sql } from 'drizzle-orm';
import { routeOrder } from '../../activities/dispatch/route';
import { dispatchOrder } from '../../activities/dispatch-order';
import { recordSale } from '../../activities/record-sale';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { sweepOrders } from '../../activities/sweep-orders';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { dispatchesOf, liveDispatches } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { saveRoute } from '../../db/queries/routes';
import { tasksOfOrder } from '../../db/queries/tasks';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, expectSumsRight, freshAllowance, liveOf, type WMSES } from './dispatch-oracle';

const HOUR_MS = 3_600_000;

describe('which WMS an order goes to', () => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(120);
  });
  beforeEach(async () => {
    await freshAllowance(house);
    await house.database.pool.query('delete from route');
    await route({ wms: 'fulfillment', ageMs: HOUR_MS });
  });
  afterAll(() => house.close());

  const route = ({ channel = '', itemCode = '', wms = 'shipstation', ageMs = 0 }) =>
    saveRoute(house.database.db, { channel, itemCode, wms, validFrom: new Date(Date.now() - ageMs) });
  const nextOfOneItem = async () => {
    for (;;) {
      const key = next();
      const [first, ...others] = await liveDispatches(house.database.db, key);
      if (first !== undefined && others.length === 0) return { key, itemCode: first.itemCode };
    }
  };
  /** The next order whose lines hold different items, of one kind each. */
  const nextMixed = async () => {
    for (;;) {
      const key = next();
      const rows = await liveDispatches(house.database.db, key);
      const items = [...new Set(rows.map(({ itemCode }) => itemCode))];
      const lines = new Set(rows.map(({ lineKey }) => lineKey));
      if (items.length > 1 && items.length === rows.length && lines.size === rows.length)
        return { key, items };
    }
  };
  const next = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  const wmsOf = async (key: string) => {
    const [first] = await routeOrder(house.database, key);
    return first?.to;
  };

  it('is in no doubt, and waits for nobody, before anybody has sent it or set a window', async () => {
    expect(await routeOrder(house.database, next())).toMatchObject([
      { isDoubtful: false, isPackable: false },
    ]);
  });

  it('follows the most specific route, an item before a channel, whatever their age', async () => {
    const { key, itemCode } = await nextOfOneItem();
    const [channel = ''] = key.split('/');
    await house.database.pool.query(`update route set wms = 'any'`);
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'any' });
    await route({ channel, wms: 'channel' });
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'channel' });
    await route({ itemCode, wms: 'item', ageMs: 2 * HOUR_MS });
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'item' });
    await route({ channel, itemCode, wms: 'both', ageMs: 3 * HOUR_MS });
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'both' });
    await route({ channel, itemCode, wms: 'newer', ageMs: HOUR_MS });
    await route({ channel, itemCode, wms: 'not yet', ageMs: -HOUR_MS });
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'newer' });
  });

  it('is chosen once, by the first claim', async () => {
    const key = next();
    await dispatchUntilSettled(house.deps, key);
    await route({});
    expect(await wmsOf(key)).toEqual({ kind: 'one', wms: 'fulfillment' });
  });

  it('is what is in force at the claim, though the order waited for its turn since before', async () => {
    const key = next();
    const [made] = await dispatchesOf(house.database.db, key);
    await route({});
    await expect(house.deps.dispatcher.dispatch(made?.id ?? '', 'fulfillment', 5_000)).resolves.toMatchObject(
      {
        kind: 'again',
        why: expect.stringContaining('another WMS'),
      },
    );
    await dispatchUntilSettled(house.deps, key);
    expect(await dispatchesOf(house.database.db, key)).toMatchObject([{ wms: 'shipstation' }]);
  });

  it('is several when its lines lie in several: a dispatch for each, and it is done when all have shipped', async () => {
    const { key, items } = await nextMixed();
    await route({ itemCode: items[0] ?? '' });
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    const live = (await dispatchesOf(house.database.db, key)).filter(({ state }) => state !== 'cancelled');
    expect(live.map(({ wms, state }) => `${wms} ${state}`).toSorted()).toEqual([
      'fulfillment accepted',
      'shipstation accepted',
    ]);
    const sent = (await liveOf(house, key)).flatMap((row) => row.items.map(({ itemCode }) => itemCode));
    expect(sent.toSorted()).toEqual(items.toSorted());
    await expectSumsRight(house);

    await shipAt('fulfillment');
    await recordSale(house.deps, key);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({
      stage: 'dispatched',
      waiting: 'shipment',
    });
    await shipAt('shipstation');
    await recordSale(house.deps, key);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
  });

  const shipAt = async (wms: (typeof WMSES)[number]) => {
    await house.admin(wms, 'PUT', '/settings', { shipAfterMs: 0 });
    await eventually(async () => expect(await watchShipments(house.deps, wms)).toBeGreaterThan(0));
    await house.admin(wms, 'PUT', '/settings', { shipAfterMs: HOUR_MS });
  };

  it('waits for the part that is short, though the other is with its WMS already', async () => {
    const { key, items } = await nextMixed();
    await route({ itemCode: items[0] ?? '' });
    await house.database.db.execute(
      sql`update stock set on_hand = allocated + shipped_since where item_code = ${items[1]}`,
    );
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toEqual({
      stage: 'matched',
      waiting: 'shortage',
    });
    expect((await liveOf(house, key)).map((row) => row.items.map(({ itemCode }) => itemCode))).toEqual([
      [items[0]],
    ]);
    await house.database.pool.query('update stock set on_hand = 100000');
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect(await findOrder(house.database.db, key)).toMatchObject({ stage: 'dispatched', waiting: null });
    await expectSumsRight(house);
  });

  it('is nobody until there is a route, which the sweep sees begin', async () => {
    const key = next();
    await house.database.pool.query('delete from route');
    await expect(dispatchOrder(house.deps, key)).resolves.toEqual({ stage: 'matched', waiting: 'no_route' });
    const [task] = (await tasksOfOrder(house.database.db, key)).filter(({ closedAt }) => closedAt === null);
    expect(task).toMatchObject({ kind: 'no_route', reason: expect.stringContaining('No WMS is routed') });
    const quiet = () =>
      house.database.pool.query(
        'update orders set updated_at = now(6) - interval 5 minute, swept_at = now(6) - interval 5 minute',
      );
    const nudges = () => house.journeys.nudges.filter(({ orderKey }) => orderKey === key).length;
    await quiet();
    await route({ ageMs: -HOUR_MS });
    await sweepOrders(house.deps);
    expect(nudges()).toBe(0);
    await quiet();
    await route({ wms: 'fulfillment' });
    await sweepOrders(house.deps);
    expect(nudges()).toBe(1);
  });

  it('is asked about by name when several WMSes have refused a part of it', async () => {
    const { key, items } = await nextMixed();
    await route({ itemCode: items[0] ?? '' });
    await routeOrder(house.database, key);
    await house.database.pool.query(
      `update dispatch set state = 'rejected', wms = 'fulfillment' where lead_order_key = ? and state = 'ready'`,
      [key],
    );
    const [one] = (await dispatchesOf(house.database.db, key)).filter(({ state }) => state === 'rejected');
    await house.database.pool.query(`update dispatch set wms = 'shipstation' where id = ?`, [one?.id]);
    const say = (wms?: string) =>
      resolveDispatch(house.deps, key, 'not-received', {
        by: 'kim',
        reason: 'mended',
        ...(wms === undefined ? {} : { wms }),
      });
    const which = await say();
    expect(which).toMatchObject({ done: false, says: expect.stringContaining('say of which WMS') });
    expect((await say('shipstation')).says).not.toContain('say of which WMS');
  });
});
