import { watchShipments } from '../../activities/watch-shipments';
import { findOrder, linesOf } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { tasksOfOrder } from '../../db/queries/tasks';
import { configurations } from '../../sandbox/catalogue';
import type { EmittedLine, EmittedOrder } from '../../sandbox/generator/generate-day';
import { fieldsOf } from '../../sandbox/hubs/sabangnet-xml/fields';
import { CONNECTIONS } from '../../sandbox/seed';
import { everAt } from '../activities/dispatch-oracle';
import { keyOf, plainOrders } from '../activities/offered-source';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const REASON = ['--reason', 'the customer wants it as well'];

/** A real worker, real Temporal and MySQL, and the command line in a process of its own. */
describe('a line that comes after the WMS has the order', () => {
  let house: StaffedHouse;
  const orders = plainOrders(951, 60, 2)
    .filter(({ channel }) => channel === 'gmarket')
    .values();
  beforeAll(async () => {
    house = await openStaffedHouse({ workers: 1 });
    house.repeat(() => watchShipments(house.deps, CONNECTIONS.wms), 500);
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  const next = (): EmittedOrder => {
    const { value } = orders.next();
    if (value === undefined) throw new Error('no order is left');
    return value;
  };
  const stageOf = async (key: string) => (await findOrder(db(), key))?.stage;
  const openTasksOf = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind);
  const atTheWms = async ({ orderNumber }: EmittedOrder) =>
    (await everAt(house, CONNECTIONS.wms)).filter(({ orderNumbers }) => orderNumbers === orderNumber);

  /** The hub has this line too, and is read. */
  async function tell(order: EmittedOrder, line: EmittedLine): Promise<void> {
    await house.admin('hub', 'POST', '/records', { records: [{ fields: fieldsOf(order, line) }] });
    await (await house.collect(CONNECTIONS.source)).result();
  }

  /** An order whose first line the WMS has, and whose second one is somebody's task. */
  async function late() {
    const order = next();
    const key = keyOf(order);
    const [first, second] = order.lines;
    if (first === undefined || second === undefined) throw new Error(`${key} has no two lines`);
    await tell(order, first);
    await eventually(async () => expect(await stageOf(key)).toBe('dispatched'), { withinMs: 90_000 });
    await tell(order, second);
    await eventually(async () => expect(await openTasksOf(key)).toEqual(['late_line']));
    return { order, key, first, second };
  }

  it('is a task that names what to do, and is sent, told and sold as well once somebody says so', async () => {
    const { order, key, first, second } = await late();
    expect(await atTheWms(order)).toMatchObject([{ state: 'open', items: itemsOf(first) }]);
    const tasks = (await house.boosta('tasks')) as { orderKey: string; nextAction: string }[];
    expect(tasks.find(({ orderKey }) => orderKey === key)?.nextAction).toContain(
      `boosta orders take-change ${key}`,
    );
    await expect(house.boosta('orders', 'take-change', key, ...REASON)).resolves.toEqual({
      key,
      done: true,
      says: `Line ${second.lineNumber} is sent too`,
    });
    await eventually(async () => expect(await atTheWms(order)).toHaveLength(2), { withinMs: 90_000 });
    expect((await atTheWms(order)).map(({ items }) => items)).toEqual([itemsOf(first), itemsOf(second)]);
    expect(await openTasksOf(key)).toEqual([]);
    await expect(house.boosta('orders', 'take-change', key, ...REASON)).rejects.toThrow('ended with 1');
    for (const { code } of await atTheWms(order)) await house.admin('fulfillment', 'POST', '/ship', { code });
    await eventually(async () => expect(await stageOf(key)).toBe('done'), { withinMs: 90_000 });
    await expectShippedAndSold(order);
    await expect(house.boosta('orders', 'take-change', key, ...REASON)).rejects.toThrow(`${key} is done`);
  });

  it('leaves in a parcel of its own, and the order waits for it when the first one has left', async () => {
    const { order, key } = await late();
    const [{ code } = { code: '' }] = await atTheWms(order);
    await house.boosta('orders', 'take-change', key, ...REASON);
    await house.admin('fulfillment', 'POST', '/ship', { code });
    await eventually(async () => expect(await atTheWms(order)).toHaveLength(2), { withinMs: 90_000 });
    await eventually(async () => expect(await invoicesOf(order)).toHaveLength(1), { withinMs: 90_000 });
    expect(await stageOf(key)).not.toBe('done');
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 0 });
    await eventually(async () => expect(await stageOf(key)).toBe('done'), { withinMs: 90_000 });
    await expectShippedAndSold(order);
  });

  /** Each line is in a parcel, the hub has the number of that parcel for it, and the sale is what was ordered. */
  async function expectShippedAndSold(order: EmittedOrder): Promise<void> {
    const key = keyOf(order);
    const rows = await atTheWms(order);
    expect(rows.map(({ state }) => state)).toEqual(['shipped', 'shipped']);
    expect(await invoicesOf(order)).toEqual(
      rows.flatMap(({ shipments }) => shipments.map(({ trackingNumber }) => trackingNumber)),
    );
    const lines = await linesOf(db(), key);
    expect(lines.map((line) => line.dispatchedQuantity)).toEqual(lines.map((line) => line.quantity));
    const worth = order.lines.reduce((sum, { amount, discount }) => sum + amount - discount, 0n);
    const sold = (await salesOf(db(), key)).reduce((sum, { amount }) => sum + amount, 0n);
    expect(sold).toBe(worth + order.shippingFee);
    expect(await openTasksOf(key)).toEqual([]);
  }

  /** The numbers that the hub has of it, line by line. */
  async function invoicesOf(order: EmittedOrder): Promise<string[]> {
    const { entries } = (await house.admin('hub', 'GET', '/ledger')) as {
      entries: { key: string; lines: { lineNumber: string; invoices: { number: string }[] }[] }[];
    };
    const lines = entries.find(({ key }) => key === keyOf(order))?.lines ?? [];
    return lines.flatMap(({ invoices }) => invoices.at(-1)?.number ?? []);
  }
});

function itemsOf({ configurationCode, quantity }: EmittedLine) {
  const items = configurations.find(({ code }) => code === configurationCode)?.items ?? [];
  return items.map((item) => ({ itemCode: item.itemCode, quantity: item.quantity * quantity }));
}
