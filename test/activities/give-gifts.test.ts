import { eq } from 'drizzle-orm';
import { applyDecision } from '../../activities/apply-decision';
import { cancelOrder } from '../../activities/cancel-order';
import type { Deps } from '../../activities/deps';
import { dispatchOrder } from '../../activities/dispatch-order';
import { matchOrder } from '../../activities/match-order';
import { recordSale } from '../../activities/record-sale';
import { watchShipments } from '../../activities/watch-shipments';
import { addMatch, undoDecision } from '../../client/use-cases/decide-deal';
import { changeGiftRule, endGifts } from '../../client/use-cases/gift-rules';
import { auditOf } from '../../db/queries/audit';
import { saveConfiguration } from '../../db/queries/configurations';
import { contentOf, dispatchesOf } from '../../db/queries/dispatches';
import { listGiftRules } from '../../db/queries/gift-rules';
import { giftsOf } from '../../db/queries/gifts';
import { saveMatch } from '../../db/queries/match-versions';
import { saveItems } from '../../db/queries/matches';
import { giftRule, sale } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { dealKey } from '../../domain/deal';
import { isOver } from '../../domain/dispatch-protocol';
import { CONNECTIONS } from '../../sandbox/seed';
import { readConfig } from '../../worker/config';
import { orderOf } from '../support/deal-orders';
import { giving, ONE_FOR_ALL } from '../support/gift-rules';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { everAt } from './dispatch-oracle';

const KIM = { by: 'kim', reason: 'looked at the page' };
/** Of this the warehouse has none. */
const NOWHERE = 'C-NOWHERE';

