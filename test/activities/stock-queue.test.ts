import { cancelOrder } from '../../activities/cancel-order';
import { dispatchOrder } from '../../activities/dispatch-order';
import { holdOrder } from '../../activities/hold-order';
import { sweepOrders } from '../../activities/sweep-orders';
import { syncStock } from '../../activities/sync-stock';
import { ordersThatFindStock, queueFor } from '../../db/queries/stock-queue';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type Sold, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: 'test' };
const SHORT = { stage: 'matched', waiting: 'shortage' };
const SENT = { stage: 'dispatched', waiting: 'shipment' };

describe('orders that are short of stock', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand');
    await sync();
    shop.journeys.nudges.length = 0;
  });
  afterAll(() => shop.close());

  const sync = () => syncStock(shop.deps, wms.id);
  const order = (age: number, ...lines: [Sold, number][]) => shop.order({ wms: wms.id, lines, age });
  const send = (key: string) => dispatchOrder(shop.deps, key);
  /** Of this test's warehouse. */
  const here = (keys: readonly string[]) => keys.filter((key) => key.startsWith(`${wms.id}/`));
  const nudged = () => here(shop.journeys.nudges.splice(0).map(({ orderKey }) => orderKey));
  async function short(age: number, ...lines: [Sold, number][]): Promise<string> {
    const key = await order(age, ...lines);
    await expect(send(key)).resolves.toEqual(SHORT);
    return key;
  }
  async function delivered(pieces: number): Promise<void> {
    wms.deliver('I-A', pieces);
    await sync();
  }

  it('go on in the order of their age when stock comes, however they came to wait', async () => {
    const middle = await short(5, ['A', 3]);
    const youngest = await short(1, ['A', 2]);
    const oldest = await short(9, ['A', 1]);
    await delivered(4);
    expect(nudged()).toEqual([oldest, middle]);
    // Whoever asks first: what is there is for those before.
    await expect(send(youngest)).resolves.toEqual(SHORT);
    await expect(send(middle)).resolves.toEqual(SENT);
    await expect(send(oldest)).resolves.toEqual(SENT);
    await delivered(2);
    expect(nudged()).toEqual([youngest]);
    await expect(send(youngest)).resolves.toEqual(SENT);
  });

  it('lose nothing to a newer order that comes in the moment in which the stock does', async () => {
    const older = await short(5, ['A2', 2]);
    await delivered(4);
    const newer = await order(1, ['A', 1]);
    await expect(send(newer)).resolves.toEqual(SHORT);
    expect((await tasksOfOrder(shop.database.db, newer))[0]?.reason).toBe(
      'Short of I-A × 1: older orders wait for what there is',
    );
    await expect(send(older)).resolves.toEqual(SENT);
    const [first, second] = await Promise.all([send(newer), order(0, ['B', 1]).then(send)]);
    expect([first, second]).toEqual([SHORT, SHORT]);
  });

  it('leave to a newer order what is more than they need, and what they never lacked', async () => {
    wms.deliver('I-B', 1);
    await sync();
    await short(5, ['AB', 1]);
    await expect(order(1, ['B', 1]).then(send)).resolves.toEqual(SENT);
    await delivered(2);
    await expect(order(1, ['A', 1]).then(send)).resolves.toEqual(SENT);
    await expect(order(1, ['A', 1]).then(send)).resolves.toEqual(SHORT);
  });

  it('do not let an older order pass that comes later than they do', async () => {
    await short(1, ['A', 2]);
    await delivered(2);
    await expect(order(9, ['A', 1]).then(send)).resolves.toEqual(SENT);
  });

  it('do not wait for one before them that is held or cancelled', async () => {
    const held = await short(9, ['A', 2]);
    const cancelled = await short(8, ['A', 2]);
    const waiting = await short(1, ['A', 2]);
    await delivered(2);
    expect(nudged()).toEqual([held]);
    await holdOrder(shop.deps, held, KIM);
    expect(here(await ordersThatFindStock(shop.database.db, 100))).toEqual([cancelled]);
    await cancelOrder(shop.deps, cancelled, KIM);
    expect(nudged()).toEqual([waiting]);
    await expect(send(waiting)).resolves.toEqual(SENT);
  });

  it('go on with what another order gave back, also when the nudge was lost', async () => {
    await delivered(2);
    const first = await order(9, ['A2', 1]);
    await expect(send(first)).resolves.toEqual(SENT);
    const waiting = await short(5, ['A', 2]);
    await cancelOrder(shop.deps, first, KIM);
    expect(nudged()).toEqual([waiting]);
    await sweepOrders(shop.deps);
    expect(nudged()).toContain(waiting);
    await expect(send(waiting)).resolves.toEqual(SENT);
  });

  it('wait in line though the WMS has never told of the item, and are asked for by who looks', async () => {
    const strange = await shop.warehouse('on-hand');
    const key = await shop.order({ wms: strange.id, lines: [['A', 1]], age: 3 });
    await expect(send(key)).resolves.toEqual(SHORT);
    await expect(queueFor(shop.database.db, strange.id, 'I-A')).resolves.toMatchObject([
      { orderKey: key, quantity: 1 },
    ]);
    strange.deliver('I-A', 1);
    await syncStock(shop.deps, strange.id);
    await expect(shop.order({ wms: strange.id, lines: [['A', 1]] }).then(send)).resolves.toEqual(SHORT);
    await expect(send(key)).resolves.toEqual(SENT);
  });

  it('are out of the way once the next count has seen them go', async () => {
    const key = await short(3, ['A', 1]);
    await delivered(1);
    await send(key);
    await sync();
    const [rows] = await shop.database.pool.query('SELECT awaited FROM stock WHERE wms = ?', [wms.id]);
    expect((rows as { awaited: number }[]).every(({ awaited }) => awaited === 0)).toBe(true);
  });
});
