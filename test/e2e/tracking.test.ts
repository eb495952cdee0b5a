import { sweepOrders } from '../../activities/sweep-orders';
import { watchShipments } from '../../activities/watch-shipments';
import { findOrder } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { Stage } from '../../domain/stage';
import { type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
import { everAt, freshAllowance } from '../activities/dispatch-oracle';
import { keyOf } from '../activities/offered-source';
import { quietFor } from '../activities/quiet-for';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

/** ShipStation lists a parcel again for a while: a number that it corrects is read. */
const WMS = 'shipstation';
const SOURCE = 'coupang';
const DAY = { seed: 961, orders: 40, date: '2026-11-20', channels: ['coupang'] as const };
/** The warehouse has printed these twice: the first order with one should have had the other. */
const PRINTED = ['690000000017', '690000000028'] as const;
const RIGHT = ['690000000039', '690000000040'] as const;
const WORDS = '이미 저장된 송장번호가 있습니다';

interface Upload {
  readonly orderKey: string;
  readonly trackingNumber: string;
  readonly state: string;
  readonly reason: string | null;
}

/** A real worker, real Temporal and MySQL, and the command line in a process of its own. */
describe('a tracking number that the channel has for another order', () => {
  let house: StaffedHouse;
  let first: readonly [EmittedOrder, EmittedOrder];
  let done: EmittedOrder;
  let underWay: EmittedOrder;

  beforeAll(async () => {
    house = await openStaffedHouse({ workers: 1 });
    await house.database.pool.query('update route set wms = ?', [WMS]);
    await freshAllowance(house);
    house.repeat(() => house.database.pool.query('delete from permit'), 300);
    await house.admin(SOURCE, 'POST', '/days', DAY);
    const plain = generateDay(DAY).filter(
      ({ cancellation, lines }) => cancellation === null && lines.every(({ isNewDeal }) => !isNewDeal),
    );
    const ofOne = plain.filter(({ lines }) => lines.length === 1);
    first = [ofOne[0] ?? missing(), ofOne[1] ?? missing()];
    done = ofOne[2] ?? missing();
    underWay = plain.find(({ lines }) => lines.length === 2) ?? missing();
    await (await house.collect(SOURCE)).result();
    for (const order of [...first, done, underWay]) await untilStage(order, 'dispatched');
  });
  afterAll(() => house.close());

  const missing = (): never => {
    throw new Error('The day has no such order');
  };
  const stageOf = async (order: EmittedOrder) => (await findOrder(house.database.db, keyOf(order)))?.stage;
  const untilStage = async (order: EmittedOrder, stage: Stage) =>
    eventually(async () => expect(await stageOf(order)).toBe(stage), { withinMs: 120_000 });
  const openTasksOf = async (order: EmittedOrder) =>
    (await tasksOfOrder(house.database.db, keyOf(order)))
      .filter(({ closedAt }) => closedAt === null)
      .map(({ kind }) => kind);
  const uploads = async (...filter: string[]) =>
    (await house.boosta('tracking', 'list', ...filter)) as readonly Upload[];

  async function sentAs({ orderNumber }: EmittedOrder) {
    const [row] = (await everAt(house, WMS)).filter(({ orderNumbers }) => orderNumbers === orderNumber);
    return row ?? missing();
  }

  /** The warehouse has put this number on the order's parcels, and is looked at. */
  async function number(order: EmittedOrder, trackingNumber: string): Promise<void> {
    const { code } = await sentAs(order);
    await house.admin(WMS, 'PUT', '/parcels', { code, trackingNumber });
    await watchShipments(house.deps, WMS);
  }

  /** All of it leaves, or one piece. */
  async function ship(order: EmittedOrder, trackingNumber: string, isAll = true): Promise<void> {
    const { code, items } = await sentAs(order);
    const piece = items.slice(0, 1).map(({ itemCode }) => ({ itemCode, quantity: 1 }));
    await house.admin(WMS, 'POST', '/ship', isAll ? { code } : { code, items: piece });
    await number(order, trackingNumber);
  }

  /** What Coupang has been told of an order, the number that counts last. */
  async function atTheChannel(order: EmittedOrder): Promise<string[][]> {
    const { entries } = (await house.admin(SOURCE, 'GET', '/ledger')) as {
      entries: { key: string; lines: { invoices: { number: string }[] }[] }[];
    };
    const lines = entries.find(({ key }) => key === keyOf(order))?.lines ?? [];
    return lines.map(({ invoices }) => invoices.map((invoice) => invoice.number));
  }

  /** What is told after a journey's end is told by the sweep. */
  async function sweep(): Promise<void> {
    await quietFor(house, 90);
    await sweepOrders(house.deps);
  }

  it('is shown with the words in which the channel refused it, and the order is done all the same', async () => {
    for (const index of [0, 1] as const) await ship(first[index], PRINTED[index]);
    for (const order of first) await untilStage(order, 'done');
    await ship(done, PRINTED[0]);
    await ship(underWay, PRINTED[1], false);
    await untilStage(done, 'done');
    await eventually(async () => expect(await openTasksOf(underWay)).toEqual(['tracking_refused']));
    const refused = await uploads('--state', 'refused');
    expect(refused).toHaveLength(2);
    const reason = expect.stringContaining(WORDS);
    for (const [index, order] of [done, underWay].entries())
      expect(refused).toContainEqual(
        expect.objectContaining({ orderKey: keyOf(order), trackingNumber: PRINTED[index], reason }),
      );
    expect([await openTasksOf(done), await stageOf(underWay)]).toEqual([['tracking_refused'], 'dispatched']);
    expect([...(await atTheChannel(done)), ...(await atTheChannel(underWay))].flat()).toEqual([]);
  });

  it('is refused again as long as the channel has it for another order', async () => {
    await expect(house.boosta('tracking', 'resend', keyOf(done))).resolves.toEqual({ parcels: 1 });
    expect(await uploads('--state', 'pending')).toMatchObject([
      { orderKey: keyOf(done), reason: expect.stringContaining(WORDS) },
    ]);
    await sweep();
    expect((await uploads('--state', 'refused')).map(({ orderKey }) => orderKey)).toContain(keyOf(done));
    expect(await openTasksOf(done)).toEqual(['tracking_refused']);
  });

  it('is told anew by itself where the WMS corrects it', async () => {
    for (const index of [0, 1] as const) await number(first[index], RIGHT[index]);
    await sweep();
    for (const index of [0, 1] as const) {
      expect(await atTheChannel(first[index])).toEqual([[PRINTED[index], RIGHT[index]]]);
      expect(await stageOf(first[index])).toBe('done');
      const mine = (await uploads()).filter(({ orderKey }) => orderKey === keyOf(first[index]));
      expect(mine).toMatchObject([{ trackingNumber: RIGHT[index], state: 'done', reason: null }]);
    }
  });

  it('reaches the channel when it is told again: at once where the order is under way, else by the sweep', async () => {
    await expect(house.boosta('tracking', 'resend', '--all-refused')).resolves.toEqual({ parcels: 2 });
    await eventually(async () => expect(await uploads('--state', 'pending')).toHaveLength(1), {
      withinMs: 90_000,
    });
    expect(new Set((await atTheChannel(underWay)).flat())).toEqual(new Set([PRINTED[1]]));
    expect((await atTheChannel(done)).flat()).toEqual([]);
    await sweep();
    expect(await atTheChannel(done)).toEqual([[PRINTED[0]]]);
    expect(await uploads('--state', 'refused')).toEqual([]);
    expect([await openTasksOf(done), await openTasksOf(underWay), await stageOf(done)]).toEqual([
      [],
      [],
      'done',
    ]);
    await expect(house.boosta('tracking', 'resend', '--all-refused')).rejects.toThrow(
      'no such tracking number',
    );
  });
});
