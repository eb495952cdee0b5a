import { cancelOrder } from '../../activities/cancel-order';
import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { matchOrder } from '../../activities/match-order';
import { moveOrder } from '../../activities/move-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { resolveDispatch } from '../../activities/resolve-dispatch';
import { auditOf } from '../../db/queries/audit';
import { dispatchesOf } from '../../db/queries/dispatches';
import { findOrder, recipientOf } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import type { Verdict } from '../../domain/verdict';
import type { EmittedOrder } from '../../sandbox/generator/generate-day';
import { CONNECTIONS } from '../../sandbox/seed';
import { eventually } from '../support/eventually';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, expectSound, liveOf, sendAllTo } from './dispatch-oracle';
import {
  cancelled,
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordsOf,
  WINDOW,
} from './offered-source';

const KIM = { by: 'kim', reason: 'the warehouse says so' };
const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 500, settlingMs: 0 };
const SOON = { withinMs: 20_000 };

describe('an order of which the WMS cannot tell whether it has cancelled it', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  const orders = plainOrders(4_311, 20).values();

  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    ({ deps, source } = await offering(house));
    await sendAllTo(house, 'fulfillment');
  });
  afterAll(() => house.close());

  const db = () => house.database.db;
  const offer = async (records: OfferedSource['records']) => {
    source.records = records;
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
  };
  const sent = async (): Promise<{ order: EmittedOrder; key: string }> => {
    const { value: order } = orders.next();
    if (order === undefined) throw new Error('no order left');
    const key = keyOf(order);
    await offer(recordsOf(order));
    await normalizeOrder(deps, key);
    await matchOrder(deps, key);
    await dispatchUntilSettled(deps, key);
    expect(await states(key)).toEqual(['accepted']);
    return { order, key };
  };
  /** The WMS acts on it, or does not, and nobody hears of that. */
  const unanswered = async (key: string, acts: boolean, ask: () => Promise<unknown>) => {
    const faults = [{ endpoint: 'cancel', kind: acts ? 'reset-after' : 'reset-before', times: 1 }];
    await house.admin('fulfillment', 'PUT', '/faults', { faults });
    await ask();
    await house.admin('fulfillment', 'DELETE', '/faults');
    expect(await states(key)).toEqual(['cancel_unknown']);
  };
  const cancelUnknown = async (acts: boolean) => {
    const { key } = await sent();
    await unanswered(key, acts, () => cancelOrder(deps, key, KIM));
    return key;
  };
  const moveUnknown = async (acts: boolean) => {
    const { key } = await sent();
    const move = { ...KIM, to: 'shipstation' };
    await unanswered(key, acts, () => eventually(() => moveOrder(deps, key, move), SOON));
    return key;
  };
  /** What the channel told after the WMS had it, as the journey deals with it. */
  const newsUnknown = async (acts: boolean, newsOf: (order: EmittedOrder) => OfferedSource['records']) => {
    const { order, key } = await sent();
    await offer(newsOf(order));
    const { waiting, upTo = 0 } = await normalizeOrder(deps, key);
    const command = { by: 'channel', reason: 'The channel changed it', upTo, isRecall: waiting === 'recall' };
    await unanswered(key, acts, () => cancelOrder(deps, key, command));
    expect(await normalizeOrder(deps, key)).toMatchObject({ waiting });
    return key;
  };
  const states = async (key: string) => (await dispatchesOf(db(), key)).map(({ state }) => state);
  const openTasks = async (key: string) =>
    (await tasksOfOrder(db(), key)).filter((task) => task.closedAt === null).map((task) => task.kind);
  /** The lease of the sender has to end first. */
  const said = (key: string, verdict: Verdict) =>
    eventually(async () => {
      const answer = await resolveDispatch(deps, key, verdict, KIM);
      expect(answer.says).not.toMatch(/try again in/);
      return answer;
    }, SOON);

  it('is cancelled once a person says so, and its units and stock are free', async () => {
    const key = await cancelUnknown(true);
    await expect(said(key, 'cancelled')).resolves.toEqual({ done: true, says: 'It is cancelled' });
    expect(await states(key)).toEqual(['cancelled']);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'cancelled', waiting: null });
    expect(await openTasks(key)).toEqual([]);
    expect(await liveOf(house, key)).toEqual([]);
    await expectSound(house, [key]);
    const detail = { verdict: 'cancelled', was: 'cancel_unknown' };
    expect(await auditOf(db(), key)).toMatchObject([
      { action: 'order.cancel', detail: { outcome: 'unknown' } },
      { actor: 'kim', action: 'dispatch.resolve', reason: KIM.reason, detail },
      { actor: 'kim', action: 'order.cancel', detail: { outcome: 'stopped' } },
    ]);
  });

  it('stays with the WMS once a person says that it ships, and nobody is asked any more', async () => {
    const key = await cancelUnknown(false);
    await expect(said(key, 'ships')).resolves.toMatchObject({ done: true });
    expect(await states(key)).toEqual(['accepted']);
    expect(await findOrder(db(), key)).toMatchObject({ stage: 'dispatched', waiting: null });
    expect(await openTasks(key)).toEqual([]);
    await expectSound(house, [key]);
  });

  it('goes to the other WMS, once, where it was being moved and a person says that it was cancelled', async () => {
    const key = await moveUnknown(true);
    await expect(said(key, 'cancelled')).resolves.toEqual({ done: true, says: 'It goes to shipstation' });
    await dispatchUntilSettled(deps, key);
    const dispatches = await dispatchesOf(db(), key);
    expect(dispatches.map(({ wms, state }) => `${wms}: ${state}`)).toEqual([
      'fulfillment: cancelled',
      'shipstation: accepted',
    ]);
    expect(await liveOf(house, key)).toHaveLength(1);
    await expectSound(house, [key]);
  });

  it('stays where it is, where it was being moved and a person says that it ships', async () => {
    const key = await moveUnknown(false);
    const says = 'Too late: fulfillment ships it';
    await expect(said(key, 'ships')).resolves.toEqual({ done: true, says });
    expect(await states(key)).toEqual(['accepted']);
    expect(await openTasks(key)).toEqual([]);
  });

  it('is cancelled for good where it was to be moved first, and then to be cancelled', async () => {
    const key = await moveUnknown(false);
    await unanswered(key, true, () => cancelOrder(deps, key, KIM));
    await expect(said(key, 'cancelled')).resolves.toEqual({ done: true, says: 'It is cancelled' });
    expect(await states(key)).toEqual(['cancelled']);
  });

  it('is sent anew as the channel wants it now, where that was what it was to be stopped for', async () => {
    const address = '부산광역시 해운대구 달맞이길 1';
    const key = await newsUnknown(true, (order) => recordsOf(order, { RECEIVE_ADDR: address }));
    await expect(said(key, 'cancelled')).resolves.toEqual({
      done: true,
      says: 'It is stopped, to be sent anew',
    });
    expect(await normalizeOrder(deps, key)).toEqual({ stage: 'normalized' });
    await matchOrder(deps, key);
    await dispatchUntilSettled(deps, key);
    expect(await states(key)).toEqual(['cancelled', 'accepted']);
    expect((await recipientOf(db(), key))?.address).toBe(address);
    expect(await liveOf(house, key)).toHaveLength(1);
  });

  it.each([
    ['the customer cancelled it', cancelled],
    ['the channel changed it', (order: EmittedOrder) => recordsOf(order, { RECEIVE_ADDR: '제주시 1' })],
  ])('is not asked about again where it ships though %s: that is a task', async (_, newsOf) => {
    const key = await newsUnknown(false, newsOf);
    await expect(said(key, 'ships')).resolves.toMatchObject({ done: true });
    expect(await normalizeOrder(deps, key)).toEqual({ stage: 'dispatched' });
    expect(await openTasks(key)).toEqual(['changed_too_late']);
  });

  it('takes no word of a cancellation that nobody has asked for, nor one of sending', async () => {
    const { key } = await sent();
    const says = 'No cancellation of it is unknown';
    for (const verdict of ['cancelled', 'ships'] as const)
      await expect(resolveDispatch(deps, key, verdict, KIM)).resolves.toEqual({ done: false, says });
    const unknown = await cancelUnknown(true);
    for (const verdict of ['received', 'not-received'] as const)
      await expect(resolveDispatch(deps, unknown, verdict, KIM)).resolves.toMatchObject({ done: false });
    expect(await states(unknown)).toEqual(['cancel_unknown']);
  });

  it.each(['cancelled', 'ships'] as const)(
    'takes no word while a request may still be on its way: %s',
    async (verdict) => {
      const key = await cancelUnknown(true);
      const { dispatcher } = house.anotherWorker({ ...BOUNDS, settlingMs: 600_000 });
      await expect(resolveDispatch({ ...deps, dispatcher }, key, verdict, KIM)).resolves.toEqual({
        done: false,
        says: expect.stringMatching(/^A request may still be on its way there: try again in \d+ s$/),
      });
      expect(await states(key)).toEqual(['cancel_unknown']);
    },
  );
});
