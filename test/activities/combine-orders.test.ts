import { cancelOrder } from '../../activities/cancel-order';
import { combineOrders } from '../../activities/combine-orders';
import { dispatchOrder, tryDispatchOrder } from '../../activities/dispatch-order';
import { erasePersonalData } from '../../activities/erase-personal-data';
import { holdOrder, releaseOrder } from '../../activities/hold-order';
import { moveOrder } from '../../activities/move-order';
import { recordSale } from '../../activities/record-sale';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { separateOrder } from '../../activities/separate-order';
import { splitOrder } from '../../activities/split-order';
import { syncStock } from '../../activities/sync-stock';
import { watchShipments } from '../../activities/watch-shipments';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf, ordersIn } from '../../db/queries/dispatches';
import { countOrdersOpenAt, ordersOpenAt } from '../../db/queries/open-dispatches';
import { findOrder, linesOf } from '../../db/queries/orders';
import { insertBan } from '../../db/queries/packing';
import { receiversOf } from '../../db/queries/receivers';
import { salesOf } from '../../db/queries/sales';
import { pendingUploads } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { connection } from '../../db/schema';
import { isOver } from '../../domain/dispatch-protocol';
import type { Recipient } from '../../domain/order';
import { eventually } from '../support/eventually';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type Sold, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: '한 상자로' };
const SENT = { stage: 'dispatched', waiting: 'shipment' };

