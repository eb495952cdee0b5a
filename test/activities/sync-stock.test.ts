import { Connections, type WmsConnection } from '../../activities/connections';
import type { Deps } from '../../activities/deps';
import { dispatchOrder } from '../../activities/dispatch-order';
import { syncStock } from '../../activities/sync-stock';
import type { Wms, WmsStockLevel } from '../../activities/wms/wms';
import { reserve } from '../../db/queries/reservations';
import { saveRoute } from '../../db/queries/routes';
import { giveBack } from '../../db/queries/stock';
import { inTransaction } from '../../db/transaction';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { atTheWms, ship } from './parcels';

const WMS = CONNECTIONS.wms;

/** The WMS as it is, but for the stock it tells of. */
class Counting extends Connections {
  levels: () => Promise<WmsStockLevel[]> = async () => [];
  counts: 'on-hand' | 'available' = 'on-hand';

  override async wms(id: string): Promise<WmsConnection> {
    const connection = await super.wms(id);
    const capabilities = { ...connection.wms.capabilities, stock: this.counts };
    const wms: Wms = { ...connection.wms, capabilities, stock: () => this.levels() };
    return { ...connection, wms };
  }
}

describe('the stock of a WMS', () => {
  let house: House;
  let keys: string[];
  let deps: Deps;
  let counting: Counting;
  beforeAll(async () => {
    house = await openHouse();
    counting = new Counting(house.database);
    deps = { ...house.deps, connections: counting };
    await saveRoute(house.database.db, { channel: 'kakao', wms: WMS });
    keys = await house.matchedOrders(40, 4_901);
  });
  beforeEach(async () => {
    counting.counts = 'on-hand';
    await house.database.pool.query(
      'UPDATE stock SET on_hand = 100000, allocated = 0, shipped_since = 0, safety = 0',
    );
    await house.database.pool.query('DELETE FROM allocation');
    house.journeys.nudges.length = 0;
  });
  afterAll(() => house.close());

  const next = () => keys.pop() ?? 'no order is left';
  async function sellable(itemCode: string): Promise<number> {
    const [rows] = await house.database.pool.query(
      'SELECT on_hand - allocated - shipped_since - safety AS n FROM stock WHERE wms = ? AND item_code = ?',
      [WMS, itemCode],
    );
    return Number((rows as { n: number }[])[0]?.n);
  }
  const tells = (itemCode: string, quantity: number) => {
    counting.levels = async () => [{ itemCode, quantity }];
  };

  it('is on hand − allocated − shipped since the count − safety', async () => {
    const order = await atTheWms(house, next());
    const [item] = order.items;
    if (item === undefined) throw new Error('no item');
    tells(item.itemCode, 500);
    await syncStock(deps, WMS);
    expect(await sellable(item.itemCode)).toBe(500 - item.quantity);
    await house.database.pool.query('UPDATE stock SET safety = 7 WHERE item_code = ?', [item.itemCode]);
    expect(await sellable(item.itemCode)).toBe(500 - item.quantity - 7);
    // Until the next count it is the same whether it lies there for somebody or has left.
    await ship(house, order);
    expect(await sellable(item.itemCode)).toBe(500 - item.quantity - 7);
    tells(item.itemCode, 500 - item.quantity);
    await syncStock(deps, WMS);
    expect(await sellable(item.itemCode)).toBe(500 - item.quantity - 7);
  });

  it.each(['on-hand', 'available'] as const)(
    'never promises what leaves while the WMS counts (%s)',
    async (counts) => {
      counting.counts = counts;
      const order = await atTheWms(house, next());
      const [item] = order.items;
      if (item === undefined) throw new Error('no item');
      counting.levels = async () => {
        const counted = counts === 'on-hand' ? 500 : 500 - item.quantity;
        await ship(house, order);
        return [{ itemCode: item.itemCode, quantity: counted }];
      };
      await syncStock(deps, WMS);
      expect(await sellable(item.itemCode)).toBe(500 - item.quantity);
    },
  );

  it('is not counted twice at a WMS that allocates by itself, nor promised when it does so meanwhile', async () => {
    counting.counts = 'available';
    const before = await atTheWms(house, next());
    const [item] = before.items;
    if (item === undefined) throw new Error('no item');
    tells(item.itemCode, 300);
    await syncStock(deps, WMS);
    expect(await sellable(item.itemCode)).toBe(300);
    await inTransaction(house.database, (tx) => giveBack(tx, before.dispatchId));
    counting.levels = async () => {
      await house.database.pool.query('UPDATE allocation SET released = false WHERE dispatch_id = ?', [
        before.dispatchId,
      ]);
      await house.database.pool.query('UPDATE stock SET allocated = allocated + ? WHERE item_code = ?', [
        item.quantity,
        item.itemCode,
      ]);
      return [{ itemCode: item.itemCode, quantity: 300 }];
    };
    await syncStock(deps, WMS);
    expect(await sellable(item.itemCode)).toBe(300 - item.quantity);
  });

  it('is given back once, and a parcel that comes after that takes nothing from what others hold', async () => {
    const [order, other] = [await atTheWms(house, next()), await atTheWms(house, next())];
    const [item] = order.items;
    if (item === undefined) throw new Error('no item');
    const demand = [{ itemCode: item.itemCode, quantity: 5 }];
    await inTransaction(house.database, async (tx) => {
      await giveBack(tx, other.dispatchId);
      await tx.execute(`DELETE FROM allocation WHERE dispatch_id = '${other.dispatchId}'`);
      await reserve(tx, WMS, [{ id: other.dispatchId, orderedAt: new Date(), demand }]);
    });
    for (let time = 0; time < 2; time += 1)
      await inTransaction(house.database, (tx) => giveBack(tx, order.dispatchId));
    const [rows] = await house.database.pool.query('SELECT allocated FROM stock WHERE item_code = ?', [
      item.itemCode,
    ]);
    expect(rows).toEqual([{ allocated: 5 }]);
    await ship(house, order);
    const [after] = await house.database.pool.query('SELECT allocated FROM stock WHERE item_code = ?', [
      item.itemCode,
    ]);
    expect(after).toEqual([{ allocated: 5 }]);
  });

  it('that has come lets the orders that were short try again, the oldest first, and no others', async () => {
    await house.database.pool.query('UPDATE stock SET on_hand = 0');
    const short: string[] = [];
    for (const key of keys.splice(0, 12)) {
      const { waiting } = await dispatchOrder(house.deps, key);
      if (waiting === 'shortage') short.push(key);
    }
    expect(short).toHaveLength(12);
    const [rows] = await house.database.pool.query(
      `SELECT o.order_key, group_concat(DISTINCT ci.item_code) AS items FROM orders o
       JOIN order_line l ON l.order_key = o.order_key
       JOIN configuration_item ci ON ci.configuration = l.configuration AND ci.version = l.configuration_version
       WHERE o.order_key IN (?) GROUP BY o.order_key, o.ordered_at ORDER BY o.ordered_at`,
      [short],
    );
    const byAge = rows as { order_key: string; items: string }[];
    const arrived = byAge.slice(0, 6).flatMap((row) => row.items.split(','));
    counting.levels = async () => arrived.map((itemCode) => ({ itemCode, quantity: 1_000 }));
    await syncStock(deps, WMS);
    const fit = byAge.filter((row) => row.items.split(',').every((item) => arrived.includes(item)));
    expect(house.journeys.nudges).toEqual(fit.map((row) => ({ orderKey: row.order_key, signal: 'rematch' })));
    for (const { order_key } of fit)
      await expect(dispatchOrder(house.deps, order_key)).resolves.toMatchObject({ stage: 'dispatched' });
  });
});
