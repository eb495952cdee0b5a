import { eq } from 'drizzle-orm';
import { cancelOrder } from '../../activities/cancel-order';
import { collectWindow } from '../../activities/collect-orders';
import { dispatchOrder } from '../../activities/dispatch-order';
import { WmsUnavailable } from '../../activities/failures';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { syncStock } from '../../activities/sync-stock';
import { watchShipments } from '../../activities/watch-shipments';
import { ledgerOf } from '../../db/queries/stock-ledger';
import { stock } from '../../db/schema';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import type { ModelWarehouse } from '../support/model-warehouse';
import { openStockShop, type StockShop } from '../support/stock-shop';
import { keyOf, offering, plainOrders, recordsOf, WINDOW, withQuantity } from './offered-source';

const KIM = { by: 'kim', reason: 'test' };

describe('what an order has reserved', () => {
  let shop: StockShop;
  let wms: ModelWarehouse;
  beforeAll(async () => {
    shop = await openStockShop();
  });
  beforeEach(async () => {
    wms = await shop.warehouse('on-hand', { 'I-A': 9 });
    await syncStock(shop.deps, wms.id);
  });
  afterAll(() => shop.close());

  const order = (units: number) => shop.order({ wms: wms.id, lines: [['A', units]] });
  const send = (key: string) => dispatchOrder(shop.deps, key);
  async function figures() {
    const [row] = await shop.database.db.select().from(stock).where(eq(stock.wms, wms.id));
    return { onHand: row?.onHand, allocated: row?.allocated, shippedSince: row?.shippedSince };
  }
  async function told() {
    const rows = await ledgerOf(shop.database.db, { itemCode: 'I-A', wms: wms.id, limit: 50 });
    return rows.toReversed().map((row) => [row.reason, row.allocatedChange, row.shippedSinceChange]);
  }
  const SNAPSHOT = ['snapshot', 0, 0];

  it('comes back when it is cancelled at the WMS, once', async () => {
    const key = await order(4);
    await send(key);
    expect(await figures()).toEqual({ onHand: 9, allocated: 4, shippedSince: 0 });
    await cancelOrder(shop.deps, key, KIM);
    await cancelOrder(shop.deps, key, KIM);
    expect(await figures()).toEqual({ onHand: 9, allocated: 0, shippedSince: 0 });
    expect(await told()).toEqual([SNAPSHOT, ['reserved', 4, 0], ['given_back', -4, 0]]);
  });

  it('comes back when the WMS refuses it, and is reserved anew when it is sent anew', async () => {
    const key = await order(4);
    wms.fault = 'refused';
    await expect(send(key)).resolves.toMatchObject({ waiting: 'rejected' });
    expect(await figures()).toMatchObject({ allocated: 0 });
    await shop.database.pool.query(
      'UPDATE dispatch SET lease_expires_at = now(6) - interval 1 day WHERE lead_order_key = ?',
      [key],
    );
    await expect(resolveDispatch(shop.deps, key, 'not-received', KIM)).resolves.toMatchObject({ done: true });
    await send(key);
    expect(await figures()).toMatchObject({ allocated: 4 });
    expect(await told()).toEqual([SNAPSHOT, ['reserved', 4, 0], ['given_back', -4, 0], ['reserved', 4, 0]]);
  });

  it('stays its own while it is certainly not received, and comes back when it is cancelled then', async () => {
    const key = await order(4);
    wms.fault = 'not-received';
    await expect(send(key)).rejects.toThrow(WmsUnavailable);
    expect(await figures()).toMatchObject({ allocated: 4 });
    await cancelOrder(shop.deps, key, KIM);
    expect(await figures()).toMatchObject({ allocated: 0 });
    expect(await told()).toEqual([SNAPSHOT, ['reserved', 4, 0], ['given_back', -4, 0]]);
  });

  it('leaves with each parcel, and what has not left comes back when the rest is cancelled', async () => {
    const key = await order(4);
    await send(key);
    wms.ship(0, false);
    await watchShipments(shop.deps, wms.id);
    expect(await figures()).toEqual({ onHand: 9, allocated: 3, shippedSince: 1 });
    await cancelOrder(shop.deps, key, KIM);
    expect(await figures()).toEqual({ onHand: 9, allocated: 0, shippedSince: 1 });
    await syncStock(shop.deps, wms.id);
    expect(await figures()).toEqual({ onHand: 8, allocated: 0, shippedSince: 0 });
    expect(await told()).toEqual([
      SNAPSHOT,
      ['reserved', 4, 0],
      ['shipped', -1, 1],
      ['given_back', -3, 0],
      ['snapshot', 0, -1],
    ]);
  });

  it('is told whom it was for, and a count that says nothing new is not told', async () => {
    const key = await order(1);
    await send(key);
    await syncStock(shop.deps, wms.id);
    const [row] = await ledgerOf(shop.database.db, { itemCode: 'I-A', wms: wms.id, limit: 1 });
    const [rows] = await shop.database.pool.query('SELECT id FROM dispatch WHERE lead_order_key = ?', [key]);
    expect(row).toMatchObject({
      reason: 'reserved',
      madeBy: 'boosta',
      dispatchId: (rows as { id: string }[])[0]?.id,
    });
  });
});

describe('what an order has reserved that its channel changes', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('comes back, and what it is then is reserved', async () => {
    const { deps, source } = await offering(house);
    const [order] = plainOrders(4_950, 1, 1);
    if (order === undefined) throw new Error('no order');
    const key = keyOf(order);
    const told = async (quantity: number) => {
      source.records = recordsOf(withQuantity(order, quantity));
      await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
      await normalizeOrder(deps, key);
      await matchOrder(deps, key);
    };
    const allocated = async () => {
      const [rows] = await house.database.pool.query(
        'SELECT item_code, allocated FROM stock WHERE allocated <> 0',
      );
      return rows as { item_code: string; allocated: number }[];
    };
    await told(2);
    await house.admin('fulfillment', 'PUT', '/faults', { faults: [{ endpoint: '*', kind: 'down' }] });
    await expect(dispatchOrder(deps, key)).rejects.toThrow(WmsUnavailable);
    const before = await allocated();
    expect(before.length).toBeGreaterThan(0);
    await told(3);
    expect(await allocated()).toEqual([]);
    await house.admin('fulfillment', 'DELETE', '/faults');
    await expect(dispatchOrder(deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect(await allocated()).toEqual(
      before.map(({ item_code, allocated: was }) => ({ item_code, allocated: (was / 2) * 3 })),
    );
  });
});
