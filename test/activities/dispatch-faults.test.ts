import { cancelOrder } from '../../activities/cancel-order';
import { holdOrder } from '../../activities/hold-order';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { attemptsOf } from '../../db/queries/attempts';
import { dispatchesOf } from '../../db/queries/dispatches';
import type { FaultInput } from '../../sandbox/stand-in/faults';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import {
  dispatchUntilSettled,
  expectSound,
  freshAllowance,
  liveOf,
  sendAllTo,
  strike,
  WMSES,
} from './dispatch-oracle';

const BOUNDS = { leaseMs: 3_000, requestTimeoutMs: 1_000 };
const PERSON = { by: 'kim', reason: 'asked the warehouse by telephone' };

type Faults = readonly Omit<FaultInput, 'endpoint'>[];
const ENDS_ACCEPTED: Readonly<Record<string, Faults>> = {
  'no fault': [],
  'a time-out before it is received': [{ kind: 'timeout-before' }],
  'a time-out after it is received': [{ kind: 'timeout-after' }],
  'a time-out after it is received, then 429': [{ kind: 'timeout-after' }, { kind: '429' }],
  'a time-out after it is received, then a time-out before': [
    { kind: 'timeout-after' },
    { kind: 'timeout-before' },
  ],
  'a 5xx before': [{ kind: '5xx-before' }],
  'a 5xx after': [{ kind: '5xx-after' }],
  'a reset before': [{ kind: 'reset-before' }],
  'a reset after': [{ kind: 'reset-after' }],
  'half a body': [{ kind: 'broken-body' }],
  'an answer of 429': [{ kind: '429' }],
  'a duplicate delivery': [{ kind: 'duplicate-delivery' }],
  'a port that is closed, and opens': [{ kind: 'down', ms: 700 }],
  'a reset after, a 5xx after, half a body': [
    { kind: 'reset-after' },
    { kind: '5xx-after' },
    { kind: 'broken-body' },
  ],
  '429, then a time-out after': [{ kind: '429' }, { kind: 'timeout-after' }],
};