describe('a gift', () => {
  let house: House;
  let temporal: FreshTemporal;
  let two: Deps;
  let made = 0;
  beforeAll(async () => {
    house = await openHouse({ shipAfterMs: 0 });
    temporal = await freshTemporal();
    two = house.anotherWorker();
    await saveItems(house.database.db, [{ code: 'NOWHERE', name: '없는 사은품', referencePrice: 1n }]);
    await inTransaction(house.database, (tx) =>
      saveConfiguration(tx, {
        code: NOWHERE,
        name: '없는 사은품',
        items: [{ itemCode: 'NOWHERE', quantity: 1 }],
      }),
    );
  });
  // Each test has rules of its own.
  afterEach(async () => {
    for (const { id, version, endedAt } of await listGiftRules(db()))
      if (endedAt === null) await endGifts(house.database, { id, version }, KIM);
  });
  afterAll(async () => {
    await temporal.close();
    await house.close();
  });
  const db = () => house.database.db;

  const DEAL = { channel: 'coupang', deal: '김 세트', option: '1개' };
  async function anOrder({ units = 2, name = `받는이 ${++made}`, deal = DEAL } = {}): Promise<string> {
    await inTransaction(house.database, async (tx) => {
      if (deal === DEAL) await saveMatch(tx, deal, 'C-KIM-4', KIM);
    });
    return orderOf(house.database, 'coupang', [{ ...deal, units }], new Date(), name);
  }
  async function matched(given: Parameters<typeof anOrder>[0] = {}, deps = house.deps): Promise<string> {
    const key = await anOrder(given);
    await matchOrder(deps, key);
    return key;
  }
  const givenTo = async (key: string) =>
    (await giftsOf(db(), key)).filter(({ state }) => state === 'given').map(({ ruleId }) => ruleId);
  const counted = async (id: number) =>
    (await db().select().from(giftRule).where(eq(giftRule.id, id)))[0]?.given;
  /** What is to be sent of an order, in pieces. */
  async function inTheBox(key: string): Promise<Record<string, number>> {
    const live = (await dispatchesOf(db(), key)).filter(({ state }) => !isOver(state));
    const pieces: Record<string, number> = {};
    for (const line of await contentOf(
      db(),
      live.map(({ id }) => id),
    ))
      pieces[line.itemCode] = (pieces[line.itemCode] ?? 0) + line.pieces;
    return pieces;
  }
  /** Two units of C-KIM-4. */
  const BOUGHT_PIECES = 8;

  it('is a line of its order: it is reserved, asked of the WMS, shipped, and sold for nothing', async () => {
    const rule = await giving(house.database, { quantity: 3, configuration: 'C-KIM-1' });
    const key = await matched();
    expect(await givenTo(key)).toEqual([rule]);
    const box = await inTheBox(key);
    expect((await dispatchOrder(house.deps, key)).stage).toBe('dispatched');
    const sent = (await everAt(house, 'fulfillment')).find(({ orderNumbers }) =>
      orderNumbers.includes(key.split('/')[1] ?? '?'),
    );
    expect(Object.fromEntries((sent?.items ?? []).map((i) => [i.itemCode, i.quantity]))).toEqual(box);
    await watchShipments(house.deps, CONNECTIONS.wms);
    await recordSale(house.deps, key);
    const entries = await db().select().from(sale).where(eq(sale.orderKey, key));
    expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(20_000n);
    const free = entries.filter(({ lineKey }) => lineKey?.includes('/gift'));
    expect(free.map(({ amount, quantity }) => [amount, quantity])).toEqual([
      [0n, (box['MD-KIM-01'] ?? 0) - BOUGHT_PIECES],
    ]);
  });

  it('goes to exactly the first N when two workers match at the same time, and a cancelled one makes room', async () => {
    const rule = await giving(house.database, { firstN: 3 });
    const keys: string[] = [];
    for (let index = 0; index < 10; index += 1) keys.push(await anOrder());
    await Promise.all(keys.map((key, index) => matchOrder(index % 2 === 0 ? house.deps : two, key)));
    const have: string[] = [];
    for (const key of keys) if ((await givenTo(key)).includes(rule)) have.push(key);
    expect(have).toHaveLength(3);
    expect(await counted(rule)).toBe(3);
    await cancelOrder(house.deps, have[0] ?? '', KIM);
    await cancelOrder(house.deps, have[0] ?? '', KIM);
    expect(await counted(rule)).toBe(2);
    expect(await givenTo(await matched())).toEqual([rule]);
    expect(await givenTo(await matched())).toEqual([]);
  });

  it('goes to a receiver once, also when two workers match at the same time', async () => {
    const rule = await giving(house.database, { oncePerReceiver: true });
    const keys = [];
    for (let index = 0; index < 6; index += 1) keys.push(await anOrder({ name: '김 하나' }));
    await Promise.all(keys.map((key, index) => matchOrder(index % 2 === 0 ? house.deps : two, key)));
    expect((await Promise.all(keys.map(givenTo))).flat()).toEqual([rule]);
    expect(await givenTo(await matched({ name: '김 둘' }))).toEqual([rule]);
    expect(await givenTo(await matched({ name: '김하나 ' }))).toEqual([]);
  });

  it('is counted where it goes to all, too, and all of it once the rule gives to the first N only', async () => {
    const rule = await giving(house.database, {});
    const shown = async () => (await listGiftRules(db(), rule))[0]?.given;
    const keys: string[] = [];
    for (let index = 0; index < 8; index += 1) keys.push(await anOrder());
    await Promise.all(keys.map((key, index) => matchOrder(index % 2 === 0 ? house.deps : two, key)));
    expect(await shown()).toBe(8);
    await cancelOrder(house.deps, keys[0] ?? '', KIM);
    expect(await shown()).toBe(7);
    await changeGiftRule(house.database, { id: rule, version: 1 }, { ...ONE_FOR_ALL, firstN: 8 }, KIM);
    expect([await shown(), await counted(rule)]).toEqual([7, 7]);
    expect(await givenTo(await matched())).toEqual([rule]);
    expect(await givenTo(await matched())).toEqual([]);
    expect(await shown()).toBe(8);
  });

  it('is left out of the box where the WMS has none, and the order goes without it', async () => {
    const rule = await giving(house.database, { configuration: NOWHERE, firstN: 1 });
    const key = await matched();
    expect(await inTheBox(key)).toHaveProperty('NOWHERE', 1);
    expect((await dispatchOrder(house.deps, key)).stage).toBe('dispatched');
    expect(await inTheBox(key)).not.toHaveProperty('NOWHERE');
    expect(await giftsOf(db(), key)).toMatchObject([{ ruleId: rule, state: 'left_out' }]);
    expect((await auditOf(db(), key)).map(({ action }) => action)).toContain('gift.leave_out');
    expect(await counted(rule)).toBe(0);
  });

  it('is waited for where its rule says so', async () => {
    await giving(house.database, { configuration: NOWHERE, whenShort: 'wait' });
    const key = await matched();
    await expect(dispatchOrder(house.deps, key)).resolves.toMatchObject({ waiting: 'shortage' });
    expect(await inTheBox(key)).toHaveProperty('NOWHERE', 1);
  });

  it('is decided anew with what the order stands for, counted once, until the WMS has it', async () => {
    const servers = { config: readConfig({}), database: house.database, temporal: temporal.client };
    const deal = { channel: 'coupang', deal: `새 딜 ${++made}`, option: '1박스' };
    const rule = await giving(house.database, { firstN: 2, bought: 'configuration', boughtCode: 'C-KIM-4' });
    const save = async (configuration: string) => {
      const { version } = await addMatch(servers, deal, { configuration }, KIM);
      return version;
    };
    const first = await save('C-KIM-4');
    const key = await matched({ deal });
    const apply = (kind: 'save' | 'undo', version: number) =>
      applyDecision(house.deps, key, { kind, version, dealKey: dealKey(deal) });
    await apply('save', first);
    expect([await givenTo(key), await counted(rule)]).toEqual([[rule], 1]);
    const second = await save('C-KIM-1');
    await apply('save', second);
    expect([await givenTo(key), await counted(rule)]).toEqual([[], 0]);
    await undoDecision(servers, deal, KIM);
    await apply('undo', second);
    await apply('undo', second);
    expect([await givenTo(key), await counted(rule)]).toEqual([[rule], 1]);
    const box = await inTheBox(key);
    await dispatchOrder(house.deps, key);
    const third = await save('C-KIM-1');
    await apply('save', third);
    expect([await givenTo(key), await counted(rule), await inTheBox(key)]).toEqual([[rule], 1, box]);
  });

  it('counts those that an unlimited version gave when a newer one is limited; a changed rule is seen', async () => {
    const id = await giving(house.database, {});
    await matched();
    await matched();
    await changeGiftRule(house.database, { id, version: 1 }, { ...ONE_FOR_ALL, firstN: 3 }, KIM);
    await expect(changeGiftRule(house.database, { id, version: 1 }, ONE_FOR_ALL, KIM)).rejects.toThrow(
      'meanwhile',
    );
    expect(await counted(id)).toBe(2);
    expect(await givenTo(await matched())).toEqual([id]);
    expect(await givenTo(await matched())).toEqual([]);
  });
});
