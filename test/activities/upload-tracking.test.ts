import { recordSale } from '../../activities/record-sale';
import { recordShipment } from '../../activities/record-shipment';
import { tryUploadTracking, uploadTracking } from '../../activities/upload-tracking';
import type { WmsShipment } from '../../activities/wms/wms';
import { findConnection, saveConnection } from '../../db/queries/connections';
import { findOrder, linesOf } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { pendingUploads, shipmentsOf } from '../../db/queries/shipments';
import { tasksOfOrder } from '../../db/queries/tasks';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { type AtTheWms, atTheWms, inTwo } from './parcels';

interface HubLedger {
  readonly entries: readonly {
    readonly key: string;
    readonly lines: readonly {
      readonly idx: string;
      readonly invoices: readonly { readonly number: string }[];
    }[];
  }[];
}

describe('a tracking number on its way back', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(18, 4_801);
  });
  afterEach(() => house.admin('hub', 'DELETE', '/faults'));
  afterAll(() => house.close());

  const db = () => house.database.db;
  const fault = (kind: string) =>
    house.admin('hub', 'PUT', '/faults', { faults: [{ endpoint: 'invoices', kind }] });
  async function booked(given?: Partial<WmsShipment>) {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order is left');
    const order = await atTheWms(house, key);
    const parcel = order.parcel(given);
    await recordShipment(house.database, order.wms, parcel);
    await recordSale(house.deps, key);
    return { key, order, parcel };
  }
  /** What stands in the hub's own books, line by line. */
  async function atTheHub({ key }: AtTheWms): Promise<string[][]> {
    const { entries } = (await house.admin('hub', 'GET', '/ledger')) as HubLedger;
    const lines = entries.find((entry) => entry.key === key)?.lines ?? [];
    return lines.map((line) => line.invoices.map(({ number }) => number));
  }
  const openTasksOf = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null);

  it('stands at the channel for every line, and the order is done', async () => {
    const { key, order, parcel } = await booked();
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    const lines = await linesOf(db(), key);
    expect(await atTheHub(order)).toEqual(lines.map(() => [parcel.trackingNumber]));
    expect(await shipmentsOf(db(), key)).toMatchObject([{ upload: 'done' }]);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    expect(await atTheHub(order)).toEqual(lines.map(() => [parcel.trackingNumber]));
  });

  it('goes to each source that told of its lines, whichever the order came from first', async () => {
    const { key, order, parcel } = await booked();
    const { pool } = house.database;
    await pool.query("UPDATE orders SET source = 'former' WHERE order_key = ?", [key]);
    const first = await findConnection(db(), CONNECTIONS.source);
    if (first === undefined) throw new Error('no source');
    const secrets = house.database.vault.open(first.id, first.secrets);
    await saveConnection(house.database, { ...first, id: 'second', secrets, paused: true });
    const [line] = await linesOf(db(), key);
    await pool.query("UPDATE order_line SET connection_id = 'second' WHERE line_key = ?", [line?.key]);
    await expect(uploadTracking(house.deps, key)).rejects.toThrow('second is paused');
    expect(await pendingUploads(db(), key)).not.toEqual([]);
    await pool.query("UPDATE connection SET paused = false WHERE id = 'second'");
    await expect(uploadTracking(house.anotherWorker(), key)).resolves.toEqual({ stage: 'done' });
    // The one that answered was told again, which changes nothing there.
    const told = (await atTheHub(order)).map((numbers) => [...new Set(numbers)]);
    expect(told).toEqual((await linesOf(db(), key)).map(() => [parcel.trackingNumber]));
  });

  it('of a parcel that comes while others are under way is told and booked before the order is done', async () => {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order is left');
    const order = await atTheWms(house, key);
    const [one, rest] = inTwo(order);
    await recordShipment(house.database, order.wms, order.parcel({ items: one }));
    await recordSale(house.deps, key);
    const late = order.parcel({ items: rest });
    await recordShipment(house.database, order.wms, late);
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'dispatched' });
    await expect(recordSale(house.deps, key)).resolves.toEqual({ stage: 'booked' });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    const sold = (await salesOf(db(), key)).filter((sale) => sale.kind === 'sale');
    const asked = order.items.reduce((sum, item) => sum + item.quantity, 0);
    expect(sold.reduce((sum, sale) => sum + sale.quantity, 0)).toBe(asked);
  });

  it('that the channel refuses is a task with its words, and the order is done and sold all the same', async () => {
    const { key } = await booked();
    const idx = (await linesOf(db(), key)).map((line) => line.recordId);
    await house.admin('hub', 'POST', '/cancellations', { idx });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    const [task] = await openTasksOf(key);
    expect(task).toMatchObject({ kind: 'tracking_refused', reason: expect.stringContaining('취소접수') });
    expect(await shipmentsOf(db(), key)).toMatchObject([{ upload: 'refused' }]);
    expect((await salesOf(db(), key)).length).toBeGreaterThan(0);
  });

  it('that may have been taken before it was refused is a task that says so', async () => {
    const { key } = await booked();
    await fault('reset-after');
    await expect(uploadTracking(house.deps, key)).rejects.toMatchObject({ name: 'OutsideUnavailable' });
    await house.admin('hub', 'DELETE', '/faults');
    await house.admin('hub', 'PUT', '/settings', { sameInvoiceAgain: 'fail' });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    await house.admin('hub', 'PUT', '/settings', {});
    const reason = expect.stringMatching(/불가능합니다.*an earlier call may have been taken/);
    expect(await openTasksOf(key)).toMatchObject([{ kind: 'tracking_refused', reason }]);
  });

  it('that was refused is a task no more once a corrected one is taken', async () => {
    const { key, order, parcel } = await booked();
    const bad = { ...parcel, trackingNumber: 'X' };
    await recordShipment(house.database, order.wms, bad);
    await uploadTracking(house.deps, key);
    expect((await openTasksOf(key)).map((task) => task.kind)).toEqual(['tracking_refused']);
    await recordShipment(house.database, order.wms, parcel);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'booked' });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    expect(await openTasksOf(key)).toEqual([]);
  });

  it('with a carrier that Boosta does not know is a task with its name, and the order is done and sold all the same', async () => {
    const { key, order, parcel } = await booked({ carrier: { other: '드론택배' } });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    expect((await atTheHub(order)).flat()).toEqual([]);
    const reason = expect.stringContaining(`드론택배 ${parcel.trackingNumber}`);
    expect(await openTasksOf(key)).toMatchObject([{ kind: 'unknown_carrier', reason }]);
    expect((await salesOf(db(), key)).length).toBeGreaterThan(0);
  });

  it.each(['cj', { other: '드론택배' }] as const)(
    'of an order from a file is nobody to be told, whoever carries it (%j), and the order is done',
    async (carrier) => {
      const { key } = await booked({ carrier });
      await saveConnection(house.database, {
        id: 'upload',
        kind: 'source',
        adapter: 'upload',
        settings: {},
        secrets: {},
      });
      await house.database.pool.query("UPDATE order_line SET connection_id = 'upload' WHERE order_key = ?", [
        key,
      ]);
      await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
      expect(await shipmentsOf(db(), key)).toMatchObject([{ upload: 'done' }]);
      expect(await openTasksOf(key)).toEqual([]);
    },
  );

  it('is told after all, and the task closed, once the carrier has a name', async () => {
    const { key, order, parcel } = await booked({ carrier: { other: '드론택배' } });
    await uploadTracking(house.deps, key);
    await recordShipment(house.database, order.wms, { ...parcel, carrier: 'cj' });
    await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
    expect(new Set((await atTheHub(order)).flat())).toEqual(new Set([parcel.trackingNumber]));
    expect(await openTasksOf(key)).toEqual([]);
  });

  it.each(['down', '5xx-after', 'reset-before', 'broken-body', '429'])(
    'is tried again when the hub fails by %s, and stays to be told',
    async (kind) => {
      const { key, order, parcel } = await booked();
      if (kind === 'down') await house.admin('hub', 'PUT', '/faults', { faults: [{ endpoint: '*', kind }] });
      else await fault(kind);
      await expect(uploadTracking(house.deps, key)).rejects.toMatchObject({ name: 'OutsideUnavailable' });
      await expect(tryUploadTracking(house.deps, key)).resolves.toEqual({
        stage: 'booked',
        waiting: 'retry',
      });
      expect(await pendingUploads(db(), key)).not.toEqual([]);
      expect(await openTasksOf(key)).toEqual([]);
      await house.admin('hub', 'DELETE', '/faults');
      await expect(uploadTracking(house.deps, key)).resolves.toEqual({ stage: 'done' });
      for (const invoices of await atTheHub(order))
        expect(new Set(invoices)).toEqual(new Set([parcel.trackingNumber]));
    },
  );
});
