import { reconcileWms } from '../../activities/reconcile-wms';
import { syncStock } from '../../activities/sync-stock';
import { watchShipments } from '../../activities/watch-shipments';
import { cutOver, moveAll } from '../../client/use-cases/change-wms';
import { contentOf, dispatchesOf } from '../../db/queries/dispatches';
import { findOrder, linesOf } from '../../db/queries/orders';
import { sumDemand } from '../../db/queries/stock';
import { openTasks } from '../../db/queries/tasks';
import { wmsOrderOf } from '../../domain/wms-order';
import { expectSumsRight, freshAllowance, liveAt } from '../activities/dispatch-oracle';
import { eventually } from '../support/eventually';
import { openStaffedHouse, type StaffedHouse } from '../support/staffed-house';

const WMSES = ['fulfillment', 'shipstation', 'shipbob'] as const;
type Wms = (typeof WMSES)[number];
const CHANGES: readonly (readonly [Wms, Wms])[] = [
  ['fulfillment', 'shipstation'],
  ['shipstation', 'fulfillment'],
  ['fulfillment', 'shipbob'],
];
const ORDERS_PER_CHANGE = 16;
const BOUNDS = { leaseMs: 2_000, requestTimeoutMs: 600 };
const KIM = { by: 'kim', reason: 'change of the warehouse' };
const TROUBLE = {
  seed: 11,
  faults: [
    { endpoint: 'create', kind: 'timeout-after', probability: 0.12 },
    { endpoint: 'create', kind: '5xx-after', probability: 0.08 },
    { endpoint: 'create', kind: 'reset-before', probability: 0.1 },
    { endpoint: 'create', kind: 'broken-body', probability: 0.05 },
    { endpoint: 'cancel', kind: 'reset-after', probability: 0.15 },
    { endpoint: 'lookup', kind: '5xx-before', probability: 0.1 },
  ],
};
/** ShipStation cancels by the call that creates. */
const troubleAt = (wms: Wms) =>
  wms === 'shipstation'
    ? { ...TROUBLE, faults: TROUBLE.faults.filter(({ endpoint }) => endpoint !== 'cancel') }
    : TROUBLE;
