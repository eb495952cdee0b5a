import { runBulk } from '../../activities/bulk-action';
import { matchOrder } from '../../activities/match-order';
import type { Servers } from '../../client/connect';
import { addMatch, confirmDeal, previewDecision, undoDecision } from '../../client/use-cases/decide-deal';
import { listUndecided, matchOnce } from '../../client/use-cases/match-deals';
import { setChannelRule } from '../../client/use-cases/set-channel-rule';
import { showDeal } from '../../client/use-cases/show-deals';
import { auditOf } from '../../db/queries/audit';
import { versionsOf } from '../../db/queries/match-versions';
import { findOrder, ordersToSweep } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { type Deal, dealKey } from '../../domain/deal';
import { readConfig } from '../../worker/config';
import { workflowIds } from '../../workflows/names';
import { type OrderedLine, orderOf } from '../support/deal-orders';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const EXPECTED = { cutOffMinutes: 840, shipWithinDays: 2, stockBuffer: 0 };
const KIM = { by: 'kim', reason: 'looked at the page' };

describe('a deal that the channel changes', () => {
  let house: House;
  let temporal: FreshTemporal;
  let servers: Servers;
  let made = 0;
  beforeAll(async () => {
    house = await openHouse();
    temporal = await freshTemporal();
    servers = { config: readConfig({}), database: house.database, temporal: temporal.client };
  });
  afterAll(async () => {
    await temporal.close();
    await house.close();
  });
  const db = () => house.database.db;
  const newDeal = (): Deal => ({ channel: 'coupang', deal: `새 딜 ${++made}`, option: '1박스' });

  /** An order of one unit, as far as it goes by itself. */
  async function ordered({ channel, ...wording }: Deal, line: Partial<OrderedLine> = {}): Promise<string> {
    const key = await orderOf(house.database, channel, [{ ...wording, units: 1, ...line }]);
    await matchOrder(house.deps, key);
    return key;
  }
  const standing = async (key: string) => {
    const order = await findOrder(db(), key);
    return [order?.stage, order?.waiting];
  };
  const taskOf = async (key: string) =>
    (await tasksOfOrder(db(), key)).find(({ closedAt }) => closedAt === null);
  const workOff = async (jobId: number | null) => {
    if (jobId !== null) await runBulk(house.deps, { give: () => Promise.reject(new Error('unused')) }, jobId);
  };
  const save = async (deal: Deal, configuration = 'C-KIM-1') =>
    workOff((await addMatch(servers, deal, { configuration }, KIM)).jobId);
  const confirm = async (deal: Deal) => {
    const confirmed = await confirmDeal(servers, deal, undefined, { by: 'lee', reason: 'a promotion' });
    await workOff(confirmed.jobId);
    return confirmed;
  };
  const inQueue = async (deal: Deal) =>
    (await listUndecided(db())).find((row) => row.dealKey === dealKey(deal));

  const MATCHED = ['matched', null];
  const CHANGED = ['normalized', 'deal_changed'];

  it('waits with the difference shown where a unit costs more than a tenth otherwise, until that is confirmed', async () => {
    const deal = newDeal();
    const first = await ordered(deal, { units: 2 });
    await save(deal);
    expect(await standing(first)).toEqual(MATCHED);
    expect(await standing(await ordered(deal, { price: 10_900n, units: 3 }))).toEqual(MATCHED);
    const waiting = [await ordered(deal, { price: 20_000n }), await ordered(deal, { price: 21_000n })];
    for (const key of waiting) expect(await standing(key)).toEqual(CHANGED);
    expect(await taskOf(waiting[0] ?? '')).toMatchObject({
      kind: 'deal_changed',
      reason: `Changed deal: ${deal.deal}: 10000 won is 20000 won now`,
    });
    expect(await inQueue(deal)).toMatchObject({
      orders: 2,
      prices: { from: 20_000n, to: 21_000n },
      change: {
        differs: ['price'],
        configuration: 'C-KIM-1',
        decided: { prices: { from: 10_000n, to: 10_000n } },
      },
    });
    expect((await showDeal(db(), dealKey(deal))).lines.map(({ orderKey }) => orderKey)).toEqual(waiting);

    expect(await confirm(deal)).toMatchObject({ version: 2, counts: { 'goes-on': 2, rematched: 0 } });
    for (const key of waiting) expect([await standing(key), await taskOf(key)]).toEqual([MATCHED, undefined]);
    expect(await inQueue(deal)).toBeUndefined();
    expect(await versionsOf(db(), dealKey(deal))).toMatchObject([
      { version: 2, configuration: 'C-KIM-1', madeBy: 'lee', reason: 'a promotion', priceTo: 21_000n },
      { version: 1, madeBy: 'kim' },
    ]);
    const actions = (await auditOf(db(), `deal/${dealKey(deal)}`)).map(({ action }) => action);
    expect(actions).toEqual(['match.save', 'match.confirm']);
    for (const price of [10_000n, 20_000n])
      expect(await standing(await ordered(deal, { price }))).toEqual(MATCHED);
  });

  it('waits or not as the rule of its channel says; what waited for its price looks again once that has changed', async () => {
    const deal = { ...newDeal(), channel: 'kakao' };
    const ruled = (driftPercent: number) =>
      setChannelRule(servers, { ...EXPECTED, channel: deal.channel, driftPercent }, KIM);
    await ordered(deal);
    await save(deal);
    const dearer = await ordered(deal, { price: 13_000n });
    expect(await standing(dearer)).toEqual(CHANGED);
    const journey = await temporal.client.workflow.start('processOrder', {
      workflowId: workflowIds.journey(dearer),
      taskQueue: 'nobody',
      args: [dearer],
    });
    await ruled(30);
    const { events } = await journey.fetchHistory();
    expect(events?.map((event) => event.workflowExecutionSignaledEventAttributes?.signalName)).toContain(
      'rematch',
    );
    await journey.terminate();
    await matchOrder(house.deps, dearer);
    expect(await standing(dearer)).toEqual(MATCHED);
    expect(await inQueue(deal)).toBeUndefined();
    expect(await standing(await ordered(deal, { price: 13_001n }))).toEqual(CHANGED);
    expect((await inQueue(deal))?.change?.differs).toEqual(['price']);
    await ruled(0);
    expect(await standing(dearer)).toEqual(MATCHED);
    expect(await standing(await ordered(deal, { price: 10_001n }))).toEqual(CHANGED);
    // Another channel's orders are as before.
    const other = newDeal();
    await ordered(other);
    await save(other);
    expect(await standing(await ordered(other, { price: 10_900n }))).toEqual(MATCHED);
  });

  it('waits again at a price of which the confirmation was undone, and at one confirmed for other contents', async () => {
    const deal = newDeal();
    await ordered(deal);
    await save(deal);
    const confirmed = await ordered(deal, { price: 20_000n });
    await confirm(deal);
    expect(await standing(confirmed)).toEqual(MATCHED);
    await workOff((await undoDecision(servers, deal, KIM)).jobId);
    expect([await standing(confirmed), (await taskOf(confirmed))?.kind]).toEqual([CHANGED, 'deal_changed']);
    expect(await standing(await ordered(deal, { price: 20_000n }))).toEqual(CHANGED);
    await save(deal, 'C-KIM-4');
    expect(await standing(await ordered(deal, { price: 20_000n }))).toEqual(MATCHED);
    expect(await standing(await ordered(deal, { price: 10_000n }))).toEqual(CHANGED);
  });

  it('takes the price of its first order where it was decided before there was one', async () => {
    const deal = newDeal();
    await save(deal);
    expect(await standing(await ordered(deal, { price: 0n }))).toEqual(MATCHED);
    expect(await standing(await ordered(deal, { price: 5_000n }))).toEqual(MATCHED);
    expect(await standing(await ordered(deal, { price: 50_000n }))).toEqual(CHANGED);
    expect(await standing(await ordered(deal, { price: 0n }))).toEqual(MATCHED);
  });

  it('is the same deal where its listing has only got another bracket that advertises', async () => {
    const deal = newDeal();
    const listing = `L${made}`;
    await ordered(deal, { listing });
    await save(deal);
    const decorated = { ...deal, deal: `★[오늘만 특가] ${deal.deal}` };
    expect(await standing(await ordered(decorated, { listing }))).toEqual(MATCHED);
    expect(await versionsOf(db(), dealKey(decorated))).toMatchObject([
      { version: 1, configuration: 'C-KIM-1', madeBy: 'boosta', priceFrom: 10_000n },
    ]);
    const dearer = { ...deal, deal: `[무료배송] ${deal.deal}` };
    expect(await standing(await ordered(dearer, { listing, price: 30_000n }))).toEqual(CHANGED);
    // Without the channel's word for it, it is a deal that nobody knows.
    const elsewhere = { ...deal, deal: `[할인] ${deal.deal}` };
    expect(await standing(await ordered(elsewhere))).toEqual(['normalized', 'unknown_deal']);
  });

  it('stays undecided where a person has undone that it is the same', async () => {
    const deal = newDeal();
    const listing = `L${made}`;
    await ordered(deal, { listing });
    await save(deal);
    const decorated = { ...deal, deal: `[특가] ${deal.deal}` };
    const key = await ordered(decorated, { listing });
    await workOff((await undoDecision(servers, decorated, KIM)).jobId);
    await matchOrder(house.deps, key);
    expect(await standing(key)).toEqual(['normalized', 'unknown_deal']);
  });

  it('waits where its listing is worded otherwise, and stands for the same once that is confirmed', async () => {
    const deal = newDeal();
    const listing = `L${made}`;
    await ordered(deal, { listing });
    await save(deal);
    const bigger = { ...deal, deal: `[1+1] ${deal.deal}`, option: '2박스' };
    const key = await ordered(bigger, { listing });
    expect(await standing(key)).toEqual(CHANGED);
    expect((await taskOf(key))?.reason).toBe(
      `Changed deal: ${deal.deal} is ${bigger.deal} now; option 1박스 is 2박스 now`,
    );
    expect(await inQueue(bigger)).toMatchObject({
      change: { differs: ['deal', 'option'], decided: { deal: deal.deal, option: '1박스' } },
    });
    const { version } = await confirm(bigger);
    expect([version, await standing(key)]).toEqual([1, MATCHED]);
    // Worded as before it is known as ever.
    expect(await standing(await ordered(deal, { listing }))).toEqual(MATCHED);
  });

  it('may stand for something else, or be decided for one order only', async () => {
    const deal = newDeal();
    await ordered(deal);
    await save(deal);
    const [once, other] = [await ordered(deal, { price: 40_000n }), await ordered(deal, { price: 40_000n })];
    await matchOnce(servers, once, '1', 'C-KIM-4', KIM, { ifOpen: true });
    await matchOrder(house.deps, once);
    expect(await Promise.all([once, other].map(standing))).toEqual([MATCHED, CHANGED]);
    await save(deal, 'C-KIM-1P1');
    expect(await standing(other)).toEqual(MATCHED);
  });

  it('waits on for another deal of its order that has changed, which the preview says', async () => {
    const [one, other] = [newDeal(), newDeal()];
    for (const deal of [one, other]) await ordered(deal);
    await save(other);
    const lines = [
      { ...one, units: 1 },
      { ...other, units: 1, price: 30_000n },
    ];
    const key = await orderOf(house.database, 'coupang', lines);
    await matchOrder(house.deps, key);
    const { orders } = await previewDecision(db(), one, { configuration: 'C-KIM-1' });
    expect(orders.map(({ fate }) => fate).toSorted()).toEqual(['goes-on', 'waits-on']);
    await save(one);
    expect(await standing(key)).toEqual(CHANGED);
    await confirm(other);
    expect(await standing(key)).toEqual(MATCHED);
  });

  it('cannot be confirmed where nothing has changed', async () => {
    const deal = newDeal();
    await save(deal);
    await ordered(deal);
    await expect(confirm(deal)).rejects.toThrow('has changed nothing of this deal');
  });

  it('is found by the sweep where it was confirmed and its order was not told', async () => {
    const deal = newDeal();
    await ordered(deal);
    await save(deal);
    const key = await ordered(deal, { price: 20_000n });
    await house.database.pool.query(
      'UPDATE orders SET updated_at = updated_at - INTERVAL 1 HOUR WHERE order_key = ?',
      [key],
    );
    const canGoOn = async () =>
      (await ordersToSweep(db(), 0, 1_000)).find((order) => order.key === key)?.canGoOn;
    await house.database.pool.query('UPDATE deal_match SET made_at = made_at - INTERVAL 2 HOUR');
    expect(await canGoOn()).toBe(false);
    await confirmDeal(servers, deal, undefined, KIM);
    expect(await canGoOn()).toBe(true);
  });
});
