import { cancelOrder } from '../../activities/cancel-order';
import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder, insertCollected, linesOf, recipientOf } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import {
  cancelled,
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordOf,
  recordsOf,
  WINDOW,
  withQuantity,
} from './offered-source';

const MOVED = '부산광역시 해운대구 달맞이길 1';

describe('an order in its standard form', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse();
    ({ deps, source } = await offering(house));
  });
  afterAll(() => house.close());

  const orders = plainOrders(4_301, 20, 2).values();
  const next = (): EmittedOrder => orders.next().value ?? missing();
  const missing = (): never => {
    throw new Error('no order is left');
  };
  const offer = async (records: OfferedSource['records']) => {
    source.records = records;
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
  };
  /** Collected and brought so far. */
  async function at(
    stage: 'normalized' | 'matched' | 'dispatched',
  ): Promise<{ order: EmittedOrder; key: string }> {
    const order = next();
    const key = keyOf(order);
    await offer(recordsOf(order));
    await normalizeOrder(deps, key);
    if (stage !== 'normalized') await matchOrder(deps, key);
    if (stage === 'dispatched') await dispatchOrder(deps, key);
    expect((await findOrder(house.database.db, key))?.stage).toBe(stage);
    return { order, key };
  }
  const db = () => house.database.db;

  it('says what the customer ordered, to the won and to the letter', async () => {
    const { order, key } = await at('normalized');
    const lines = (await linesOf(db(), key)).map((l) => [
      l.lineNumber,
      l.deal,
      l.option,
      l.quantity,
      l.amount,
      l.discount,
    ]);
    expect(lines).toEqual(
      order.lines.map((l) => [l.lineNumber, l.deal, l.option, l.quantity, l.amount, l.discount]),
    );
    expect(await recipientOf(db(), key)).toMatchObject({
      name: order.recipient.name,
      phone: order.recipient.mobile,
      phone2: order.recipient.safeNumber,
      postcode: order.recipient.postcode,
      address: order.recipient.address,
      deliveryMessage: order.recipient.deliveryMessage,
    });
    const row = await findOrder(db(), key);
    expect(row).toMatchObject({ shippingFee: order.shippingFee, orderedAt: order.placedAt });
  });

  it('takes in a change of lines and address that comes before the dispatch, and is matched anew', async () => {
    const { order, key } = await at('matched');
    await offer(recordsOf(withQuantity(order, 7), { RECEIVE_ADDR: MOVED }));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'normalized' });
    expect((await recipientOf(db(), key))?.address).toBe(MOVED);
    expect((await linesOf(db(), key)).map((l) => [l.quantity, l.dispatchedQuantity])).toEqual([
      [7, 0],
      [7, 0],
    ]);
    await matchOrder(deps, key);
    await dispatchOrder(deps, key);
    const dispatches = await dispatchesOf(db(), key);
    expect(dispatches.map((d) => d.state).toSorted()).toEqual(['accepted', 'cancelled']);
    const sent = dispatches.find((d) => d.state === 'accepted');
    expect(JSON.stringify(sent?.request)).toContain(MOVED);
  });

  it('ships no line that its record does not name any more beside the one that took its place', async () => {
    const order = next();
    const key = keyOf(order);
    const numbered = recordsOf(order, { DELV_COST: '2500' });
    const unnumbered = recordsOf(order, { MALL_ORDER_SEQ: '', DELV_COST: '3000' });
    await offer(unnumbered);
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    await offer(numbered);
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'normalized' });
    await matchOrder(deps, key);
    const units = async () =>
      new Map((await linesOf(db(), key)).map((l) => [l.lineNumber, l.dispatchedQuantity]));
    const ordered = order.lines.map((line): [string, number] => [line.lineNumber, line.quantity]);
    const vanished = unnumbered.map(({ recordId }): [string, number] => [`idx-${recordId}`, 0]);
    expect(await units()).toEqual(new Map([...ordered, ...vanished]));
    expect((await findOrder(db(), key))?.shippingFee).toBe(2_500n);
    // The source takes it back: each line is the other's successor, never its neighbour.
    await offer(unnumbered);
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    expect([...(await units()).values()].reduce((sum, n) => sum + n)).toBe(
      order.lines.reduce((sum, line) => sum + line.quantity, 0),
    );
    await dispatchOrder(deps, key);
    await offer(numbered);
    await expect(normalizeOrder(deps, key)).resolves.toMatchObject({
      stage: 'dispatched',
      waiting: 'recall',
    });
  });

  it('is cancelled without asking anybody when the customer cancels before the dispatch', async () => {
    const { order, key } = await at('matched');
    await offer(cancelled(order));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'cancelled' });
    const [dispatch] = await dispatchesOf(db(), key);
    expect(dispatch).toMatchObject({ state: 'cancelled', wms: null });
    await expect(matchOrder(deps, key)).resolves.toEqual({ stage: 'cancelled' });
  });

  /** As the journey does when the channel has changed what the WMS has. */
  async function recall(key: string) {
    const standing = await normalizeOrder(deps, key);
    expect(standing).toMatchObject({ waiting: 'recall' });
    const command = { by: 'channel', reason: 'The channel changed it', isRecall: true };
    const answer = await cancelOrder(deps, key, { ...command, upTo: standing.upTo ?? 0 });
    return { answer, standing: await normalizeOrder(deps, key) };
  }
  const openTasksOf = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null).map((task) => task.kind);
  const liveCodes = async (key: string) =>
    (await dispatchesOf(db(), key)).filter((d) => d.state !== 'cancelled').map((d) => d.state);

  it('is stopped at the WMS and sent anew when the address changes after the dispatch', async () => {
    const { order, key } = await at('dispatched');
    await offer(recordsOf(order, { RECEIVE_ADDR: MOVED }));
    expect(await recall(key)).toMatchObject({ answer: { done: true }, standing: { stage: 'normalized' } });
    await matchOrder(deps, key);
    await dispatchOrder(deps, key);
    expect((await recipientOf(db(), key))?.address).toBe(MOVED);
    expect(await liveCodes(key)).toEqual(['accepted']);
    expect(await openTasksOf(key)).toEqual([]);
  });

  it('stays with the WMS when the address changes after the parcel has left, and that is a task', async () => {
    const { order, key } = await at('dispatched');
    const before = await recipientOf(db(), key);
    const [dispatch] = await dispatchesOf(db(), key);
    await house.admin('fulfillment', 'POST', '/ship', { code: dispatch?.code });
    await offer(recordsOf(order, { RECEIVE_ADDR: MOVED }));
    expect(await recall(key)).toMatchObject({ answer: { done: false }, standing: { stage: 'dispatched' } });
    expect(await recipientOf(db(), key)).toEqual(before);
    expect(await openTasksOf(key)).toEqual(['changed_too_late']);
    // What came too late is not asked for again with the next thing that is told.
    await offer(recordsOf(order, { RECEIVE_ADDR: MOVED, DELV_COST: '2500' }));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'dispatched' });
  });

  it('sends only the units that are left when the customer takes some back after the dispatch', async () => {
    const { order, key } = await at('dispatched');
    const [line, other] = order.lines;
    if (line === undefined || other === undefined) throw new Error('no lines');
    await offer([recordOf(order, line, {}, '취소접수'), recordOf(order, other)]);
    expect(await recall(key)).toMatchObject({ answer: { done: true }, standing: { stage: 'normalized' } });
    await matchOrder(deps, key);
    await dispatchOrder(deps, key);
    const units = new Map((await linesOf(db(), key)).map((l) => [l.lineNumber, l.dispatchedQuantity]));
    expect(units).toEqual(
      new Map([
        [line.lineNumber, 0],
        [other.lineNumber, other.quantity],
      ]),
    );
  });

  it('is joined by a late line before its claim; after it, the line is a task', async () => {
    for (const stage of ['matched', 'dispatched'] as const) {
      const order = next();
      const key = keyOf(order);
      const [first, late] = order.lines;
      if (first === undefined || late === undefined) throw new Error('no lines');
      await offer([recordOf(order, first)]);
      await normalizeOrder(deps, key);
      await matchOrder(deps, key);
      if (stage === 'dispatched') await dispatchOrder(deps, key);
      await offer([recordOf(order, late)]);
      await normalizeOrder(deps, key);
      const lines = (await linesOf(db(), key)).map(({ lineNumber }) => lineNumber);
      const isLate = stage === 'dispatched';
      expect(lines).toEqual(isLate ? [first.lineNumber] : [first.lineNumber, late.lineNumber]);
      expect(await openTasksOf(key)).toEqual(isLate ? ['late_line'] : []);
    }
  });

  it('asks the WMS when the customer cancels after the dispatch', async () => {
    const { order, key } = await at('dispatched');
    await offer(cancelled(order));
    const standing = await normalizeOrder(deps, key);
    expect(standing).toMatchObject({ stage: 'dispatched', waiting: 'cancellation' });
    // A step that is carried out twice must not forget it.
    await expect(normalizeOrder(deps, key)).resolves.toEqual(standing);
    const command = { by: 'channel', reason: 'The customer cancelled', upTo: standing.upTo ?? 0 };
    expect((await cancelOrder(deps, key, command)).done).toBe(true);
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'cancelled' });
    expect((await dispatchesOf(db(), key)).map((d) => d.state)).toEqual(['cancelled']);
  });

  it.each(['unknown', 'sending'])('keeps a cancellation in mind while its dispatch is %s', async (state) => {
    const { order, key } = await at('matched');
    const pool = house.database.pool;
    const set = (to: string) =>
      pool.query('UPDATE dispatch SET state = ? WHERE lead_order_key = ?', [to, key]);
    await set(state);
    await offer(cancelled(order));
    const waits = { stage: 'matched', waiting: 'cancellation' };
    await expect(normalizeOrder(deps, key)).resolves.toMatchObject(waits);
    await expect(normalizeOrder(deps, key)).resolves.toMatchObject(waits);
    // It turns out that the WMS never had it.
    await set('ready');
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'cancelled' });
  });

  it('applies a change that was told while the outcome was unknown, once nothing was received', async () => {
    const { order, key } = await at('matched');
    const pool = house.database.pool;
    await pool.query("UPDATE dispatch SET state = 'unknown' WHERE lead_order_key = ?", [key]);
    await offer(recordsOf(order, { RECEIVE_ADDR: MOVED }));
    await expect(normalizeOrder(deps, key)).resolves.toEqual({ stage: 'matched' });
    expect(await tasksOfOrder(db(), key)).toEqual([]);
    await pool.query("UPDATE dispatch SET state = 'ready' WHERE lead_order_key = ?", [key]);
    await normalizeOrder(deps, key);
    expect((await recipientOf(db(), key))?.address).toBe(MOVED);
  });

  it('is not undone by a first attempt at it that comes late', async () => {
    const order = next();
    const key = keyOf(order);
    await offer(recordsOf(order));
    const late = slow(deps);
    const zombie = normalizeOrder(late.deps, key);
    await late.reached;
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    await dispatchOrder(deps, key);
    late.goOn();
    await expect(zombie).resolves.toEqual({ stage: 'dispatched' });
    expect((await findOrder(db(), key))?.stage).toBe('dispatched');
  });

  it('is not set back to an older record by an attempt that has read less', async () => {
    const { order, key } = await at('normalized');
    await offer(recordsOf(order, { DELV_MSG: '둘째 말' }));
    const late = slow(deps);
    const zombie = normalizeOrder(late.deps, key);
    await late.reached;
    await offer(recordsOf(order, { DELV_MSG: '셋째 말' }));
    await normalizeOrder(deps, key);
    late.goOn();
    await zombie;
    expect((await recipientOf(db(), key))?.deliveryMessage).toBe('셋째 말');
  });

  it('is refused for an order that no record tells of, so that its journey waits for a person', async () => {
    const { channel, orderNumber, placedAt: orderedAt } = next();
    const key = 'coupang/nothing-tells-of-it';
    await insertCollected(db(), [{ key, channel, orderNumber, orderedAt, source: CONNECTIONS.source }]);
    await expect(normalizeOrder(deps, key)).rejects.toThrow(RangeError);
  });

  it('does not bring an order back that a person cancelled meanwhile', async () => {
    const order = next();
    const key = keyOf(order);
    await offer(recordsOf(order));
    const late = slow(deps);
    const first = normalizeOrder(late.deps, key);
    await late.reached;
    await cancelOrder(deps, key, { by: 'kim', reason: 'a mistake' });
    late.goOn();
    await expect(first).resolves.toEqual({ stage: 'cancelled' });
    expect(await tasksOfOrder(db(), key)).toEqual([]);
  });
});

/** Deps whose reader stops between what it has read and what it writes. */
function slow(deps: Deps): { deps: Deps; reached: Promise<void>; goOn: () => void } {
  let arrived = () => {};
  let goOn = () => {};
  const reached = new Promise<void>((resolve) => (arrived = resolve));
  const released = new Promise<void>((resolve) => (goOn = resolve));
  const { pool } = deps.database;
  const slowPool = new Proxy(pool, {
    get(target, name) {
      if (name !== 'getConnection') return Reflect.get(target, name, target) as unknown;
      return async () => {
        arrived();
        await released;
        return target.getConnection();
      };
    },
  });
  return {
    deps: { ...deps, database: { ...deps.database, pool: slowPool } },
    reached,
    goOn,
  };
}