/** Two real workers, real Temporal and MySQL, three kinds of warehouse over HTTP that lose answers, and no pause. */
describe('changing the WMS three times under load', () => {
  let house: StaffedHouse;
  let keys: string[];
  const started: string[] = [];

  beforeAll(async () => {
    house = await openStaffedHouse({ dispatcher: BOUNDS });
    await syncStock(house.deps, 'shipbob');
    await house.database.pool.query(`delete from route where channel <> ''`);
    await freshAllowance(house);
    keys = await house.matchedOrders(90, 77);
    house.repeat(() => house.database.pool.query('delete from permit'), 300);
    house.repeat(watchAll, 1_000);
  });
  afterAll(() => house.close());

  async function watchAll(): Promise<void> {
    for (const wms of WMSES) await watchShipments(house.deps, wms).catch(() => 0);
  }
  async function startSome(count: number): Promise<void> {
    for (const key of keys.splice(0, count)) {
      const order = await findOrder(house.database.db, key);
      if (order === undefined) throw new Error(`no order ${key}`);
      await house.deps.journeys.start(order);
      started.push(key);
    }
  }
  const acceptedAt = async (wms: Wms) => {
    const all = await Promise.all(started.map((key) => dispatchesOf(house.database.db, key)));
    return all.flat().filter((dispatch) => dispatch.wms === wms && dispatch.state === 'accepted');
  };
  /** Of the orders that were started; others have deals that nobody knows. */
  const tasksOfStarted = async () =>
    (await openTasks(house.database.db)).filter(
      ({ orderKey }) => orderKey === null || started.includes(orderKey),
    );
  const stagesOf = async () =>
    Promise.all(started.map(async (key) => (await findOrder(house.database.db, key))?.stage));
  /** Every live order of every WMS, with the order of ours that it is for. */
  async function liveByOrder(): Promise<Map<string, { wms: Wms; pieces: string[] }[]>> {
    const live = new Map<string, { wms: Wms; pieces: string[] }[]>();
    const orderOf = new Map<string, string>();
    for (const key of started)
      for (const { code } of await dispatchesOf(house.database.db, key)) orderOf.set(code, key);
    for (const wms of WMSES) {
      for (const row of await liveAt(house, wms)) {
        const key = orderOf.get(row.code) ?? `unknown ${row.code}`;
        const pieces = row.items.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`);
        live.set(key, [...(live.get(key) ?? []), { wms, pieces }]);
      }
    }
    return live;
  }
  /** What the order's lines stand for, over all that is sent of it. */
  async function wanted(key: string): Promise<string[]> {
    const sent = (await dispatchesOf(house.database.db, key)).filter(({ state }) => state === 'shipped');
    const contents = await Promise.all(sent.map(({ id }) => contentOf(house.database.db, [id])));
    return sumDemand(contents.flat().map((c) => ({ itemCode: c.itemCode, quantity: c.pieces }))).map(
      ({ itemCode, quantity }) => `${quantity} × ${itemCode}`,
    );
  }

  it('cuts over and moves while orders come in and answers get lost', async () => {
    for (const wms of WMSES) await house.admin(wms, 'PUT', '/faults', troubleAt(wms));
    for (const [from, to] of CHANGES) {
      await startSome(ORDERS_PER_CHANGE / 2);
      await eventually(async () => expect((await acceptedAt(from)).length).toBeGreaterThan(1), {
        // A WMS that was silent several times in a row is left alone for a while.
        withinMs: 90_000,
      });
      await startSome(ORDERS_PER_CHANGE / 4);
      const { routes } = await cutOver(house.context, { from, to }, KIM);
      expect(routes.length).toBeGreaterThan(0);
      const moving = moveAll(house.context, { from, to }, KIM);
      await startSome(ORDERS_PER_CHANGE / 4);
      const moved = await moving;
      expect(moved.some(({ done }) => done)).toBe(true);
    }
    expect(started).toHaveLength(CHANGES.length * ORDERS_PER_CHANGE);
  }, 420_000);

  it('comes to rest with every order shipped once, by one WMS, and nothing left to do', async () => {
    for (const wms of WMSES) await house.admin(wms, 'DELETE', '/faults');
    // What nobody knew to be cancelled is asked for again; whatever stays ships where it is.
    await eventually(
      async () => {
        for (const [from, to] of CHANGES) await moveAll(house.context, { from, to }, KIM);
        const tasks = await tasksOfStarted();
        expect(tasks.filter(({ kind }) => kind === 'cancel_unknown')).toEqual([]);
      },
      { withinMs: 120_000, everyMs: 1_000 },
    );
    await eventually(async () => expect(new Set(await stagesOf())).toEqual(new Set(['dispatched'])), {
      withinMs: 90_000,
      everyMs: 500,
    });
    for (const wms of WMSES) expect((await reconcileWms(house.deps, wms)).differences).toEqual([]);
    for (const wms of WMSES) await house.admin(wms, 'PUT', '/settings', { shipAfterMs: 0 });
    await eventually(async () => expect(new Set(await stagesOf())).toEqual(new Set(['done'])), {
      withinMs: 90_000,
      everyMs: 500,
    });
    const live = await liveByOrder();
    for (const key of started) {
      const lines = await linesOf(house.database.db, key);
      expect(lines.every((l) => l.dispatchedQuantity === l.quantity - l.cancelledQuantity)).toBe(true);
      expect({ key, live: live.get(key)?.flatMap(({ pieces }) => pieces.toSorted()) }).toEqual({
        key,
        live: (await wanted(key)).toSorted(),
      });
    }
    expect([...live.keys()].toSorted()).toEqual(started.toSorted());
    expect(await tasksOfStarted()).toEqual([]);
    await expectSumsRight(house);
  }, 420_000);

  it('finds nothing when it compares, and finds the late request that is planted then', async () => {
    for (const wms of WMSES) expect((await reconcileWms(house.deps, wms)).differences).toEqual([]);
    const { key, id, code } = await oneThatMoved();
    const content = await contentOf(house.database.db, [id]);
    const demand = sumDemand(content.map((c) => ({ itemCode: c.itemCode, quantity: c.pieces })));
    const at = await house.deps.connections.wms('fulfillment');
    const late = wmsOrderOf(code, content, demand);
    await at.wms.create([late], { timeoutMs: 5_000, beforeHandOver: () => undefined });
    await reconcileWms(house.deps, 'fulfillment');
    expect(await tasksOfStarted()).toMatchObject([
      { kind: 'surplus_in_wms', orderKey: key, connectionId: 'fulfillment' },
    ]);
  }, 60_000);

  async function oneThatMoved() {
    for (const key of started)
      for (const { id, code, wms, state } of await dispatchesOf(house.database.db, key))
        if (wms === 'fulfillment' && state === 'cancelled') return { key, id, code };
    throw new Error('Nothing was moved away from fulfillment');
  }
});
