import { cancelOrder } from '../../activities/cancel-order';
import type { Deps } from '../../activities/deps';
import { claim } from '../../activities/dispatch/claim';
import type { DispatcherOptions } from '../../activities/dispatch/dispatcher';
import type { Step } from '../../activities/dispatch/one-call';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import type { WmsCapabilities } from '../../activities/wms/wms';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import { tasksOfOrder } from '../../db/queries/tasks';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, expectSound, liveOf, sendAllTo, strike } from './dispatch-oracle';

/** WMSes that promise less than those we have: only the lock and the lease stand before them. */

const LEASE_MS = 3_000;
const BOUNDS = { leaseMs: LEASE_MS, requestTimeoutMs: 1_000 };
const LAG_SECONDS = 0.5;
const LOOK_UP_ONLY = { onRepeat: 'not-promised', lookup: { visibleAfterSeconds: LAG_SECONDS } } as const;
const NEITHER = { onRepeat: 'not-promised', lookup: 'none', list: 'none' } as const;
const PERSON = { by: 'kim', reason: 'asked the warehouse by telephone' };
const AT_THE_WMS = { stage: 'dispatched', waiting: 'shipment' };
const ASKS = { stage: 'matched', waiting: 'unknown_outcome' };

/** Stops a sender at a step until it is told to go on. */
function stop(at: Step) {
  let goOn = () => {};
  let arrive = () => {};
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const onStep = (step: Step) => {
    if (step !== at) return undefined;
    arrive();
    return released;
  };
  return { options: { onStep }, reached, goOn: () => goOn() };
}

