import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { type GoodsReturn, ReturnRefused, recordReturn } from '../../activities/record-return';
import { recordSale } from '../../activities/record-sale';
import { syncStock } from '../../activities/sync-stock';
import { uploadTracking } from '../../activities/upload-tracking';
import { showOrder } from '../../client/use-cases/show-order';
import { differencesOfSales } from '../../db/queries/check-sales';
import { findOrder } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { salesBy } from '../../db/queries/sales-by';
import { SALES_BY } from '../../domain/sale';
import { seoulDay } from '../../domain/seoul';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { keyOf, type OfferedSource, offering, plainOrders, recordsOf, WINDOW } from './offered-source';
import { type AtTheWms, atTheWms, inTwo, ship } from './parcels';

const BY_KIM = { by: 'kim', reason: 'did not like it' };

describe('a return', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse();
    ({ deps, source } = await offering(house));
  });
  afterAll(() => house.close());

  const orders = plainOrders(4_811, 20, 2).values();
  async function sent(): Promise<{ order: EmittedOrder; at: AtTheWms }> {
    const order = orders.next().value;
    if (order === undefined) throw new Error('no order is left');
    source.records = recordsOf(order);
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
    await normalizeOrder(deps, keyOf(order));
    await matchOrder(deps, keyOf(order));
    return { order, at: await atTheWms(house, keyOf(order)) };
  }
  async function done() {
    const { order, at } = await sent();
    await ship(house, at);
    await recordSale(deps, at.key);
    await uploadTracking(house.deps, at.key);
    expect(await findOrder(house.database.db, at.key)).toMatchObject({ stage: 'done' });
    return { order, at };
  }
  const ledger = (key: string) => salesOf(house.database.db, key);
  const total = async (key: string) => (await ledger(key)).reduce((sum, entry) => sum + entry.amount, 0n);
  const whole = ({ lines }: EmittedOrder) =>
    lines.map(({ lineNumber, quantity }) => ({ lineNumber, units: quantity }));
  const add = (orderKey: string, given: Partial<GoodsReturn> & Pick<GoodsReturn, 'lines'>) =>
    recordReturn(
      house.database,
      { orderKey, number: 'R-1', restocked: true, shippingFee: false, ...given },
      BY_KIM,
    );

  it('of everything leaves nothing of the order in the sales, on the day it is told', async () => {
    const { order, at } = await done();
    const recorded = await add(at.key, { lines: whole(order), shippingFee: true });
    expect(recorded).toEqual({ kind: 'new', amount: -(await paid(order)) });
    expect(await total(at.key)).toBe(0n);
    const reversals = (await ledger(at.key)).filter((entry) => entry.kind === 'reversal');
    expect(new Set(reversals.map((entry) => entry.day))).toEqual(new Set([seoulDay(new Date())]));
    for (const sale of await ledger(at.key)) {
      const same = (await ledger(at.key)).filter(
        (entry) => entry.lineKey === sale.lineKey && entry.itemCode === sale.itemCode,
      );
      expect(same.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(0n);
    }
  });
  const paid = async (order: EmittedOrder) =>
    order.lines.reduce((sum, line) => sum + line.amount - line.discount, order.shippingFee);

  it('is recorded once, however often and at how many places at once it is told', async () => {
    const { order, at } = await done();
    const lines = whole(order);
    const all = await Promise.all([1, 2, 3, 4].map(() => add(at.key, { lines })));
    expect(all.map(({ kind }) => kind).toSorted()).toEqual(['known', 'known', 'known', 'new']);
    expect(await total(at.key)).toBe(order.shippingFee);
    await expect(add(at.key, { lines: lines.slice(0, 1) })).rejects.toThrow('it was another one');
  });

  it('in parts adds up to the whole, and the shipping fee is paid back once', async () => {
    const { order, at } = await done();
    const units = whole(order).flatMap(({ lineNumber, units: all }) =>
      Array.from({ length: all }, () => ({ lineNumber, units: 1 })),
    );
    for (const [n, line] of units.toReversed().entries())
      await add(at.key, { number: `R-${n}`, lines: [line], shippingFee: true, restocked: n % 2 === 0 });
    expect(await total(at.key)).toBe(0n);
  });

  it('of more than has shipped and not come back is refused, and changes nothing', async () => {
    const { order, at } = await sent();
    await expect(add(at.key, { lines: whole(order) })).rejects.toThrow(
      /^Of line .+ 0 × .+ cannot be returned/,
    );
    const [first] = inTwo(at);
    await ship(house, at, { items: first });
    await expect(add(at.key, { lines: whole(order) })).rejects.toBeInstanceOf(ReturnRefused);
    await expect(add(at.key, { lines: [{ lineNumber: '99', units: 1 }] })).rejects.toThrow('line 99');
    expect(await ledger(at.key)).toEqual([]);
    const shown = await showOrder(house.database.db, at.key);
    expect(shown.timeline.filter(({ what }) => what === 'returned')).toEqual([]);
  });

  it('that comes back before its parcel was booked has both in the books', async () => {
    const { order, at } = await sent();
    await ship(house, at);
    await add(at.key, { lines: whole(order) });
    expect(await total(at.key)).toBe(order.shippingFee);
    // The journey goes on as it would have.
    await expect(recordSale(deps, at.key)).resolves.toEqual({ stage: 'booked' });
    expect(await total(at.key)).toBe(order.shippingFee);
  });

  it('shows in the order and in the sales: gross less returns is net', async () => {
    const { order, at } = await done();
    const [line] = whole(order);
    if (line === undefined) throw new Error('no line');
    const { amount } = await add(at.key, { lines: [{ ...line, units: 1 }], restocked: false });
    const shown = await showOrder(house.database.db, at.key);
    const [event] = shown.timeline.filter(({ what }) => what === 'returned');
    expect(event?.says).toMatch(/^R-1: .+ × \d+.*, thrown away, by kim: did not like it$/);
    for (const by of SALES_BY) {
      const rows = await salesBy(house.database.db, by, { from: '2000-01-01', to: '2100-01-01' });
      for (const row of rows) expect(row.gross + row.returns).toBe(row.amount);
      expect(rows.reduce((sum, row) => sum + row.returns, 0n)).toBeLessThanOrEqual(amount);
    }
    expect(await differencesOfSales(house.database.db)).toEqual([]);
  });

  it('is back in the stock with the next snapshot of the WMS, and counted once', async () => {
    const { order, at } = await onFulfillment();
    const [item] = at.items;
    if (item === undefined) throw new Error('no item');
    await syncStock(house.deps, CONNECTIONS.wms);
    const before = await sellable(item.itemCode);
    await add(at.key, { lines: whole(order) });
    expect(await sellable(item.itemCode)).toBe(before);
    // The warehouse puts it on the shelf.
    const quantity = (await onHand(item.itemCode)) + item.quantity;
    const product = { itemCode: item.itemCode, name: item.itemCode, quantity };
    await house.admin('fulfillment', 'PUT', '/products', [product]);
    await syncStock(house.deps, CONNECTIONS.wms);
    await syncStock(house.deps, CONNECTIONS.wms);
    expect(await sellable(item.itemCode)).toBe(before + item.quantity);
  });

  async function onFulfillment() {
    for (;;) {
      const one = await done();
      if (one.at.wms === CONNECTIONS.wms) return one;
    }
  }
  async function onHand(itemCode: string): Promise<number> {
    const ledgerOf = (await house.admin('fulfillment', 'GET', '/ledger')) as {
      stock: Record<string, number>;
    };
    return ledgerOf.stock[itemCode] ?? 0;
  }
  async function sellable(itemCode: string): Promise<number> {
    const [rows] = await house.database.pool.query(
      'SELECT on_hand - allocated - shipped_since - safety AS sellable FROM stock WHERE wms = ? AND item_code = ?',
      [CONNECTIONS.wms, itemCode],
    );
    return Number((rows as { sellable: number }[])[0]?.sellable);
  }
});
