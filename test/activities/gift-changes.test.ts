import { and, eq, notInArray, sum } from 'drizzle-orm';
import { acknowledgeOrder } from '../../activities/acknowledge-order';
import { collectWindow } from '../../activities/collect-orders';
import type { Deps } from '../../activities/deps';
import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { moveOrder } from '../../activities/move-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { splitOrder } from '../../activities/split-order';
import { watchShipments } from '../../activities/watch-shipments';
import { assignChannel } from '../../client/use-cases/assign-source';
import { endGifts } from '../../client/use-cases/gift-rules';
import { listGiftRules } from '../../db/queries/gift-rules';
import { giftsOf } from '../../db/queries/gifts';
import { saveMatch } from '../../db/queries/match-versions';
import { linesOf, recipientOf } from '../../db/queries/orders';
import { pendingUploads } from '../../db/queries/shipments';
import { dispatch, dispatchLine, giftRule } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { lineKey } from '../../domain/order-key';
import { newDeals } from '../../sandbox/catalogue';
import { CONNECTIONS } from '../../sandbox/seed';
import { orderOf } from '../support/deal-orders';
import { eventually } from '../support/eventually';
import { giving } from '../support/gift-rules';
import { type House, openHouse } from '../support/house';
import { dispatchUntilSettled, liveOf, sendAllTo } from './dispatch-oracle';
import {
  keyOf,
  type OfferedSource,
  offering,
  plainOrders,
  recordOf,
  recordsOf,
  WINDOW,
} from './offered-source';

const KIM = { by: 'kim', reason: 'looked at it' };
const BOUNDS = { leaseMs: 2_500, requestTimeoutMs: 500, settlingMs: 0 };
const DIRECT = 'coupang';
/** None of the orders here is for it; one of this item is in it. */
const GIVEN = 'C-TEA-SET';
const GIVEN_ITEM = 'MD-TEA-01';
const DEAL = { channel: 'coupang', deal: '김 세트', option: '1개' };