describe.each([...WMSES, 'shipbob'] as const)('an order for %s', (wms) => {
  let house: House;
  let keys: string[];
  const nextKey = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  const dispatchOf = async (key: string) => {
    const dispatch = (await dispatchesOf(house.database.db, key)).at(-1);
    if (dispatch === undefined) throw new Error(`${key} has no dispatch`);
    return dispatch;
  };
  const outcomesOf = async (key: string) => {
    const attempts = await attemptsOf(house.database.db, [(await dispatchOf(key)).id]);
    return attempts.map(({ kind, outcome }) => `${kind}: ${outcome}`);
  };

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(40);
    await sendAllTo(house, wms);
  });
  beforeEach(() => freshAllowance(house));
  afterEach(() => house.admin(wms, 'DELETE', '/faults'));
  afterAll(() => house.close());

  it.each(Object.keys(ENDS_ACCEPTED))('is there once after %s', async (name) => {
    const key = nextKey();
    await strike(house, wms, ...(ENDS_ACCEPTED[name] ?? []));
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toEqual({
      stage: 'dispatched',
      waiting: 'shipment',
    });
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  /** What is wrong with the name in the request can be refused only by who reads it. */
  const spoilRequest = (key: string) =>
    house.database.pool.query(
      `update dispatch set request = json_set(request, '$.recipient.name', '') where lead_order_key = ?`,
      [key],
    );
  const setName = (key: string, name: string) =>
    house.database.pool.query('update recipient set name = ? where order_key = ?', [name, key]);

  it('is found to be there when a time-out after it was received is followed by a refusal', async () => {
    const key = nextKey();
    await strike(house, wms, { kind: 'timeout-after' });
    await expect(
      house.deps.dispatcher.dispatch((await dispatchOf(key)).id, wms, 5_000),
    ).resolves.toMatchObject({ kind: 'again', unknown: true });
    await spoilRequest(key);
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect(await liveOf(house, key)).toHaveLength(1);
    expect(await outcomesOf(key)).toEqual(['create: unknown', 'create: duplicate', 'look-up: found']);
  });

  it('asks a person when a time-out is followed by a refusal and the WMS does not have it', async () => {
    const key = nextKey();
    await setName(key, '');
    await strike(house, wms, { kind: 'timeout-before' });
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toEqual({
      stage: 'matched',
      waiting: 'unknown_outcome',
    });
    expect((await outcomesOf(key)).slice(0, 2)).toEqual(['create: unknown', 'create: refused']);
    await expectSound(house, [key]);
    await setName(key, '김하나');
    await eventually(async () =>
      expect(await resolveDispatch(house.deps, key, 'not-received', PERSON)).toMatchObject({ done: true }),
    );
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    await expectSound(house, [key]);
  });

  it('gives its stock back and becomes a task when it is refused; anew, it is there once', async () => {
    const key = nextKey();
    await setName(key, '');
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toEqual({
      stage: 'matched',
      waiting: 'rejected',
    });
    await expectSound(house, [key]);
    expect(await resolveDispatch(house.deps, key, 'received', PERSON)).toMatchObject({ done: false });
    await setName(key, '김하나');
    await eventually(async () =>
      expect(await resolveDispatch(house.deps, key, 'not-received', PERSON)).toMatchObject({ done: true }),
    );
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect(await dispatchOf(key)).toMatchObject({ generation: 2, state: 'accepted' });
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('is neither held nor given up when a 429 follows a time-out: it may be there', async () => {
    const key = nextKey();
    await strike(house, wms, { kind: 'timeout-after' }, { kind: '429' });
    const { id } = await dispatchOf(key);
    await house.deps.dispatcher.dispatch(id, wms, 5_000);
    await expect(house.deps.dispatcher.dispatch(id, wms, 5_000)).resolves.toMatchObject({ unknown: true });
    await expect(holdOrder(house.deps, key, PERSON)).resolves.toMatchObject({ done: false });
    expect(await dispatchOf(key)).toMatchObject({ state: 'unknown' });
    const cancelled = await eventually(() => cancelOrder(house.deps, key, PERSON));
    expect(cancelled).toMatchObject({ done: true });
    expect(await liveOf(house, key)).toHaveLength(0);
    await expectSound(house, [key]);
  });

  it('waits as unknown, sent once, until the WMS is back', async () => {
    const key = nextKey();
    await strike(house, wms, { kind: 'timeout-after' }, { kind: '5xx-before', times: 4 });
    const { id } = await dispatchOf(key);
    await house.deps.dispatcher.dispatch(id, wms, 5_000);
    await expect(house.deps.dispatcher.dispatch(id, wms, 5_000)).resolves.toEqual({
      kind: 'again',
      why: 'The outcome is unknown',
      unknown: true,
    });
    expect(await dispatchOf(key)).toMatchObject({ state: 'unknown', doubt: 'unanswered' });
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    await expectSound(house, [key]);
  });

  it('is there once when an answer comes after the lease and another worker has taken over', async () => {
    const key = nextKey();
    const slow = house.anotherWorker({ leaseMs: 4_000, requestTimeoutMs: 1_000 });
    let goOn = () => {};
    const stopped = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const zombie = house.anotherWorker({
      leaseMs: 4_000,
      requestTimeoutMs: 1_000,
      onStep: (step) => (step === 'sent' ? stopped : undefined),
    });
    const late = zombie.dispatcher.dispatch((await dispatchOf(key)).id, wms, 20_000);
    await eventually(async () => expect(await liveOf(house, key)).toHaveLength(1));
    await expect(dispatchUntilSettled(slow, key)).resolves.toMatchObject({ stage: 'dispatched' });
    goOn();
    await expect(late).resolves.toMatchObject({ kind: 'again', unknown: true });
    await expect(dispatchUntilSettled(zombie, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('sends nothing when the lease ended between claim and call', async () => {
    const key = nextKey();
    const sleepy = house.anotherWorker({
      leaseMs: 600,
      requestTimeoutMs: 500,
      onStep: (step) => (step === 'claimed' ? new Promise((resolve) => setTimeout(resolve, 200)) : undefined),
    });
    await sleepy.dispatcher.dispatch((await dispatchOf(key)).id, wms, 5_000);
    expect(await liveOf(house, key)).toHaveLength(0);
    await expect(dispatchUntilSettled(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    await expectSound(house, [key]);
  });
});
