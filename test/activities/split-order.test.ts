import { cancelOrder } from '../../activities/cancel-order';
import { dispatchOrder } from '../../activities/dispatch-order';
import { holdOrder } from '../../activities/hold-order';
import { recordSale } from '../../activities/record-sale';
import { splitOrder } from '../../activities/split-order';
import { syncStock } from '../../activities/sync-stock';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder, linesOf } from '../../db/queries/orders';
import { pendingUploads } from '../../db/queries/shipments';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type Sold, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: '있는 것부터' };
const SHORT = { stage: 'matched', waiting: 'shortage' };
const SENT = { stage: 'dispatched', waiting: 'shipment' };

describe('an order that a person splits', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand', { 'I-A': 3, 'I-B': 0 });
    await syncStock(shop.deps, wms.id);
  });
  afterAll(() => shop.close());

  const db = () => shop.database.db;
  const order = (...lines: [Sold, number][]) => shop.order({ wms: wms.id, lines });
  const send = (key: string) => dispatchOrder(shop.deps, key);
  const split = (key: string, lines?: { line: string; quantity: number }[]) =>
    splitOrder(shop.deps, key, lines === undefined ? KIM : { ...KIM, lines });
  const live = async (key: string) =>
    (await dispatchesOf(db(), key)).map(({ state }) => state).filter((state) => state !== 'cancelled');
  const sentItems = () => [...wms.orders.values()].map(({ open }) => Object.fromEntries(open));

  it('ships what is there now and the rest when it comes, each unit once', async () => {
    const key = await order(['A', 2], ['B', 2], ['A2', 1]);
    await expect(send(key)).resolves.toEqual(SHORT);
    await expect(split(key)).resolves.toEqual({ done: true, says: '2 units go now, 3 later' });
    expect((await linesOf(db(), key)).map((line) => line.dispatchedQuantity)).toEqual([2, 2, 1]);
    await expect(send(key)).resolves.toEqual(SHORT);
    expect(sentItems()).toEqual([{ 'I-A': 2 }]);
    expect((await live(key)).toSorted()).toEqual(['accepted', 'ready']);
    expect(await findOrder(db(), key)).toMatchObject(SHORT);
    wms.deliver('I-A', 5);
    wms.deliver('I-B', 5);
    await syncStock(shop.deps, wms.id);
    await expect(send(key)).resolves.toEqual(SENT);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'dispatched', waiting: null });
    expect(sentItems()).toEqual([{ 'I-A': 2 }, { 'I-A': 2, 'I-B': 2 }]);
    expect(await auditOf(db(), key)).toMatchObject([
      { action: 'order.split', actor: 'kim', reason: KIM.reason },
    ]);
  });

  it('is booked and told parcel by parcel, and done when all of it has shipped', async () => {
    const key = await order(['A', 2], ['B', 1]);
    await send(key);
    await split(key);
    await send(key);
    wms.shipAll();
    await watchShipments(shop.deps, wms.id);
    expect(shop.journeys.nudges).toContainEqual({ orderKey: key, signal: 'shipped' });
    await expect(send(key)).resolves.toEqual({ stage: 'dispatched' });
    await expect(recordSale(shop.deps, key)).resolves.toEqual({ stage: 'booked' });
    await told(key);
    await expect(uploadTracking(shop.deps, key)).resolves.toEqual({ stage: 'matched' });
    await expect(send(key)).resolves.toEqual(SHORT);
    wms.deliver('I-B', 1);
    await syncStock(shop.deps, wms.id);
    await expect(send(key)).resolves.toEqual(SENT);
    wms.shipAll();
    await watchShipments(shop.deps, wms.id);
    await recordSale(shop.deps, key);
    await told(key);
    await expect(uploadTracking(shop.deps, key)).resolves.toEqual({ stage: 'done' });
  });

  it('goes by the lines and units that the person names', async () => {
    const key = await order(['A', 2], ['B', 2]);
    await expect(split(key, [{ line: '1', quantity: 1 }])).resolves.toEqual({
      done: true,
      says: '1 units go now, 3 later',
    });
    await expect(send(key)).resolves.toEqual(SHORT);
    expect(sentItems()).toEqual([{ 'I-A': 1 }]);
    await expect(split(key, [{ line: '1', quantity: 1 }])).resolves.toMatchObject({ done: true });
    await send(key);
    expect(sentItems()).toEqual([{ 'I-A': 1 }, { 'I-A': 1 }]);
    expect((await linesOf(db(), key)).map((line) => line.dispatchedQuantity)).toEqual([2, 2]);
  });

  it.each([
    ['a line that it has not', [{ line: '9', quantity: 1 }], 'No line 9'],
    ['more units than it has', [{ line: '1', quantity: 3 }], 'Only 2 units of line 1'],
    [
      'more units than it has, in two words',
      [
        { line: '1', quantity: 2 },
        { line: '1', quantity: 1 },
      ],
      'Only 2 units of line 1',
    ],
    [
      'all of it',
      [
        { line: '1', quantity: 2 },
        { line: '2', quantity: 2 },
      ],
      'That is all of it',
    ],
  ])('stays whole when the person names %s', async (_, lines, why) => {
    const key = await order(['A', 2], ['B', 2]);
    const answer = await split(key, lines);
    expect(answer).toMatchObject({ done: false });
    expect(answer.says).toContain(why);
    expect(await live(key)).toEqual(['ready']);
  });

  it('stays whole when nothing of it is there, nothing waits, or it is on hold', async () => {
    const [none, sent, held] = [await order(['B', 2]), await order(['A', 1]), await order(['B', 1])];
    await send(none);
    await expect(split(none)).resolves.toMatchObject({ done: false, says: 'Nothing of it could go now' });
    await expect(split(sent)).resolves.toMatchObject({ done: false });
    await send(sent);
    await expect(split(sent)).resolves.toMatchObject({ done: false, says: 'Nothing of it waits to be sent' });
    await holdOrder(shop.deps, held, KIM);
    await expect(split(held)).resolves.toMatchObject({ done: false });
    await expect(split('kakao/none')).resolves.toMatchObject({ done: false });
  });

  it('takes nothing that an older order waits for', async () => {
    const older = await shop.order({ wms: wms.id, lines: [['A', 5]], age: 9 });
    await expect(send(older)).resolves.toEqual(SHORT);
    const key = await order(['A', 1], ['B', 1]);
    await expect(send(key)).resolves.toEqual(SHORT);
    await expect(split(key)).resolves.toMatchObject({ done: false, says: 'Nothing of it could go now' });
  });

  it('loses what was not sent when it is cancelled, and goes on with what has shipped', async () => {
    const key = await order(['A', 2], ['B', 1]);
    await send(key);
    await split(key);
    await send(key);
    wms.shipAll();
    await expect(cancelOrder(shop.deps, key, KIM)).resolves.toMatchObject({ done: false });
    expect(await live(key)).toEqual(['accepted']);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'dispatched', waiting: null });
    await watchShipments(shop.deps, wms.id);
    await expect(recordSale(shop.deps, key)).resolves.toEqual({ stage: 'booked' });
    await told(key);
    await expect(uploadTracking(shop.deps, key)).resolves.toEqual({ stage: 'done' });
  });

  it('is cancelled whole while nothing has shipped', async () => {
    const key = await order(['A', 2], ['B', 1]);
    await send(key);
    await split(key);
    await send(key);
    await expect(cancelOrder(shop.deps, key, KIM)).resolves.toMatchObject({ done: true });
    expect(await live(key)).toEqual([]);
    expect((await linesOf(db(), key)).map((line) => line.dispatchedQuantity)).toEqual([0, 0]);
    const [rows] = await shop.database.pool.query('SELECT sum(allocated) AS n FROM stock WHERE wms = ?', [
      wms.id,
    ]);
    expect(Number((rows as { n: string }[])[0]?.n)).toBe(0);
  });

  /** There is no source here that could be told. */
  async function told(key: string): Promise<void> {
    expect(await pendingUploads(db(), key)).not.toEqual([]);
    await shop.database.pool.query("UPDATE tracking_upload SET state = 'done' WHERE order_key = ?", [key]);
  }
});