/** Whatever becomes of an order after it was given something: the gift is there once, and counted once. */
describe('a gift of an order that changes', () => {
  let house: House;
  let deps: Deps;
  let source: OfferedSource;
  beforeAll(async () => {
    house = await openHouse({ dispatcher: BOUNDS });
    ({ deps, source } = await offering(house));
    await inTransaction(house.database, (tx) => saveMatch(tx, DEAL, 'C-KIM-4', KIM));
    await sendAllTo(house, 'fulfillment');
  });
  // Each test has rules of its own.
  afterEach(async () => {
    for (const { id, version, endedAt } of await listGiftRules(db()))
      if (endedAt === null) await endGifts(house.database, { id, version }, KIM);
  });
  afterAll(() => house.close());
  const db = () => house.database.db;

  const orders = plainOrders(4_711, 6, 2).values();
  /** An order of two lines as the hub tells of it, matched. */
  async function offered() {
    const order = orders.next().value;
    if (order === undefined) throw new Error('no order is left');
    const key = keyOf(order);
    await tell(recordsOf(order));
    expect((await read(key)).stage).toBe('matched');
    return { order, key };
  }
  async function tell(records: OfferedSource['records']): Promise<void> {
    source.records = records;
    await collectWindow(deps, CONNECTIONS.source, WINDOW, 'run');
  }
  async function read(key: string) {
    await normalizeOrder(deps, key);
    return matchOrder(deps, key);
  }
  async function anOrder(units: number, name: string): Promise<string> {
    const key = await orderOf(house.database, 'coupang', [{ ...DEAL, units }], new Date(), name);
    await matchOrder(house.deps, key);
    return key;
  }

  /** What there is of a rule's gift: by its own word, in each dispatch that is not over, and counted. */
  async function standingOf(rule: number, key: string) {
    const [one] = (await giftsOf(db(), key)).filter(({ ruleId }) => ruleId === rule);
    const parts = await db()
      .select({ units: sum(dispatchLine.quantity).mapWith(Number) })
      .from(dispatchLine)
      .innerJoin(dispatch, eq(dispatch.id, dispatchLine.dispatchId))
      .where(
        and(
          eq(dispatchLine.lineKey, lineKey(key, `gift:${rule}`)),
          notInArray(dispatch.state, ['cancelled', 'superseded']),
        ),
      )
      .groupBy(dispatchLine.dispatchId);
    const [row] = await db().select().from(giftRule).where(eq(giftRule.id, rule));
    return { state: one?.state, inDispatches: parts.map(({ units }) => units), counted: row?.given };
  }
  /** The pieces of the gift that are in live orders of any WMS. */
  async function atWmses(key: string): Promise<number> {
    const items = (await liveOf(house, key)).flatMap((order) => order.items);
    return items.filter(({ itemCode }) => itemCode === GIVEN_ITEM).reduce((n, i) => n + i.quantity, 0);
  }

  it('goes with one part of an order that is split, or in parts itself, and is sent once', async () => {
    const rule = await giving(house.database, { configuration: GIVEN, quantity: 2, firstN: 5 });
    const key = await anOrder(3, '나눔이');
    await splitOrder(house.deps, key, { ...KIM, lines: [{ line: '1', quantity: 1 }] });
    expect(await standingOf(rule, key)).toEqual({ state: 'given', inDispatches: [2], counted: 1 });
    await splitOrder(house.deps, key, { ...KIM, lines: [{ line: `gift:${rule}`, quantity: 1 }] });
    expect(await standingOf(rule, key)).toEqual({ state: 'given', inDispatches: [1, 1], counted: 1 });
    await dispatchOrder(house.deps, key);
    expect(await standingOf(rule, key)).toEqual({ state: 'given', inDispatches: [1, 1], counted: 1 });
    expect(await atWmses(key)).toBe(2);
  });

  it('moves to another WMS with its order, though its rule has ended, and is there once', async () => {
    const rule = await giving(house.database, { configuration: GIVEN, firstN: 5 });
    const key = await anOrder(1, '옮김이');
    await dispatchUntilSettled(house.deps, key);
    expect(await atWmses(key)).toBe(1);
    await endGifts(house.database, { id: rule, version: 1 }, KIM);
    const move = { ...KIM, to: 'shipstation' };
    await eventually(() => moveOrder(house.deps, key, move), { withinMs: 20_000 });
    await dispatchUntilSettled(house.deps, key);
    expect(await standingOf(rule, key)).toEqual({ state: 'given', inDispatches: [1], counted: 1 });
    expect(await atWmses(key)).toBe(1);
  });

  it('stays where a line is taken back, is taken back where too little is left, and is not counted twice', async () => {
    const all = await giving(house.database, { configuration: GIVEN, firstN: 5 });
    const { order, key } = await offered();
    const total = order.lines.reduce((won, line) => won + line.amount - line.discount, 0n);
    const [first, second] = order.lines;
    if (first === undefined || second === undefined) throw new Error('it has two lines');
    const whole = await giving(house.database, { configuration: GIVEN, firstN: 5, amountFrom: total });
    await tell(recordsOf(order, { RECEIVE_ADDR: '서울특별시 중구 1' }));
    await read(key);
    const once = { state: 'given', inDispatches: [1], counted: 1 };
    expect([await standingOf(all, key), await standingOf(whole, key)]).toEqual([once, once]);
    await tell([recordOf(order, second, {}, '취소접수')]);
    await read(key);
    expect(await standingOf(all, key)).toEqual(once);
    expect(await standingOf(whole, key)).toEqual({ state: 'taken_back', inDispatches: [], counted: 0 });
    await dispatchOrder(deps, key);
    expect(await standingOf(all, key)).toEqual(once);
    expect(await atWmses(key)).toBe(1);
  });

  it('once per receiver, is theirs at the new address, and leaves the old one to others', async () => {
    const rule = await giving(house.database, { configuration: GIVEN, oncePerReceiver: true });
    const { order, key } = await offered();
    const before = await recipientOf(db(), key);
    await tell(recordsOf(order, { RECEIVE_ADDR: '부산광역시 해운대구 달맞이길 1' }));
    await read(key);
    expect(await standingOf(rule, key)).toEqual({ state: 'given', inDispatches: [1], counted: 1 });
    const others = orders.next().value;
    if (others === undefined) throw new Error('no order is left');
    const to = (address: string) => ({
      RECEIVE_NAME: before?.name ?? '',
      RECEIVE_ZIPCODE: before?.postcode ?? '',
      RECEIVE_ADDR: address,
    });
    await tell(recordsOf(others, to('부산광역시 해운대구 달맞이길 1')));
    await read(keyOf(others));
    expect(await standingOf(rule, keyOf(others))).toMatchObject({ state: undefined, inDispatches: [] });
    await tell(recordsOf(others, to(before?.address ?? '')));
    await read(keyOf(others));
    expect(await standingOf(rule, keyOf(others))).toEqual({ state: 'given', inDispatches: [1], counted: 2 });
  });

  it('is not given again where the channel comes from another source', async () => {
    const rule = await giving(house.database, { configuration: GIVEN, firstN: 50 });
    await inTransaction(house.database, async (tx) => {
      for (const { configurationCode, ...deal } of newDeals)
        await saveMatch(tx, deal, configurationCode, KIM);
    });
    const day = { seed: 5_713, orders: 8, date: '2026-11-20', channels: ['coupang'], overSeconds: 0 };
    for (const standIn of ['hub', DIRECT] as const) await house.admin(standIn, 'POST', '/days', day);
    const before = house.journeys.started.length;
    await collect(CONNECTIONS.source);
    const keys = house.journeys.started.slice(before);
    const matched: string[] = [];
    for (const key of keys) {
      await normalizeOrder(house.deps, key);
      if ((await matchOrder(house.deps, key)).stage === 'matched') matched.push(key);
    }
    expect(matched.length).toBeGreaterThan(3);
    const given = { state: 'given', inDispatches: [1], counted: matched.length };
    const [sent = ''] = matched;
    await dispatchUntilSettled(house.deps, sent);
    await assignChannel(house, { channel: 'coupang', source: DIRECT }, KIM);
    await collect(DIRECT);
    for (const key of matched) {
      await normalizeOrder(house.deps, key);
      await acknowledgeOrder(house.deps, key);
      await normalizeOrder(house.deps, key);
      await matchOrder(house.deps, key);
    }
    for (const key of matched) {
      expect(await standingOf(rule, key)).toEqual(given);
      expect(await tellersOf(key)).toEqual([key === sent ? CONNECTIONS.source : DIRECT]);
    }
    expect(await atWmses(sent)).toBe(1);
  });
  const tellersOf = async (key: string) => [
    ...new Set((await linesOf(db(), key)).map((line) => line.connectionId)),
  ];

  it('has no record told of its parcel but those of what was bought in it', async () => {
    const rule = await giving(house.database, { configuration: GIVEN });
    const { key } = await offered();
    // By the first line's record the gift would be told of alone.
    const second = (await linesOf(db(), key)).findLast(({ giftRule: by }) => by === null);
    const { lineNumber: line = '', quantity = 0 } = second ?? {};
    const apart = [
      { line, quantity },
      { line: `gift:${rule}`, quantity: 1 },
    ];
    await splitOrder(house.deps, key, { ...KIM, lines: apart });
    await house.admin('fulfillment', 'PUT', '/settings', { shipAfterMs: 0 });
    await dispatchUntilSettled(house.deps, key);
    await eventually(async () => {
      await watchShipments(house.deps, CONNECTIONS.wms);
      expect(await pendingUploads(db(), key)).toHaveLength(2);
    });
    const told = await pendingUploads(db(), key);
    expect(new Set(told.map(({ shipmentId }) => shipmentId)).size).toBe(2);
    expect(new Set(told.map(({ recordId }) => recordId)).size).toBe(2);
  });

  async function collect(from: string): Promise<void> {
    const now = Date.now();
    const window = { from: new Date(now - 3_600_000), to: new Date(now + 60_000) };
    await collectWindow(house.deps, from, window, 'run');
  }
});
