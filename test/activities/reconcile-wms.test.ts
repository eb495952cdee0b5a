import { cancelOrder } from '../../activities/cancel-order';
import { moveOrder } from '../../activities/move-order';
import { reconcileWms } from '../../activities/reconcile-wms';
import type { WmsCapabilities } from '../../activities/wms/wms';
import { contentOf, dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { sumDemand } from '../../db/queries/stock';
import { openTasks } from '../../db/queries/tasks';
import { wmsOrderOf } from '../../domain/wms-order';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import {
  dispatchUntilSettled,
  freshAllowance,
  liveOf,
  sendAllTo,
  strike,
  type WmsName,
} from './dispatch-oracle';

const PERSON = { by: 'kim', reason: 'the customer called' };
const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 500, settlingMs: 0 };

describe.each(['fulfillment', 'shipstation'] as const)('reconciling with %s', (wms: WmsName) => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(30);
    await sendAllTo(house, wms);
  });
  beforeEach(() => freshAllowance(house));
  afterEach(() => house.admin(wms, 'DELETE', '/faults'));
  afterAll(() => house.close());

  const sent = async () => {
    const key = keys.shift() ?? '';
    await dispatchUntilSettled(house.deps, key);
    const [dispatch] = await dispatchesOf(house.database.db, key);
    if (dispatch === undefined) throw new Error('no order left');
    return { key, ...dispatch };
  };
  /** Another worker, for which the WMS is of another kind. */
  const seenAs = (capabilities: Partial<WmsCapabilities>) => {
    const deps = house.anotherWorker();
    const open = deps.connections.wms.bind(deps.connections);
    jest.spyOn(deps.connections, 'wms').mockImplementation(async (id) => {
      const at = await open(id);
      return { ...at, wms: { ...at.wms, capabilities: { ...at.wms.capabilities, ...capabilities } } };
    });
    return deps;
  };
  const tasks = async () =>
    (await openTasks(house.database.db))
      .filter(({ connectionId }) => connectionId === wms)
      .map(({ kind, orderKey }) => `${kind} ${orderKey}`);
  const settle = (key: string) =>
    eventually(() => cancelOrder(house.deps, key, PERSON), { withinMs: 20_000 });
  /** What a request does that arrives long after everybody has given up on it. */
  const arriveLate = async (id: string, code: string) => {
    const at = await house.deps.connections.wms(wms);
    const content = await contentOf(house.database.db, [id]);
    const demand = sumDemand(content.map((line) => ({ itemCode: line.itemCode, quantity: line.pieces })));
    const order = wmsOrderOf(code, content, demand);
    await at.wms.create([order], { timeoutMs: 5_000, beforeHandOver: () => undefined });
  };

  it.each([
    ['its list', {}],
    ['look-ups', { list: 'none' }],
  ] as const)('finds nothing, by %s, where all is as it should be', async (_, capabilities) => {
    const cancelled = await sent();
    await settle(cancelled.key);
    await sent();
    const { differences, expected } = await reconcileWms(seenAs(capabilities), wms);
    expect(differences).toEqual([]);
    expect(expected).toBeGreaterThan(0);
    expect(await tasks()).toEqual([]);
  });

  it.each([
    ['its list', {}],
    ['look-ups', { list: 'none' }],
  ] as const)(
    'finds, by %s, what the WMS cancelled by itself: one task, until it is sent anew',
    async (_, capabilities) => {
      const { key, code, reference } = await sent();
      const deps = seenAs(capabilities);
      const at = await house.deps.connections.wms(wms);
      await at.wms.cancel(code, reference ?? '', { timeoutMs: 5_000, beforeHandOver: () => undefined });
      await reconcileWms(deps, wms);
      await reconcileWms(deps, wms);
      expect(await tasks()).toEqual([`missing_in_wms ${key}`]);

      await eventually(() => moveOrder(house.deps, key, { ...PERSON, to: wms }), { withinMs: 20_000 });
      await dispatchUntilSettled(house.deps, key);
      expect(await liveOf(house, key)).toHaveLength(1);
      await reconcileWms(deps, wms);
      expect(await tasks()).toEqual([]);
    },
  );

  it('takes an unknown outcome for what a look-up makes of it, and tells the person who has to decide', async () => {
    const key = keys.shift() ?? '';
    const neither = seenAs({ onRepeat: 'not-promised', lookup: 'none', list: 'none' });
    await strike(house, wms, { kind: 'timeout-after' });
    await expect(dispatchUntilSettled(neither, key)).resolves.toMatchObject({ waiting: 'unknown_outcome' });
    await reconcileWms(seenAs({ lookup: 'none' }), wms);
    const [task] = (await openTasks(house.database.db)).filter(({ orderKey }) => orderKey === key);
    expect(task).toMatchObject({
      kind: 'unknown_outcome',
      reason: expect.stringContaining('It has received it'),
    });
    expect(await findOrder(house.database.db, key)).toMatchObject({ waiting: 'unknown_outcome' });
    await reconcileWms(house.deps, wms);
    expect(house.journeys.nudges).toContainEqual({ orderKey: key, signal: 'rematch' });
    await dispatchUntilSettled(house.deps, key);
    expect(await findOrder(house.database.db, key)).toMatchObject({ stage: 'dispatched', waiting: null });
  });

  it('says so where the WMS neither lists nor finds anything', async () => {
    await sent();
    const { by, differences } = await reconcileWms(seenAs({ list: 'none', lookup: 'none' }), wms);
    expect({ by, differences }).toEqual({ by: 'nothing', differences: [] });
  });

  // ShipStation refuses whatever was cancelled under its key; Sabangnet Fulfillment takes the code again.
  if (wms === 'fulfillment')
    it.each([
      ['its list', {}],
      ['look-ups', { list: 'none' }],
    ] as const)(
      'finds, by %s, a cancelled order that a late request has revived, until it is gone',
      async (_, capabilities) => {
        const { key, id, code } = await sent();
        const deps = seenAs(capabilities);
        await settle(key);
        await arriveLate(id, code);
        expect(await liveOf(house, key)).toHaveLength(1);
        await reconcileWms(deps, wms);
        await reconcileWms(deps, wms);
        expect(await tasks()).toEqual([`surplus_in_wms ${key}`]);
        const at = await house.deps.connections.wms(wms);
        const [found] = (await at.wms.lookup(code)).filter(({ state }) => state === 'open');
        await at.wms.cancel(code, found?.reference ?? '', {
          timeoutMs: 5_000,
          beforeHandOver: () => undefined,
        });
        await reconcileWms(deps, wms);
        expect(await tasks()).toEqual([]);
      },
    );
});