describe('orders that a person packs together', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand', { 'I-A': 20, 'I-B': 20 });
    await syncStock(shop.deps, wms.id);
  });
  afterAll(() => shop.close());

  const db = () => shop.database.db;
  const order = (lines: [Sold, number][], to: Partial<Recipient> = {}) =>
    shop.order({ wms: wms.id, lines, to });
  const two = async () => [await order([['A', 1]]), await order([['AB', 2]])] as [string, string];
  const send = (key: string) => dispatchOrder(shop.deps, key);
  const combine = (key: string, ...others: string[]) =>
    combineOrders(shop.deps, key, { ...KIM, with: others });
  const separate = (key: string) => separateOrder(shop.deps, key, KIM);
  const cancel = (key: string) => cancelOrder(shop.deps, key, KIM);
  const live = async (key: string) => (await dispatchesOf(db(), key)).filter(({ state }) => !isOver(state));
  const packed = async (key: string) =>
    Promise.all(
      (await live(key)).map(async ({ id, state }) => [state, ...(await ordersIn(db(), id)).toSorted()]),
    );
  /** What the WMS has: its orders that are not cancelled. */
  const there = () =>
    [...wms.orders.values()]
      .filter(({ state }) => state !== 'cancelled')
      .map(({ open }) => Object.fromEntries(open));
  const together = async (...lines: [Sold, number][][]) => {
    const keys: string[] = [];
    for (const one of lines) keys.push(await order(one));
    const [first = '', ...others] = keys;
    await expect(combine(first, ...others)).resolves.toMatchObject({ done: true });
    return keys as [string, string, ...string[]];
  };
  const units = async (key: string) => (await linesOf(db(), key)).map((line) => line.dispatchedQuantity);

  it('are one order at the WMS, told to both, and each has its own sale', async () => {
    const [a, b] = await together([['A', 1]], [['AB', 2]]);
    await expect(send(b)).resolves.toEqual(SENT);
    await expect(send(a)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-A': 3, 'I-B': 2 }]);
    expect((await live(a))[0]?.request?.['orderNumbers']).toEqual([a, b].map((key) => key.split('/')[1]));
    wms.shipAll();
    await watchShipments(shop.deps, wms.id);
    for (const key of [a, b]) {
      expect(shop.journeys.nudges).toContainEqual({ orderKey: key, signal: 'shipped' });
      await expect(recordSale(shop.deps, key)).resolves.toEqual({ stage: 'booked' });
      expect(await pendingUploads(db(), key)).toMatchObject([{ recordId: key }]);
    }
    const sold = async (key: string) =>
      Object.fromEntries(
        (await salesOf(db(), key)).map(({ itemCode, quantity, amount }) => [itemCode, [quantity, amount]]),
      );
    expect(await sold(a)).toEqual({ 'I-A': [1, 1_000n] });
    expect(await sold(b)).toEqual({ 'I-A': [2, 500n], 'I-B': [2, 500n] });
    expect(await auditOf(db(), b)).toMatchObject([
      { action: 'order.combine', actor: 'kim', detail: { with: [a] } },
    ]);
  });

  it('are found packed already, once they are', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await expect(combine(b, a)).resolves.toEqual({ done: true, says: 'They go together already' });
    const third = await order([['B', 1]]);
    await expect(combine(third, b)).resolves.toMatchObject({ done: true, says: '3 orders go together' });
    expect(await packed(a)).toEqual([['ready', ...[a, b, third].toSorted()]]);
  });

  it.each([
    ['the phone differs', { phone: '010-1234-5678' }, { phone: '010-9999-5678' }, true],
    ['a word of the address differs', {}, { address: '서울' }, true],
    ['the name is quite another', {}, { name: '박바다' }, false],
  ])('may differ a little: where %s', async (_, one, other, done) => {
    const [a, b] = [await order([['A', 1]], one), await order([['A', 1]], other)];
    await expect(combine(a, b)).resolves.toMatchObject({ done });
  });

  it('are not packed while one is on hold, sent, cancelled or kept apart by a rule', async () => {
    const [a, held, sent, gone] = [
      await order([['A', 1]]),
      await order([['A', 1]]),
      await order([['A', 1]]),
      await order([['A', 1]]),
    ];
    await holdOrder(shop.deps, held, KIM);
    await send(sent);
    await cancel(gone);
    for (const other of [held, sent, gone, 'kakao/none'])
      await expect(combine(a, other)).resolves.toMatchObject({ done: false });
    await expect(combine(a)).resolves.toMatchObject({ done: false });
    const other = await order([['B', 1]]);
    await insertBan(db(), {
      channel: wms.id,
      itemCode: 'I-B',
      configuration: '',
      reason: '유리',
      madeBy: 'kim',
    });
    const answer = await combine(a, other);
    expect(answer.done).toBe(false);
    expect(answer.says).toContain('유리');
    expect(await packed(a)).toEqual([['ready', a]]);
  });

  it('go apart again before the claim, and not after it', async () => {
    const [a, b, c] = await together([['A', 1]], [['B', 1]], [['AB', 1]]);
    await expect(separate(b)).resolves.toEqual({ done: true, says: 'It goes by itself' });
    await send(b);
    await send(a);
    await expect(separate(c ?? '')).resolves.toMatchObject({ done: false });
    await expect(separate(b)).resolves.toMatchObject({
      done: false,
      says: 'It is packed with no other order',
    });
    expect(there()).toEqual([{ 'I-B': 1 }, { 'I-A': 2, 'I-B': 1 }]);
  });

  it('go on without the one that is held, which goes by itself later', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await holdOrder(shop.deps, a, KIM);
    expect([await packed(a), await packed(b)]).toEqual([[['held', a]], [['ready', b]]]);
    await expect(send(b)).resolves.toEqual(SENT);
    await releaseOrder(shop.deps, a, KIM);
    await expect(send(a)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-B': 1 }, { 'I-A': 1 }]);
  });

  it('go on without the one that is cancelled before they are sent', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await expect(cancel(a)).resolves.toMatchObject({ done: true });
    await expect(send(b)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-B': 1 }]);
    expect([await units(a), await units(b)]).toEqual([[0], [1]]);
  });

  it('go out anew without the one that the WMS has stopped them for', async () => {
    const [a, b, c] = await together([['A', 1]], [['B', 1]], [['AB', 1]]);
    await send(a);
    await expect(cancel(a)).resolves.toMatchObject({ done: true, says: 'It is cancelled' });
    for (const key of [b, c ?? '']) {
      expect(await findOrder(db(), key)).toMatchObject({ stage: 'matched', waiting: null });
      expect(shop.journeys.nudges).toContainEqual({ orderKey: key, signal: 'changed' });
    }
    expect(await live(b)).toMatchObject([{ state: 'ready', generation: 3 }]);
    await expect(send(b)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-A': 1, 'I-B': 2 }]);
    expect(await findOrder(db(), a)).toMatchObject({ stage: 'cancelled' });
  });

  it('all ship where it is too late to stop one', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await send(a);
    wms.shipAll();
    await expect(cancel(a)).resolves.toMatchObject({ done: false, says: 'Too late: the WMS ships it' });
    await watchShipments(shop.deps, wms.id);
    for (const key of [a, b]) await expect(recordSale(shop.deps, key)).resolves.toEqual({ stage: 'booked' });
  });

  it('stay where they are while nobody knows whether the WMS has stopped them', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await send(a);
    wms.cancelFault = 'lost';
    await expect(cancel(a)).resolves.toMatchObject({ done: false });
    expect(await findOrder(db(), a)).toMatchObject({ waiting: 'cancel_unknown' });
    expect(await findOrder(db(), b)).toMatchObject({ stage: 'dispatched', waiting: null });
    expect(await packed(b)).toEqual([['cancel_unknown', a, b]]);
    await expect(resolveDispatch(shop.deps, b, 'cancelled', KIM)).resolves.toMatchObject({ done: false });
    await expect(cancel(a)).resolves.toMatchObject({ done: true });
    expect(await packed(b)).toEqual([['ready', b]]);
  });

  it('and one that was not stopped in time does not get lost when another is', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await send(a);
    const [dispatch] = await live(a);
    const wmsOrder = wms.orders.get(dispatch?.code ?? '');
    // It was picked, then put back.
    if (wmsOrder !== undefined) wmsOrder.state = 'shipped';
    await expect(cancel(a)).resolves.toMatchObject({ done: false });
    if (wmsOrder !== undefined) wmsOrder.state = 'open';
    await expect(cancel(b)).resolves.toMatchObject({ done: true });
    expect(await packed(a)).toEqual([['ready', a]]);
    await expect(send(a)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-A': 1 }]);
  });

  it('are both cancelled where both are asked for at once', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await send(a);
    await Promise.all([cancel(a), cancel(b)]);
    for (const key of [a, b]) await cancel(key);
    expect(await live(a)).toEqual([]);
    expect(await live(b)).toEqual([]);
    expect(there()).toEqual([]);
    for (const key of [a, b])
      expect(await findOrder(db(), key)).toMatchObject({ stage: 'cancelled', waiting: null });
  });

  describe('at a WMS that one is to leave for another', () => {
    let other: ModelWarehouse;
    beforeEach(async () => {
      other = await shop.warehouse('on-hand', { 'I-A': 5, 'I-B': 5 });
      await syncStock(shop.deps, other.id);
      await db()
        .insert(connection)
        .values({ id: other.id, kind: 'wms', adapter: 'model', settings: {}, secrets: {} });
    });
    const thereToo = () => [...other.orders.values()].map(({ open }) => Object.fromEntries(open));
    /** Once no request of its last sender can arrive any more. */
    const move = (key: string) =>
      eventually(() => moveOrder(shop.deps, key, { ...KIM, to: other.id }), { withinMs: 10_000 });

    it('go two ways', async () => {
      const [a, b] = await together([['A', 1]], [['B', 1]]);
      await send(a);
      await expect(move(a)).resolves.toMatchObject({ done: true });
      for (const key of [a, b]) await send(key);
      expect([there(), thereToo()]).toEqual([[{ 'I-B': 1 }], [{ 'I-A': 1 }]]);
      expect((await auditOf(db(), a)).filter(({ action }) => action === 'order.move')).toMatchObject([
        { detail: { from: wms.id, to: other.id, outcome: 'moved' } },
      ]);
    });

    it('are each counted as open there, and all go when all of it is moved', async () => {
      const keys = await together([['A', 1]], [['B', 1]]);
      await send(keys[0]);
      expect((await ordersOpenAt(db(), wms.id)).toSorted()).toEqual(keys.toSorted());
      expect(await countOrdersOpenAt(db(), wms.id)).toBe(2);
      for (const key of await ordersOpenAt(db(), wms.id))
        await expect(move(key)).resolves.toMatchObject({ done: true });
      for (const key of keys) await send(key);
      expect(there()).toEqual([]);
      expect(thereToo().reduce((sum, pieces) => ({ ...sum, ...pieces }), {})).toEqual({ 'I-A': 1, 'I-B': 1 });
    });

    it('go there though another’s cancellation is what the WMS confirms', async () => {
      const [a, b] = await together([['A', 1]], [['B', 1]]);
      await send(a);
      wms.cancelFault = 'lost';
      await expect(move(a)).resolves.toMatchObject({ done: false });
      await expect(cancel(b)).resolves.toMatchObject({ done: true });
      await expect(move(a)).resolves.toMatchObject({ done: true });
      await expect(send(a)).resolves.toEqual(SENT);
      expect([there(), thereToo()]).toEqual([[], [{ 'I-A': 1 }]]);
    });

    it('go there before they were sent, and the other stays', async () => {
      const [a, b] = await together([['A', 1]], [['B', 1]]);
      await expect(move(a)).resolves.toMatchObject({ done: true });
      for (const key of [a, b]) await send(key);
      expect([there(), thereToo()]).toEqual([[{ 'I-B': 1 }], [{ 'I-A': 1 }]]);
    });
  });

  it('go anew together after the WMS has refused them, but for what was cancelled meanwhile', async () => {
    const [a, b, c] = await together([['A', 1]], [['B', 1]], [['AB', 1]]);
    wms.fault = 'refused';
    await expect(send(a)).resolves.toEqual({ stage: 'matched', waiting: 'rejected' });
    await expect(send(b)).resolves.toEqual({ stage: 'matched', waiting: 'rejected' });
    await cancel(c ?? '');
    expect(await findOrder(db(), b)).toMatchObject({ stage: 'matched', waiting: null });
    await expect(send(b)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-A': 1, 'I-B': 1 }]);
    const open = (await tasksOfOrder(db(), b)).filter(({ closedAt }) => closedAt === null);
    expect(open).toEqual([]);
  });

  it('keep what was sent until the last of them is erased, and no longer', async () => {
    const [a, b] = await together([['A', 1]], [['B', 1]]);
    await send(a);
    const end = (key: string) =>
      shop.database.pool.query(
        "UPDATE orders SET stage = 'done', updated_at = now(6) - interval 20 year WHERE order_key = ?",
        [key],
      );
    const recipientSent = async () => (await live(b))[0]?.request?.['recipient'];
    await end(a);
    await erasePersonalData(shop.deps);
    expect((await findOrder(db(), a))?.erasedAt).not.toBeNull();
    expect((await receiversOf(db(), [a, b])).has(a)).toBe(false);
    expect(await recipientSent()).toMatchObject({ name: '홍길동' });
    await end(b);
    await erasePersonalData(shop.deps);
    expect(await recipientSent()).toBeUndefined();
    expect((await receiversOf(db(), [a, b])).size).toBe(0);
  });

  it('are short together, summed per item, and go when there is enough for all', async () => {
    const [a, b] = await together([['A', 15]], [['A', 10]]);
    await expect(send(a)).resolves.toEqual({ stage: 'matched', waiting: 'shortage' });
    await expect(send(b)).resolves.toEqual({ stage: 'matched', waiting: 'shortage' });
    await expect(separate(b)).resolves.toMatchObject({ done: true });
    await expect(send(a)).resolves.toEqual(SENT);
    expect(there()).toEqual([{ 'I-A': 15 }]);
  });

  it('may be a part of one that was split, and the rest of that goes by itself', async () => {
    const [a, b] = await two();
    await splitOrder(shop.deps, b, { ...KIM, lines: [{ line: '1', quantity: 1 }] });
    await expect(combine(a, b)).resolves.toMatchObject({ done: true });
    await tryDispatchOrder(shop.deps, b);
    await send(a);
    expect(
      there().toSorted(
        (x, y) => Object.keys(x).length - Object.keys(y).length || (x['I-A'] ?? 0) - (y['I-A'] ?? 0),
      ),
    ).toEqual([
      { 'I-A': 1, 'I-B': 1 },
      { 'I-A': 2, 'I-B': 1 },
    ]);
    expect([await units(a), await units(b)]).toEqual([[1], [2]]);
  });

  it('are taken apart by a split of one of them', async () => {
    const [a, b] = await together([['A', 2]], [['B', 1]]);
    await expect(
      splitOrder(shop.deps, a, { ...KIM, lines: [{ line: '1', quantity: 1 }] }),
    ).resolves.toMatchObject({ done: true });
    for (const key of [a, b]) await send(key);
    expect(there()).toHaveLength(3);
  });
});
