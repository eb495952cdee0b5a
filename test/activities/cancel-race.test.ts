import { setTimeout as sleep } from 'node:timers/promises';
import { cancelOrder } from '../../activities/cancel-order';
import { recordSale } from '../../activities/record-sale';
import { syncStock } from '../../activities/sync-stock';
import { uploadTracking } from '../../activities/upload-tracking';
import { watchShipments } from '../../activities/watch-shipments';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { CONNECTIONS } from '../../sandbox/seed';
import { seededRandom } from '../../sandbox/stand-in/random';
import type { StandInName } from '../../sandbox/stand-ins';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { type AtTheWms, atTheWms, inTwo } from './parcels';

const BY_KIM = { by: 'kim', reason: 'the customer called' };
const INTERLEAVINGS = 50;
const AT_ONCE = 5;
const SEED = 5_101;

interface LedgerRow {
  code: string;
  state: string;
  shipments: { items: { quantity: number }[] }[];
}

describe('a cancellation that meets a warehouse which ships in the same moment', () => {
  let house: House;
  const raced: AtTheWms[] = [];
  const random = seededRandom(SEED);
  const within = (ms: number) => sleep(Math.floor(random() * ms));

  beforeAll(async () => {
    // An order in doubt can be cancelled for good only once its lease and the settling time are over.
    house = await openHouse({ dispatcher: { leaseMs: 3_000, requestTimeoutMs: 1_000 } });
    await house.admin('shipstation', 'PUT', '/settings', { callsPerMinute: 0 });
    const keys = await house.matchedOrders(INTERLEAVINGS + 20, SEED);
    for (let from = 0; from < INTERLEAVINGS; from += AT_ONCE)
      await Promise.all(keys.slice(from, from + AT_ONCE).map(race));
  }, 240_000);
  afterAll(() => house.close());

  const db = () => house.database.db;
  const standInOf = ({ wms }: AtTheWms): StandInName =>
    wms === CONNECTIONS.wms ? 'fulfillment' : 'shipstation';

  /** Tried again until it has an outcome, as its activity is. */
  const cancel = (order: AtTheWms) =>
    eventually(() => cancelOrder(house.deps, order.key, BY_KIM), { withinMs: 60_000, everyMs: 100 });

  /** All of it, the first piece, or nothing: it may be cancelled by then. */
  async function ship(order: AtTheWms): Promise<void> {
    const choice = random();
    if (choice < 0.2) return;
    const [first] = inTwo(order);
    const items = choice < 0.6 ? {} : { items: first };
    await within(30);
    await house
      .admin(standInOf(order), 'POST', '/ship', { code: order.code, ...items })
      .catch((error: unknown) => {
        if (!String(error).includes('no open order')) throw error;
      });
  }

  async function race(key: string): Promise<void> {
    const order = await atTheWms(house, key);
    raced.push(order);
    const standIn = standInOf(order);
    const endpoint = standIn === 'fulfillment' ? 'cancel' : 'create';
    // The answer is lost now and then, after the WMS has acted.
    const faults = random() < 0.2 ? [{ endpoint, kind: 'reset-after', times: 1 }] : [];
    if (faults.length > 0) await house.admin(standIn, 'PUT', '/faults', { faults });
    await Promise.all([
      ship(order),
      within(30).then(() => cancel(order)),
      within(60).then(() => watchShipments(house.deps, order.wms)),
      recordSale(house.deps, key),
    ]);
  }

  const wmsRow = async (order: AtTheWms): Promise<LedgerRow> => {
    const { list } = (await house.admin(standInOf(order), 'GET', '/ledger')) as { list: LedgerRow[] };
    const rows = list.filter(({ code }) => code === order.code);
    expect(rows).toHaveLength(1);
    return rows[0] as LedgerRow;
  };
  const piecesOf = ({ shipments }: LedgerRow) =>
    shipments.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0);

  it('has an outcome, which is recorded: stopped, in part, too late, or unknown', async () => {
    const outcomes = new Set<unknown>();
    for (const { key } of raced) {
      const last = (await auditOf(db(), key)).findLast(({ action }) => action === 'order.cancel');
      outcomes.add(last?.detail?.['outcome']);
    }
    expect(outcomes).toEqual(new Set(['stopped', 'in part', 'too late', 'unknown']));
  });

  it('and one that is unknown is found out by asking again', async () => {
    for (const standIn of ['fulfillment', 'shipstation'] as const)
      await house.admin(standIn, 'DELETE', '/faults');
    for (const order of raced) {
      const [dispatch] = await dispatchesOf(db(), order.key);
      if (dispatch?.state === 'cancel_unknown') await cancel(order);
    }
    for (const { key } of raced)
      expect(['shipped', 'cancelled', 'accepted']).toContain((await dispatchesOf(db(), key))[0]?.state);
  });

  it('ends with what the warehouse has in its own ledger: the order, its sale and its stock agree', async () => {
    // What had not left when it was too late to stop leaves now.
    for (const order of raced)
      if ((await wmsRow(order)).state === 'open')
        await house.admin(standInOf(order), 'POST', '/ship', { code: order.code });
    for (const wms of [CONNECTIONS.wms, CONNECTIONS.secondWms]) {
      // A rest that the WMS has closed is taken as closed at the second look.
      await watchShipments(house.deps, wms);
      await watchShipments(house.deps, wms);
    }
    for (const order of raced) {
      await recordSale(house.deps, order.key);
      await uploadTracking(house.deps, order.key);
      const row = await wmsRow(order);
      const shipped = piecesOf(row);
      const sold = (await salesOf(db(), order.key)).filter(({ kind }) => kind === 'sale');
      expect({ key: order.key, pieces: sold.reduce((sum, { quantity }) => sum + quantity, 0) }).toEqual({
        key: order.key,
        pieces: shipped,
      });
      expect(await findOrder(db(), order.key)).toMatchObject({
        stage: shipped === 0 ? 'cancelled' : 'done',
        waiting: null,
      });
    }
  });

  it('and nothing stays allocated, and nothing is counted twice', async () => {
    const held =
      'SELECT coalesce(sum(quantity - shipped_quantity), 0) AS pieces FROM allocation WHERE NOT released';
    const [rows] = await house.database.pool.query(held);
    expect(Number((rows as { pieces: string }[])[0]?.pieces)).toBe(0);
    await syncStock(house.deps, CONNECTIONS.wms);
    const { stock } = (await house.admin('fulfillment', 'GET', '/ledger')) as {
      stock: Record<string, number>;
    };
    const [levels] = await house.database.pool.query(
      'SELECT item_code AS code, on_hand - allocated - shipped_since AS sellable FROM stock WHERE wms = ?',
      [CONNECTIONS.wms],
    );
    for (const { code, sellable } of levels as { code: string; sellable: number }[])
      expect({ code, sellable: Number(sellable) }).toEqual({ code, sellable: stock[code] });
  });
});
