import { dispatchOrder } from '../../activities/dispatch-order';
import { holdOrder, releaseOrder } from '../../activities/hold-order';
import { sweepOrders } from '../../activities/sweep-orders';
import { syncStock } from '../../activities/sync-stock';
import { addHold, removeHold } from '../../client/use-cases/holds';
import { dispatchesOf } from '../../db/queries/dispatches';
import { listRules, type NewRule } from '../../db/queries/hold-rules';
import { findOrder } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type Sold, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: '확인했음' };
const HELD = { stage: 'matched', waiting: 'held' };
const SENT = { stage: 'dispatched', waiting: 'shipment' };

describe('a rule for holding orders', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand', { 'I-A': 100, 'I-B': 100 });
    await syncStock(shop.deps, wms.id);
  });
  afterEach(() => shop.database.pool.query('UPDATE hold_rule SET valid_from = made_at, valid_to = made_at'));
  afterAll(() => shop.close());

  const order = (...lines: [Sold, number][]) => shop.order({ wms: wms.id, lines });
  const send = (key: string) => dispatchOrder(shop.deps, key);
  const rule = (given: Partial<NewRule> = {}) =>
    addHold(shop.database, {
      channel: wms.id,
      itemCode: '',
      quantity: 1,
      reason: '대량 주문 확인',
      madeBy: 'lee',
      ...given,
    });
  const allocated = async () => {
    const [rows] = await shop.database.pool.query('SELECT sum(allocated) AS n FROM stock WHERE wms = ?', [
      wms.id,
    ]);
    return Number((rows as { n: string }[])[0]?.n);
  };

  it('keeps an order in the house with its reason, and a person lets it go on', async () => {
    await rule();
    const key = await order(['A', 1]);
    await expect(send(key)).resolves.toEqual(HELD);
    expect((await tasksOfOrder(shop.database.db, key)).map((task) => [task.kind, task.reason])).toEqual([
      ['held', '대량 주문 확인'],
    ]);
    expect(wms.orders.size).toBe(0);
    expect(await allocated()).toBe(0);
    await expect(releaseOrder(shop.deps, key, KIM)).resolves.toMatchObject({ done: true });
    await expect(send(key)).resolves.toEqual(SENT);
  });

  it('counts the pieces of an item over all lines and bundles', async () => {
    await rule({ itemCode: 'I-A', quantity: 4 });
    await expect(order(['A', 3], ['B', 9]).then(send)).resolves.toEqual(SENT);
    await expect(order(['A', 1], ['A2', 1], ['AB', 1]).then(send)).resolves.toEqual(HELD);
  });

  it('counts all pieces together where it names no item, and holds its channel only', async () => {
    await rule({ quantity: 4 });
    await expect(order(['A', 1], ['B', 2]).then(send)).resolves.toEqual(SENT);
    await expect(order(['A', 2], ['B', 2]).then(send)).resolves.toEqual(HELD);
    const other = await shop.warehouse('on-hand', { 'I-A': 100 });
    await syncStock(shop.deps, other.id);
    await expect(shop.order({ wms: other.id, lines: [['A', 9]] }).then(send)).resolves.toEqual(SENT);
  });

  it('holds between its beginning and its end, and lets its orders go on when it ends', async () => {
    await rule({ validFrom: new Date(Date.now() + 3_600_000) });
    await expect(order(['A', 1]).then(send)).resolves.toEqual(SENT);
    const id = await rule({ validTo: new Date(Date.now() + 3_600_000) });
    const [first, taken] = [await order(['A', 1]), await order(['A', 1])];
    await expect(send(first)).resolves.toEqual(HELD);
    await expect(send(taken)).resolves.toEqual(HELD);
    await expect(holdOrder(shop.deps, taken, { by: 'kim', reason: '내가 본다' })).resolves.toMatchObject({
      done: true,
    });
    await removeHold(shop.database, id, KIM);
    await sweepOrders(shop.deps);
    expect(shop.journeys.nudges).toContainEqual({ orderKey: first, signal: 'rematch' });
    await expect(send(first)).resolves.toEqual(SENT);
    // A person has taken this one over.
    await expect(send(taken)).resolves.toEqual(HELD);
    expect((await findOrder(shop.database.db, taken))?.heldReason).toBe('내가 본다');
  });

  it('that is made after a release holds again, and a rule that takes over from an ended one holds on', async () => {
    const id = await rule();
    const [released, kept] = [await order(['A', 1]), await order(['A', 1])];
    await send(released);
    await send(kept);
    await releaseOrder(shop.deps, released, KIM);
    await rule({ reason: '두 번째' });
    await expect(send(released)).resolves.toEqual(HELD);
    await removeHold(shop.database, id, KIM);
    await sweepOrders(shop.deps);
    await expect(send(kept)).resolves.toEqual(HELD);
    expect((await findOrder(shop.database.db, kept))?.heldReason).toBe('두 번째');
  });

  it('tells how many orders it holds, and ends once', async () => {
    const id = await rule({ reason: '셋' });
    await send(await order(['A', 1]));
    await expect(listRules(shop.database.db)).resolves.toMatchObject([{ id, reason: '셋', orders: 1 }]);
    await removeHold(shop.database, id, KIM);
    await expect(listRules(shop.database.db)).resolves.toEqual([]);
    await expect(removeHold(shop.database, id, KIM)).rejects.toThrow(`no rule ${id}`);
  });

  it('leaves alone what a WMS may have already', async () => {
    const key = await order(['A', 1]);
    await send(key);
    await rule();
    await expect(send(key)).resolves.toEqual(SENT);
    expect((await dispatchesOf(shop.database.db, key)).map(({ state }) => state)).toEqual(['accepted']);
  });
});
