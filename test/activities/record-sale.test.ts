import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { recordSale, recordSales } from '../../activities/record-sale';
import { uploadTracking } from '../../activities/upload-tracking';
import { differencesOfSales } from '../../db/queries/check-sales';
import { salesOf, totalSales } from '../../db/queries/sales';
import { salesBy } from '../../db/queries/sales-by';
import { SALES_BY, splitAmount } from '../../domain/sale';
import { items as catalogue, configurations } from '../../sandbox/catalogue';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import {
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordOf,
  recordsOf,
  WINDOW,
} from './offered-source';
import { atTheWms, inTwo, ship } from './parcels';

describe('the sale of an order', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  const booked: EmittedOrder[] = [];
  beforeAll(async () => {
    house = await openHouse();
    ({ deps, source } = await offering(house));
  });
  afterAll(() => house.close());

  const orders = plainOrders(4_701, 20, 2).values();
  function next(): EmittedOrder {
    const order = orders.next().value;
    if (order === undefined) throw new Error('no order is left');
    return order;
  }
  async function sent(order: EmittedOrder, records = recordsOf(order)) {
    source.records = records;
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
    await normalizeOrder(deps, keyOf(order));
    await matchOrder(deps, keyOf(order));
    return atTheWms(house, keyOf(order));
  }
  const paid = (order: EmittedOrder) =>
    order.lines.reduce((sum, line) => sum + line.amount - line.discount, order.shippingFee);
  const ledger = async (key: string) => salesOf(house.database.db, key);
  const total = async (key: string) => (await ledger(key)).reduce((sum, entry) => sum + entry.amount, 0n);

  it('is booked together with those of other orders, but for one that cannot be booked', async () => {
    const keys: string[] = [];
    for (const order of [next(), next(), next()]) {
      const at = await sent(order);
      await ship(house, at);
      keys.push(at.key);
      booked.push(order);
    }
    const [, bad = ''] = keys;
    const set = (amount: string) =>
      house.database.pool.query(`update order_line set amount = ${amount} where order_key = ?`, [bad]);
    await set('-1 - amount');
    const isBooked = { value: { stage: 'booked' } };
    expect(await recordSales(house.database, keys)).toMatchObject([
      isBooked,
      { reason: expect.any(RangeError) },
      isBooked,
    ]);
    expect(await ledger(bad)).toEqual([]);
    await set('-1 - amount');
    await expect(recordSale(deps, bad)).resolves.toEqual({ stage: 'booked' });
  });

  it('adds up to what the customer paid, to the won, and is booked once', async () => {
    for (const order of [next(), next(), next(), next()]) {
      const { key } = await sent(order).then(async (at) => {
        await ship(house, at);
        return at;
      });
      await expect(recordSale(deps, key)).resolves.toEqual({ stage: 'booked' });
      expect(await total(key)).toBe(paid(order));
      const entries = await ledger(key);
      await recordSale(deps, key);
      await house.database.pool.query("UPDATE orders SET stage = 'dispatched' WHERE order_key = ?", [key]);
      await Promise.all([recordSale(deps, key), recordSale(deps, key)]);
      expect(await ledger(key)).toEqual(entries);
      booked.push(order);
    }
  });

  it('splits each line over its items by their prices, discounts apart', async () => {
    const order = next();
    const at = await sent(order);
    await ship(house, at);
    await recordSale(deps, at.key);
    booked.push(order);
    const entries = await ledger(at.key);
    for (const line of order.lines) {
      const contents = configurations.find(({ code }) => code === line.configurationCode)?.items ?? [];
      const price = (code: string) => catalogue.find((item) => item.code === code)?.referencePrice ?? 0n;
      const byCode = contents.toSorted((a, b) => (a.itemCode < b.itemCode ? -1 : 1));
      const shares = splitAmount(
        line.amount,
        byCode.map((i) => price(i.itemCode) * BigInt(i.quantity)),
      );
      const of = (kind: string) =>
        entries.filter((entry) => entry.kind === kind && entry.lineKey === `${at.key}/${line.lineNumber}`);
      expect(of('sale').map((e) => [e.itemCode, e.quantity, e.amount])).toEqual(
        byCode.map((item, n) => [item.itemCode, item.quantity * line.quantity, shares[n]]),
      );
      expect(of('discount').reduce((sum, entry) => sum + entry.amount, 0n)).toBe(-line.discount);
    }
    const fees = entries.filter((entry) => entry.kind === 'shipping_fee').map((entry) => entry.amount);
    expect(fees).toEqual(order.shippingFee === 0n ? [] : [order.shippingFee]);
  });

  it('comes parcel by parcel on the day of each, and adds up with the last', async () => {
    const order = next();
    const at = await sent(order);
    const [first, rest] = inTwo(at);
    // 23:59 and 00:01 in Seoul.
    await ship(house, at, { items: first, shippedAt: new Date('2026-11-20T14:59:00Z') });
    await recordSale(deps, at.key);
    const soFar = await ledger(at.key);
    expect(await total(at.key)).toBeLessThan(paid(order));
    await house.database.pool.query("UPDATE orders SET stage = 'dispatched' WHERE order_key = ?", [at.key]);
    await ship(house, at, { items: rest, shippedAt: new Date('2026-11-20T15:01:00Z') });
    await recordSale(deps, at.key);
    expect((await ledger(at.key)).slice(0, soFar.length)).toEqual(soFar);
    expect(await total(at.key)).toBe(paid(order));
    expect(new Set((await ledger(at.key)).map((entry) => entry.day))).toEqual(
      new Set(['2026-11-20', '2026-11-21']),
    );
    booked.push(order);
  });

  it('leaves out what was cancelled before it was sent', async () => {
    const order = next();
    const [gone, kept] = order.lines;
    if (gone === undefined || kept === undefined) throw new Error('no lines');
    const at = await sent(order, [recordOf(order, gone, {}, '취소접수'), recordOf(order, kept)]);
    await ship(house, at);
    await recordSale(deps, at.key);
    expect(await total(at.key)).toBe(kept.amount - kept.discount + order.shippingFee);
    booked.push({ ...order, lines: [kept] });
  });

  it('is not there before anything has shipped, and an order waits for its parcel', async () => {
    const at = await sent(next());
    await expect(recordSale(deps, at.key)).resolves.toEqual({ stage: 'dispatched', waiting: 'shipment' });
    expect(await ledger(at.key)).toEqual([]);
  });

  it('is the same total by whatever it is broken down, and that of the ledger', async () => {
    const sum = booked.reduce((all, order) => all + paid(order), 0n);
    expect(await totalSales(house.database.db)).toBe(sum);
    for (const by of SALES_BY) {
      const rows = await salesBy(house.database.db, by, { from: '2026-11-20', to: '2026-11-21' });
      expect(rows.reduce((all, row) => all + row.amount, 0n)).toBe(sum);
    }
    expect(await differencesOfSales(house.database.db)).toEqual([]);
  });

  it('is in the books though the source takes no tracking number', async () => {
    const order = next();
    const at = await sent(order);
    await ship(house, at);
    await recordSale(deps, at.key);
    await expect(uploadTracking(house.deps, at.key)).resolves.toEqual({ stage: 'done' });
    expect(await total(at.key)).toBe(paid(order));
  });
});
