import { cancelOrder } from '../../activities/cancel-order';
import { combineOrders } from '../../activities/combine-orders';
import { dispatchOrder, tryDispatchOrder } from '../../activities/dispatch-order';
import { WmsUnavailable } from '../../activities/failures';
import { sendNow } from '../../activities/send-now';
import { separateOrder } from '../../activities/separate-order';
import { syncStock } from '../../activities/sync-stock';
import { dispatchesOf, ordersIn } from '../../db/queries/dispatches';
import { linesOf } from '../../db/queries/orders';
import { insertBan, saveWindow } from '../../db/queries/packing';
import { isOver } from '../../domain/dispatch-protocol';
import type { Recipient } from '../../domain/order';
import { eventually } from '../support/eventually';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type StockShop } from '../support/stock-shop';

const KIM = { by: 'kim', reason: '한 상자로' };
const SENT = { stage: 'dispatched', waiting: 'shipment' };
const WAITS = { stage: 'matched', waiting: 'companions', forMs: expect.any(Number) };

describe('orders of one receiver within the window of their channel', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand', { 'I-A': 500, 'I-B': 500 });
    await syncStock(shop.deps, wms.id);
    await setWindow(10);
  });
  afterAll(() => shop.close());

  const db = () => shop.database.db;
  const setWindow = (minutes: number, limits = {}) =>
    saveWindow(db(), {
      channel: wms.id,
      minutes,
      mostOrders: null,
      mostPieces: null,
      ...limits,
      setBy: 'kim',
    });
  const order = (to: Partial<Recipient> = {}) => shop.order({ wms: wms.id, lines: [['A', 1]], to });
  const look = (key: string) => tryDispatchOrder(shop.deps, key);
  const groups = async (keys: readonly string[]) => {
    const ids = new Set<string>();
    for (const key of keys)
      for (const { id, state } of await dispatchesOf(db(), key)) if (!isOver(state)) ids.add(id);
    const members = await Promise.all([...ids].map(async (id) => (await ordersIn(db(), id)).toSorted()));
    return members.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  };
  const endWindow = () =>
    shop.database.pool.query('UPDATE dispatch SET packs_until = now(6) WHERE packs_until > now(6)');
  const send = (key: string) => dispatchOrder(shop.deps, key);

  it('wait, and go out in one dispatch when the window of the first ends', async () => {
    const keys = [await order(), await order(), await order({ name: '홍 길동', phone: '0504-1111-2222' })];
    for (const key of keys) await expect(look(key)).resolves.toEqual(WAITS);
    expect(await groups(keys)).toEqual([keys.toSorted()]);
    expect(wms.orders.size).toBe(0);
    await endWindow();
    for (const key of keys) await expect(send(key)).resolves.toEqual(SENT);
    expect([...wms.orders.values()].map(({ open }) => Object.fromEntries(open))).toEqual([{ 'I-A': 3 }]);
  });

  it('are found though they were read before anything was kept to find them by', async () => {
    const keys = [await order(), await order()];
    await shop.database.pool.query('DELETE FROM receiver WHERE order_key IN (?)', [keys]);
    for (const key of keys) await look(key);
    expect(await groups(keys)).toEqual([keys.toSorted()]);
  });

  it('are counted from the first: who comes later waits no longer than that', async () => {
    const first = await order();
    await look(first);
    await shop.database.pool.query(
      'UPDATE dispatch SET packs_until = now(6) + interval 60 second WHERE lead_order_key = ?',
      [first],
    );
    const { forMs = 0 } = await look(await order());
    expect(forMs).toBeGreaterThan(50_000);
    expect(forMs).toBeLessThanOrEqual(60_000);
  });

  it('find each other though all come at once', async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => order()));
    await Promise.all(keys.map(look));
    for (const key of keys) await look(key);
    expect(await groups(keys)).toEqual([keys.toSorted()]);
    for (const key of keys)
      expect((await linesOf(db(), key)).map((line) => line.dispatchedQuantity)).toEqual([1]);
  });

  it('go at once where a person says so, and are not waited for without a window', async () => {
    const [a, b] = [await order(), await order()];
    for (const key of [a, b]) await look(key);
    await expect(sendNow(shop.deps, a, KIM)).resolves.toMatchObject({ done: true });
    await expect(send(b)).resolves.toEqual(SENT);
    await setWindow(0);
    await expect(look(await order())).resolves.toEqual(SENT);
  });

  it.each([
    ['another name', { name: '박바다' }],
    ['another phone', { phone: '010-9999-0000' }],
  ])('are not those of %s', async (_, to) => {
    const [a, b] = [await order({ phone: '010-1234-5678' }), await order({ phone: '010-1234-5678', ...to })];
    for (const key of [a, b]) await look(key);
    expect(await groups([a, b])).toEqual(
      [[a], [b]].toSorted((x, y) => ((x[0] ?? '') < (y[0] ?? '') ? -1 : 1)),
    );
  });

  it('are not brought together by one whose phone nobody knows', async () => {
    const keys = [
      await order({ phone: '010-1234-5678' }),
      await order(),
      await order({ phone: '010-9999-0000' }),
    ];
    for (const key of keys) await look(key);
    expect(await groups(keys)).toHaveLength(2);
  });

  it('stay apart where a rule, a limit or a person says so', async () => {
    await setWindow(10, { mostOrders: 2 });
    const keys = [await order(), await order(), await order()];
    for (const key of keys) await look(key);
    expect(new Set((await groups(keys)).map((group) => group.length))).toEqual(new Set([1, 2]));
    const [apart = ''] = (await groups(keys)).find((group) => group.length === 2) ?? [];
    await separateOrder(shop.deps, apart, KIM);
    await expect(look(apart)).resolves.toEqual(SENT);
    for (const key of keys) await look(key);
    expect(await groups([apart])).toEqual([[apart]]);
    await insertBan(db(), {
      channel: wms.id,
      itemCode: '',
      configuration: 'A',
      reason: '유리',
      madeBy: 'kim',
    });
    await expect(look(await order())).resolves.toEqual(SENT);
  });

  it('are each shipped once, whatever packs, separates, cancels and sends them at once', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, () => order()));
    const [a = '', b = '', c = '', d = ''] = keys;
    const settle = (key: string) =>
      eventually(
        async () => {
          const standing = await send(key);
          if (standing.waiting === 'companions') await sendNow(shop.deps, key, KIM);
          if (standing.stage === 'matched') throw new WmsUnavailable('again', 1);
          return standing;
        },
        { withinMs: 30_000 },
      );
    const mayBe = (answer: Promise<unknown>) => answer.catch(() => undefined);
    await Promise.all([
      ...keys.map(settle),
      mayBe(combineOrders(shop.deps, a, { ...KIM, with: [b] })),
      mayBe(combineOrders(shop.deps, b, { ...KIM, with: [a] })),
      mayBe(combineOrders(shop.deps, c, { ...KIM, with: [a, d] })),
      mayBe(separateOrder(shop.deps, b, KIM)),
      mayBe(separateOrder(shop.deps, c, KIM)),
      eventually(() => cancelOrder(shop.deps, d, KIM), { withinMs: 30_000 }),
    ]);
    for (const key of keys) if (key !== d) await settle(key);
    const pieces = [...wms.orders.values()]
      .filter(({ state }) => state === 'open')
      .reduce((sum, { open }) => sum + (open.get('I-A') ?? 0), 0);
    expect(pieces).toBe(11);
    for (const key of keys)
      expect({ key, units: (await linesOf(db(), key)).map((line) => line.dispatchedQuantity) }).toEqual({
        key,
        units: [key === d ? 0 : 1],
      });
    const codes = new Set<string>();
    for (const key of keys)
      for (const { code, state } of await dispatchesOf(db(), key)) if (!isOver(state)) codes.add(code);
    expect([...codes].toSorted()).toEqual(
      [...wms.orders.values()].flatMap(({ code, state }) => (state === 'open' ? [code] : [])).toSorted(),
    );
  });
});
