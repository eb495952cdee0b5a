import { watchShipments } from '../../activities/watch-shipments';
import { findOrder } from '../../db/queries/orders';
import { salesOf } from '../../db/queries/sales';
import { tasksOfOrder } from '../../db/queries/tasks';
import { configurations } from '../../sandbox/catalogue';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { fieldsOf } from '../../sandbox/hubs/sabangnet-xml/fields';
import { CONNECTIONS } from '../../sandbox/seed';
import { everAt } from '../activities/dispatch-oracle';
import { keyOf, plainOrders } from '../activities/offered-source';
import { sumPieces } from '../chaos/oracle';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const REASON = ['--reason', 'one parcel is enough'];
const PATIENTLY = { withinMs: 90_000 };

/** A real worker, real Temporal and MySQL, and the command line in a process of its own. */
describe('orders that one person places one after the other', () => {
  let house: StaffedHouse;
  const orders = plainOrders(971, 80, 1)
    .filter(({ channel }) => channel === 'gmarket')
    .values();
  beforeAll(async () => {
    house = await openStaffedHouse({ workers: 1 });
    house.repeat(() => watchShipments(house.deps, CONNECTIONS.wms), 500);
    await house.boosta('packing', 'window', '--minutes', '30', ...REASON);
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  const stageOf = async (key: string) => (await findOrder(db(), key))?.stage;
  const untilAll = (keys: readonly string[], stage: string) =>
    eventually(async () => {
      for (const key of keys) expect({ key, stage: await stageOf(key) }).toEqual({ key, stage });
    }, PATIENTLY);

  /** So many more orders, all of one receiver, each with another safe number. */
  function ofOneReceiver(count: number): EmittedOrder[] {
    const placed = Array.from({ length: count }, () => orders.next().value).filter(
      (one) => one !== undefined,
    );
    const [first] = placed;
    if (first === undefined || placed.length < count) throw new Error('no order is left');
    return placed.map((order, index) => {
      const safeNumber = `0504-0123-000${index}`;
      return { ...order, buyer: first.buyer, recipient: { ...first.recipient, safeNumber } };
    });
  }
  /** The hub has them, is read, and all of them wait in one dispatch. */
  async function wait(placed: readonly EmittedOrder[]): Promise<string[]> {
    const keys = placed.map(keyOf);
    for (const order of placed) {
      const records = order.lines.map((line) => ({ fields: fieldsOf(order, line) }));
      await house.admin('hub', 'POST', '/records', { records });
    }
    await (await house.collect(CONNECTIONS.source)).result();
    await eventually(async () => {
      const groups = (await house.boosta('packing', 'list')) as { orders: string[] }[];
      expect(groups.map((group) => group.orders)).toContainEqual(keys.toSorted());
    }, PATIENTLY);
    return keys;
  }
  const atTheWms = async (placed: readonly EmittedOrder[]) => {
    const numbers = placed.map(({ orderNumber }) => orderNumber);
    const rows = await everAt(house, CONNECTIONS.wms);
    return rows.filter(({ orderNumbers }) => numbers.some((number) => orderNumbers.includes(number)));
  };

  it('go out in one parcel, are all told its number, and are each sold', async () => {
    const placed = ofOneReceiver(3);
    const keys = await wait(placed);
    expect(await atTheWms(placed)).toEqual([]);
    await house.boosta('orders', 'send-now', keys[1] ?? '', ...REASON);
    await untilAll(keys, 'dispatched');
    const [sent, ...more] = await atTheWms(placed);
    expect(more).toEqual([]);
    expect(sent?.orderNumbers.split(', ').toSorted()).toEqual(
      placed.map(({ orderNumber }) => orderNumber).toSorted(),
    );
    expect(sumPieces(sent?.items ?? [])).toEqual(sumPieces(placed.flatMap(itemsOf)));
    await ship(sent?.code);
    await untilAll(keys, 'done');
    const [parcel] = (await atTheWms(placed)).flatMap(({ shipments }) => shipments);
    for (const order of placed) await expectToldAndSold(order, [parcel?.trackingNumber]);
  });

  it('leave without the one that is cancelled in its window, which is never sent', async () => {
    const placed = ofOneReceiver(3);
    const keys = await wait(placed);
    const [gone = '', ...others] = keys;
    await house.boosta('orders', 'cancel', gone, ...REASON);
    await untilAll([gone], 'cancelled');
    await house.boosta('orders', 'send-now', others[0] ?? '', ...REASON);
    await untilAll(others, 'dispatched');
    const sent = await atTheWms(placed);
    expect(sent.map(({ orderNumbers }) => orderNumbers.split(', ').toSorted())).toEqual([
      placed
        .slice(1)
        .map(({ orderNumber }) => orderNumber)
        .toSorted(),
    ]);
    expect(sumPieces(sent[0]?.items ?? [])).toEqual(sumPieces(placed.slice(1).flatMap(itemsOf)));
  });

  it('go two ways once somebody has separated them', async () => {
    const placed = ofOneReceiver(2);
    const [apart = '', other = ''] = await wait(placed);
    await house.boosta('orders', 'separate', apart, ...REASON);
    await untilAll([apart], 'dispatched');
    expect(await stageOf(other)).toBe('matched');
    await house.boosta('orders', 'send-now', other, ...REASON);
    await untilAll([other], 'dispatched');
    const sent = await atTheWms(placed);
    const pieces = new Map(sent.map(({ orderNumbers, items }) => [orderNumbers, sumPieces(items)]));
    expect(pieces).toEqual(new Map(placed.map((order) => [order.orderNumber, sumPieces(itemsOf(order))])));
  });

  const ship = (code: string | undefined) => house.admin('fulfillment', 'POST', '/ship', { code });

  async function expectToldAndSold(order: EmittedOrder, numbers: readonly unknown[]): Promise<void> {
    const { entries } = (await house.admin('hub', 'GET', '/ledger')) as {
      entries: { key: string; lines: { invoices: { number: string }[] }[] }[];
    };
    const lines = entries.find(({ key }) => key === keyOf(order))?.lines ?? [];
    const told = new Set(lines.map(({ invoices }) => invoices.at(-1)?.number));
    expect([...told]).toEqual(numbers);
    const worth = order.lines.reduce((sum, { amount, discount }) => sum + amount - discount, 0n);
    const sold = (await salesOf(db(), keyOf(order))).reduce((sum, { amount }) => sum + amount, 0n);
    expect(sold).toBe(worth + order.shippingFee);
    const open = (await tasksOfOrder(db(), keyOf(order))).filter(({ closedAt }) => closedAt === null);
    expect(open).toEqual([]);
  }
});

interface Pieces {
  readonly itemCode: string;
  readonly quantity: number;
}

function itemsOf({ lines }: EmittedOrder): Pieces[] {
  return lines.flatMap(({ configurationCode, quantity }) => {
    const items = configurations.find(({ code }) => code === configurationCode)?.items ?? [];
    return items.map((item) => ({ itemCode: item.itemCode, quantity: item.quantity * quantity }));
  });
}
