import { cancelOrder } from '../../activities/cancel-order';
import { WmsUnavailable } from '../../activities/failures';
import { holdOrder } from '../../activities/hold-order';
import { moveOrder } from '../../activities/move-order';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import {
  dispatchUntilSettled,
  expectSound,
  freshAllowance,
  liveAt,
  liveOf,
  sendAllTo,
  strike,
} from './dispatch-oracle';

const MOVE = { by: 'kim', reason: 'the old warehouse closes', to: 'shipstation' };
const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 500, settlingMs: 0 };

describe('an order that is moved to another WMS', () => {
  let house: House;
  let keys: string[];

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    keys = await house.matchedOrders(40);
  });
  beforeEach(() => sendAllTo(house, 'fulfillment'));
  afterEach(async () => {
    await house.admin('fulfillment', 'DELETE', '/faults');
    await house.admin('shipstation', 'DELETE', '/faults');
  });
  afterAll(() => house.close());

  const next = () => {
    const key = keys.shift();
    if (key === undefined) throw new Error('no order left');
    return key;
  };
  const sent = async () => {
    const key = next();
    await dispatchUntilSettled(house.deps, key);
    return key;
  };
  const moved = (key: string, to = MOVE.to) =>
    eventually(() => moveOrder(house.deps, key, { ...MOVE, to }), { withinMs: 20_000 });
  const standing = async (key: string) =>
    (await dispatchesOf(house.database.db, key))
      .toSorted((a, b) => a.generation - b.generation)
      .map((d) => `${d.wms ?? d.directedTo}: ${d.state}`);
  const openKinds = async (key: string) =>
    (await tasksOfOrder(house.database.db, key)).filter((t) => t.closedAt === null).map((t) => t.kind);

  it('is there once, and nowhere else, after the old one has confirmed its cancellation', async () => {
    const key = await sent();
    await expect(moved(key)).resolves.toEqual({ done: true, says: 'It goes to shipstation' });
    expect(await standing(key)).toEqual(['fulfillment: cancelled', 'shipstation: ready']);
    await dispatchUntilSettled(house.deps, key);
    expect(await standing(key)).toEqual(['fulfillment: cancelled', 'shipstation: accepted']);
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
    const audit = await auditOf(house.database.db, key);
    expect(audit).toMatchObject([
      {
        actor: 'kim',
        action: 'order.move',
        reason: MOVE.reason,
        detail: { from: 'fulfillment', to: 'shipstation', outcome: 'moved' },
      },
    ]);
    await expect(moved(key)).resolves.toEqual({ done: true, says: 'It goes to shipstation already' });
    expect(await liveOf(house, key)).toHaveLength(1);
  });

  it('goes there though the routes say otherwise, also when nothing of it was sent yet', async () => {
    const key = next();
    await expect(moved(key)).resolves.toMatchObject({ done: true });
    await dispatchUntilSettled(house.deps, key);
    expect(await standing(key)).toEqual(['null: cancelled', 'shipstation: accepted']);
    await expectSound(house, [key]);
  });

  it('stays where it is when its WMS ships it', async () => {
    const key = await sent();
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 0 });
    await expect(moved(key)).resolves.toEqual({ done: false, says: 'Too late: fulfillment ships it' });
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 3_600_000 });
    expect(await standing(key)).toEqual(['fulfillment: accepted']);
    expect(await liveAt(house, 'shipstation')).not.toContainEqual(expect.objectContaining({ code: key }));
  });

  it('stays where it is, as a task, while nobody knows whether it was cancelled there; asked again, it moves', async () => {
    const key = await sent();
    await house.admin('fulfillment', 'PUT', '/faults', {
      faults: [{ endpoint: 'cancel', kind: 'timeout-after', times: 1 }],
    });
    await expect(moved(key)).resolves.toMatchObject({
      done: false,
      says: expect.stringContaining('unknown'),
    });
    expect(await standing(key)).toEqual(['fulfillment: cancel_unknown']);
    expect(await openKinds(key)).toEqual(['cancel_unknown']);
    await expect(moved(key)).resolves.toMatchObject({ done: true });
    expect(await openKinds(key)).toEqual([]);
    await dispatchUntilSettled(house.deps, key);
    await expectSound(house, [key]);
  });

  it('is first looked for when nobody knows whether its WMS has it', async () => {
    const key = next();
    await strike(house, 'fulfillment', { kind: 'timeout-after' });
    const [made] = await dispatchesOf(house.database.db, key);
    await house.deps.dispatcher.dispatch(made?.id ?? '', 'fulfillment', 5_000);
    expect(await standing(key)).toEqual(['fulfillment: unknown']);
    await expect(moved(key)).resolves.toMatchObject({ done: true });
    await dispatchUntilSettled(house.deps, key);
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('waits until no request of its last sender can be under way', async () => {
    const slow = house.anotherWorker({ ...BOUNDS, settlingMs: 600_000 });
    const key = await sent();
    await expect(moveOrder(slow, key, MOVE)).rejects.toThrow(WmsUnavailable);
    expect(await standing(key)).toEqual(['fulfillment: accepted']);
  });

  it('stays on hold, and stays cancelled', async () => {
    const held = next();
    await holdOrder(house.deps, held, MOVE);
    await expect(moved(held)).resolves.toMatchObject({ done: true });
    await expect(dispatchUntilSettled(house.deps, held)).resolves.toEqual({
      stage: 'matched',
      waiting: 'held',
    });
    const cancelled = await sent();
    await cancelOrder(house.deps, cancelled, MOVE);
    await expect(moved(cancelled)).resolves.toEqual({ done: false, says: 'Nothing of it is to be sent' });
    expect(await liveOf(house, cancelled)).toEqual([]);
  });

  it('is refused for a WMS that nobody has connected', async () => {
    await expect(moveOrder(house.deps, next(), { ...MOVE, to: 'nowhere' })).resolves.toMatchObject({
      done: false,
      says: 'No WMS is connected as nowhere',
    });
  });

  it('is there once when it is moved and cancelled at the same time', async () => {
    await freshAllowance(house);
    const some = await Promise.all(Array.from({ length: 6 }, () => sent()));
    const cancelled = (key: string) =>
      eventually(() => cancelOrder(house.deps, key, MOVE), { withinMs: 20_000 });
    await Promise.all(some.flatMap((key) => [moved(key), cancelled(key)]));
    for (const key of some) {
      const order = await findOrder(house.database.db, key);
      if (order?.stage === 'matched') await dispatchUntilSettled(house.deps, key);
      expect((await liveOf(house, key)).length).toBeLessThanOrEqual(1);
    }
    await expectSound(house, some);
  });
});