describe('an order for a WMS that takes a repeated code as a new order', () => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(24);
    await sendAllTo(house, 'fulfillment');
    await house.admin('fulfillment', 'PUT', '/settings', { rejectRepeatedCodes: false });
  });
  afterEach(() => house.admin('fulfillment', 'DELETE', '/faults'));
  afterAll(() => house.close());

  const next = async () => {
    const key = keys.shift() ?? '';
    const [dispatch] = await dispatchesOf(house.database.db, key);
    if (dispatch === undefined) throw new Error('no order left');
    return { key, id: dispatch.id };
  };
  const workerFor = (
    promises: Partial<WmsCapabilities>,
    onAbsent: 'ask' | 'resend' = 'ask',
    options: DispatcherOptions = {},
  ): Deps => {
    const deps = house.anotherWorker({ ...BOUNDS, ...options });
    const open = deps.connections.wms.bind(deps.connections);
    deps.connections.wms = async (id) => {
      const to = await open(id);
      const capabilities = { ...to.wms.capabilities, ...promises };
      return { ...to, onAbsent, wms: { ...to.wms, capabilities } };
    };
    return deps;
  };
  const creations = async (id: string) =>
    (await attemptsOf(house.database.db, [id])).filter(({ kind }) => kind === 'create');
  const openTasks = async (key: string) =>
    (await tasksOfOrder(house.database.db, key)).filter((t) => t.openKey !== null).map((t) => t.kind);

  it.each(['timeout-after', 'reset-after', '5xx-after', 'broken-body'] as const)(
    'is looked up, not sent again, after %s',
    async (kind) => {
      const { key, id } = await next();
      await strike(house, 'fulfillment', { kind });
      await expect(dispatchUntilSettled(workerFor(LOOK_UP_ONLY), key)).resolves.toEqual(AT_THE_WMS);
      expect(await creations(id)).toHaveLength(1);
      await expectSound(house, [key]);
    },
  );

  it('asks a person when it is not found, and sends nothing by itself', async () => {
    const { key, id } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-before' });
    const worker = workerFor(LOOK_UP_ONLY);
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    expect(await creations(id)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('is sent again after lease and lag when it is not found and the connection says so', async () => {
    const { key, id } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-before' });
    await expect(dispatchUntilSettled(workerFor(LOOK_UP_ONLY, 'resend'), key)).resolves.toEqual(AT_THE_WMS);
    const [first, second, ...more] = await creations(id);
    expect(more).toEqual([]);
    const pauseMs = (second?.startedAt.getTime() ?? 0) - (first?.startedAt.getTime() ?? 0);
    expect(pauseMs).toBeGreaterThanOrEqual(LEASE_MS + LAG_SECONDS * 1_000);
    await expectSound(house, [key]);
  });

  it('is not sent for ever when the WMS refuses what it did not receive', async () => {
    const { key, id } = await next();
    await house.database.pool.query(`update recipient set name = '' where order_key = ?`, [key]);
    await strike(house, 'fulfillment', { kind: 'timeout-before' });
    await expect(dispatchUntilSettled(workerFor(LOOK_UP_ONLY, 'resend'), key)).resolves.toEqual(ASKS);
    expect(await creations(id)).toMatchObject([{ outcome: 'unknown' }, { outcome: 'refused' }]);
    await expectSound(house, [key]);
  });

  it('is sent once by two who both looked it up and did not find it', async () => {
    const { key } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-before' });
    const workers = [workerFor(LOOK_UP_ONLY, 'resend'), workerFor(LOOK_UP_ONLY, 'resend')];
    const all = workers.flatMap((worker) => [worker, worker, worker]);
    await Promise.all(all.map((worker) => dispatchUntilSettled(worker, key)));
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('is not sent after a look-up that is older than the last attempt', async () => {
    const { key, id } = await next();
    const tokenNow = async () => (await dispatchesOf(house.database.db, key))[0]?.leaseToken ?? '';
    const worker = workerFor(LOOK_UP_ONLY, 'resend');
    const sendAfter = async (resendAfter: string) => {
      const to = await worker.connections.wms('fulfillment');
      const [made] = await claim(house.database, [{ id, resendAfter }], to, LEASE_MS);
      return made;
    };
    await strike(house, 'fulfillment', { kind: 'timeout-before' }, { kind: 'timeout-after' });
    await worker.dispatcher.dispatch(id, 'fulfillment', 5_000);
    const stale = await tokenNow();
    await eventually(async () => {
      await worker.dispatcher.dispatch(id, 'fulfillment', 5_000);
      expect(await liveOf(house, key)).toHaveLength(1);
    });
    expect(await tokenNow()).not.toBe(stale);
    await expect(sendAfter(stale)).resolves.toMatchObject({ value: { step: 'look-up' } });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(AT_THE_WMS);
    await expectSound(house, [key]);
  });

  it('asks a person when nothing can tell; what they call received can be cancelled there', async () => {
    const { key } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-after' });
    const worker = workerFor(NEITHER);
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await eventually(async () =>
      expect(await resolveDispatch(worker, key, 'received', PERSON)).toMatchObject({ done: true }),
    );
    await expectSound(house, [key]);
    // Stopped at once, and once more when no earlier request can be on its way.
    const canceller = { ...house.deps, dispatcher: worker.dispatcher };
    await eventually(async () =>
      expect(await cancelOrder(canceller, key, PERSON)).toMatchObject({ done: true }),
    );
    expect(await liveOf(house, key)).toHaveLength(0);
    await expectSound(house, [key]);
  });

  it('becomes a task when a late answer proves a person wrong who called it not received', async () => {
    const { key, id } = await next();
    const { options, reached, goOn } = stop('sent');
    const late = workerFor(NEITHER, 'ask', options).dispatcher.dispatch(id, 'fulfillment', 5_000);
    await reached;
    expect(await liveOf(house, key)).toHaveLength(1);
    const worker = workerFor(NEITHER);
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await eventually(async () =>
      expect(await resolveDispatch(worker, key, 'not-received', PERSON)).toMatchObject({ done: true }),
    );
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(AT_THE_WMS);
    goOn();
    await late;
    expect(await openTasks(key)).toEqual(['surplus_in_wms']);
  });

  it('is with the WMS when a late answer says so before a person has', async () => {
    const { key, id } = await next();
    const { options, reached, goOn } = stop('sent');
    const late = workerFor(NEITHER, 'ask', options).dispatcher.dispatch(id, 'fulfillment', 5_000);
    await reached;
    expect(await liveOf(house, key)).toHaveLength(1);
    await expect(dispatchUntilSettled(workerFor(NEITHER), key)).resolves.toEqual(ASKS);
    goOn();
    await expect(late).resolves.toEqual({ kind: 'with-the-wms' });
    await expectSound(house, [key]);
  });

  it('is not touched by a late refusal while another sender has it in hand', async () => {
    const { key, id } = await next();
    await house.database.pool.query(`update recipient set name = '' where order_key = ?`, [key]);
    const [late, inHand] = [stop('sent'), stop('claimed')];
    const promises = { ...LOOK_UP_ONLY, onRepeat: 'refused' } as const;
    const first = workerFor(promises, 'ask', late.options).dispatcher.dispatch(id, 'fulfillment', 5_000);
    await late.reached;
    const worker = workerFor(promises, 'ask', { ...inHand.options, leaseMs: 20_000 });
    const second = eventually(async () => {
      const result = await worker.dispatcher.dispatch(id, 'fulfillment', 5_000);
      if (result.kind === 'again' && result.unknown !== true) throw new Error(result.why);
    });
    await inHand.reached;
    const [before] = await dispatchesOf(house.database.db, key);
    late.goOn();
    await expect(first).resolves.toMatchObject({ kind: 'again', unknown: true });
    expect(await dispatchesOf(house.database.db, key)).toEqual([before]);
    inHand.goOn();
    await second;
  });

  it('is not called received while its sender may still be at it', async () => {
    const { key } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-after' });
    const worker = workerFor(NEITHER, 'ask', { leaseMs: 20_000 });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await expect(resolveDispatch(worker, key, 'not-received', PERSON)).resolves.toMatchObject({
      done: false,
    });
    expect(await dispatchesOf(house.database.db, key)).toHaveLength(1);
  });

  it('is not sent anew before what was under way at the end of the lease has had its time', async () => {
    const { key } = await next();
    await strike(house, 'fulfillment', { kind: 'timeout-after' });
    const worker = workerFor(NEITHER, 'ask', { settlingMs: 20_000 });
    await expect(dispatchUntilSettled(worker, key)).resolves.toEqual(ASKS);
    await eventually(async () => {
      const [made] = await dispatchesOf(house.database.db, key);
      expect(made?.leaseExpiresAt?.getTime()).toBeLessThan(Date.now());
    });
    await expect(resolveDispatch(worker, key, 'not-received', PERSON)).resolves.toMatchObject({
      done: false,
    });
    await expect(resolveDispatch(worker, key, 'received', PERSON)).resolves.toMatchObject({ done: true });
  });
});
