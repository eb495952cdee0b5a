import { cancelOrder } from '../../activities/cancel-order';
import { recordSale } from '../../activities/record-sale';
import { recordShipment } from '../../activities/record-shipment';
import { sweepOrders } from '../../activities/sweep-orders';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { type AtTheWms, atTheWms, inTwo } from './parcels';
import { quietFor } from './quiet-for';

const NEVER_MS = 3_600_000;
const BY_KIM = { by: 'kim', reason: 'the customer called' };

/** ShipStation tells each parcel's items; Sabangnet Fulfillment tells them where an order was split. */
describe.each([
  ['ShipStation', 'shipstation', CONNECTIONS.secondWms],
  ['Sabangnet Fulfillment', 'fulfillment', CONNECTIONS.wms],
] as const)('an order that %s ships in parts', (_, standIn, wms) => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    await house.admin('shipstation', 'PUT', '/settings', { callsPerMinute: 0 });
    keys = await house.matchedOrders(120, 4_911);
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  /** The sandbox sends the orders of one channel to ShipStation. */
  async function isFor(key: string): Promise<boolean> {
    const order = await findOrder(db(), key);
    return (order?.channel === 'kakao') === (wms === CONNECTIONS.secondWms);
  }
  async function next(): Promise<AtTheWms> {
    for (;;) {
      const key = keys.pop();
      if (key === undefined) throw new Error('no order is left');
      if (!(await isFor(key))) continue;
      const order = await atTheWms(house, key);
      if (pieces(order.items) > 1) return order;
    }
  }
  const ship = (order: AtTheWms, items?: AtTheWms['items']) =>
    house.admin(standIn, 'POST', '/ship', { code: order.code, ...(items === undefined ? {} : { items }) });
  const look = () => watchShipments(house.deps, wms);
  const dispatch = async (key: string) => (await dispatchesOf(db(), key))[0];
  /** As its journey does, nudge for nudge. */
  async function goOn(key: string) {
    await recordSale(house.deps, key);
    return uploadTracking(house.deps, key);
  }
  const soldPieces = async (key: string) =>
    (await salesOf(db(), key))
      .filter((entry) => entry.kind === 'sale')
      .reduce((sum, entry) => sum + entry.quantity, 0);
  const pieces = (items: AtTheWms['items']) => items.reduce((sum, item) => sum + item.quantity, 0);
  const allocated = async ({ dispatchId }: AtTheWms) => {
    const [rows] = await house.database.pool.query(
      'SELECT coalesce(sum(quantity - shipped_quantity), 0) AS held FROM allocation WHERE dispatch_id = ? AND NOT released',
      [dispatchId],
    );
    return Number((rows as { held: string }[])[0]?.held);
  };

  it('is done when the last parcel is, and each parcel is booked and told by itself', async () => {
    const order = await next();
    await house.admin(standIn, 'PUT', '/settings', { parcelsPerOrder: 2 });
    const [first, rest] = inTwo(order);
    await ship(order, first);
    await look();
    if (wms === CONNECTIONS.secondWms) {
      expect(await goOn(order.key)).toEqual({ stage: 'dispatched', waiting: 'shipment' });
      expect(await soldPieces(order.key)).toBe(1);
      expect((await shipmentsOf(db(), order.key)).map((parcel) => parcel.upload)).toEqual(['done']);
    }
    await ship(order, rest);
    await look();
    expect(await goOn(order.key)).toEqual({ stage: 'done' });
    expect(await soldPieces(order.key)).toBe(pieces(order.items));
    const parcels = await shipmentsOf(db(), order.key);
    expect(parcels.map((parcel) => parcel.upload)).toEqual(['done', 'done']);
    expect(new Set(parcels.map((parcel) => parcel.trackingNumber)).size).toBe(2);
    expect(await tasksOfOrder(db(), order.key)).toEqual([]);
    expect(await allocated(order)).toBe(0);
  });

  it('and whose rest is cancelled ends with what shipped: its sale, and the stock of the rest is free', async () => {
    const order = await next();
    const [first] = inTwo(order);
    await ship(order, first);
    const answer = await cancelOrder(house.deps, order.key, BY_KIM);
    expect(answer).toEqual({ done: true, says: 'The rest is cancelled, a part had shipped' });
    expect(await dispatch(order.key)).toMatchObject({ state: 'shipped' });
    expect((await dispatch(order.key))?.problem).toContain('which the WMS gave up');
    expect(await goOn(order.key)).toEqual({ stage: 'done' });
    expect(await soldPieces(order.key)).toBe(1);
    expect(await allocated(order)).toBe(0);
    // Asked again, nothing changes.
    await look();
    expect(await soldPieces(order.key)).toBe(1);
    expect((await tasksOfOrder(db(), order.key)).filter((task) => task.openKey !== null)).toEqual([]);
  });

  it('and whose rest the warehouse gives up ends by itself', async () => {
    const order = await next();
    const [first] = inTwo(order);
    await ship(order, first);
    await look();
    await house.admin(standIn, 'POST', '/cancel', { code: order.code });
    house.journeys.nudges.length = 0;
    await eventually(async () => {
      await look();
      expect(await dispatch(order.key)).toMatchObject({ state: 'shipped' });
    });
    expect(house.journeys.nudges).toContainEqual({ orderKey: order.key, signal: 'shipped' });
    expect(await goOn(order.key)).toEqual({ stage: 'done' });
    expect(await soldPieces(order.key)).toBe(1);
    expect(await allocated(order)).toBe(0);
  });

  it('and whose rest leaves after all, is booked and told in full', async () => {
    const order = await next();
    const [first, rest] = inTwo(order);
    await ship(order, first);
    await cancelOrder(house.deps, order.key, BY_KIM);
    expect(await goOn(order.key)).toEqual({ stage: 'done' });
    await recordShipment(house.database, wms, order.parcel({ items: rest }));
    expect(await findOrder(db(), order.key)).toMatchObject({ stage: 'dispatched' });
    // Its journey is over, and its name is taken.
    await quietFor(house, 90);
    await sweepOrders({ ...house.deps, journeys: { start: async () => false, nudge: async () => false } });
    expect(await findOrder(db(), order.key)).toMatchObject({ stage: 'done' });
    expect(await soldPieces(order.key)).toBe(pieces(order.items));
  });

  it('leaves in as many parcels as the stand-in is set to', async () => {
    const order = await next();
    await house.admin(standIn, 'PUT', '/settings', { shipAfterMs: 0, parcelsPerOrder: 2 });
    await eventually(async () => {
      await look();
      expect(await dispatch(order.key)).toMatchObject({ state: 'shipped' });
    });
    expect(await shipmentsOf(db(), order.key)).toHaveLength(2);
    expect(await goOn(order.key)).toEqual({ stage: 'done' });
    expect(await tasksOfOrder(db(), order.key)).toEqual([]);
    await house.admin(standIn, 'PUT', '/settings', { shipAfterMs: NEVER_MS });
  });
});
