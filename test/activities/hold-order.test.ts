import { dispatchOrder } from '../../activities/dispatch-order';
import { holdOrder, releaseOrder } from '../../activities/hold-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { type House, openHouse } from '../support/house';

const HOLD = { by: 'kim', reason: '재고 확인 중' };
const RELEASE = { by: 'lee', reason: '확인했음' };

describe('an order that a person holds', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    keys = await house.matchedOrders(12, 4_501);
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  function next(): string {
    const key = keys.pop();
    if (key === undefined) throw new Error('no order is left');
    return key;
  }
  const openKinds = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null).map((task) => task.kind);
  const states = async (key: string) => (await dispatchesOf(db(), key)).map((dispatch) => dispatch.state);

  it('stays in the house, as a task with the reason, until it is released', async () => {
    const key = next();
    await expect(holdOrder(house.deps, key, HOLD)).resolves.toMatchObject({ done: true });
    await expect(dispatchOrder(house.deps, key)).resolves.toEqual({ stage: 'matched', waiting: 'held' });
    expect(await states(key)).toEqual(['held']);
    expect(await openKinds(key)).toEqual(['held']);
    expect((await tasksOfOrder(db(), key))[0]?.reason).toBe(HOLD.reason);
    await expect(releaseOrder(house.deps, key, RELEASE)).resolves.toMatchObject({ done: true });
    expect(await openKinds(key)).toEqual([]);
    await expect(dispatchOrder(house.deps, key)).resolves.toMatchObject({ stage: 'dispatched' });
    expect((await auditOf(db(), key)).map((event) => [event.action, event.actor, event.reason])).toEqual([
      ['order.hold', HOLD.by, HOLD.reason],
      ['order.release', RELEASE.by, RELEASE.reason],
    ]);
  });

  it('is neither matched nor sent when it was not matched yet', async () => {
    const held: string[] = [];
    for (const key of await house.collectDay(6, 4_502)) {
      if ((await normalizeOrder(house.deps, key)).stage !== 'normalized') continue;
      await holdOrder(house.deps, key, HOLD);
      await expect(matchOrder(house.deps, key)).resolves.toEqual({ stage: 'normalized', waiting: 'held' });
      held.push(key);
    }
    expect(held.length).toBeGreaterThan(0);
    for (const key of held) expect(await states(key)).toEqual([]);
  });

  it('is told that it is too late once the WMS may have it', async () => {
    const key = next();
    await dispatchOrder(house.deps, key);
    await expect(holdOrder(house.deps, key, HOLD)).resolves.toMatchObject({ done: false });
    expect((await findOrder(db(), key))?.heldReason).toBeNull();
    expect(await openKinds(key)).toEqual([]);
    const sending = next();
    await house.database.pool.query("UPDATE dispatch SET state = 'sending' WHERE lead_order_key = ?", [
      sending,
    ]);
    await expect(holdOrder(house.deps, sending, HOLD)).resolves.toMatchObject({ done: false });
  });

  it('is held once, and released only when it is held', async () => {
    const key = next();
    await expect(releaseOrder(house.deps, key, RELEASE)).resolves.toMatchObject({ done: false });
    await holdOrder(house.deps, key, HOLD);
    await expect(holdOrder(house.deps, key, RELEASE)).resolves.toMatchObject({ done: true });
    expect(await auditOf(db(), key)).toHaveLength(1);
    await expect(holdOrder(house.deps, 'coupang/none', HOLD)).resolves.toMatchObject({ done: false });
  });

  it('is either held or sent when both happen at once, never both', async () => {
    for (const key of keys.splice(0, 4)) {
      const [held, sent] = await Promise.all([
        holdOrder(house.deps, key, HOLD),
        dispatchOrder(house.deps, key).catch(() => dispatchOrder(house.deps, key)),
      ]);
      expect(sent.stage === 'dispatched').toBe(!held.done);
      expect(await states(key)).toEqual([held.done ? 'held' : 'accepted']);
    }
  });
});
