import fc from 'fast-check';
import { runBulk } from '../../activities/bulk-action';
import { tryDispatchOrder } from '../../activities/dispatch-order';
import { holdOrder } from '../../activities/hold-order';
import { matchOrder } from '../../activities/match-order';
import { splitOrder } from '../../activities/split-order';
import type { Servers } from '../../client/connect';
import { readBulk } from '../../client/use-cases/bulk-orders';
import {
  addMatch,
  type Effect,
  previewDecision,
  previewUndo,
  undoDecision,
} from '../../client/use-cases/decide-deal';
import { endGifts } from '../../client/use-cases/gift-rules';
import { piecesOf } from '../../db/queries/catalogue';
import { saveConfiguration } from '../../db/queries/configurations';
import { contentOf, dispatchesOf } from '../../db/queries/dispatches';
import { listGiftRules } from '../../db/queries/gift-rules';
import { giftsOf } from '../../db/queries/gifts';
import { findOrder, linesOf } from '../../db/queries/orders';
import { tasksOfOrder } from '../../db/queries/tasks';
import { inTransaction } from '../../db/transaction';
import type { Deal } from '../../domain/deal';
import { isOver, isUnsent } from '../../domain/dispatch-protocol';
import type { GiftTerms } from '../../domain/gift';
import type { GiftChange } from '../../domain/gift-books';
import { groupBy } from '../../domain/group-by';
import { readConfig } from '../../worker/config';
import { type OrderedLine, orderOf } from '../support/deal-orders';
import { giving } from '../support/gift-rules';
import { type House, openHouse } from '../support/house';
import { type FreshTemporal, freshTemporal } from '../support/temporal';

const KIM = { by: 'kim', reason: 'looked at the page' };
const CONFIGURATIONS = ['C-KIM-1', 'C-KIM-4', 'C-KIM-1P1'] as const;

/** By what is bought, by what it comes to, once to each, and beside no other. */
const GIFTS: readonly Partial<GiftTerms>[] = [
  { bought: 'configuration', boughtCode: 'C-KIM-4', firstN: 10_000 },
  { bought: 'item', boughtCode: 'MD-KIM-01', quantityFrom: 12, quantity: 2 },
  { amountFrom: 60_000n, stacking: 'alone', priority: 50 },
  { bought: 'configuration', boughtCode: 'C-KIM-1P1', oncePerReceiver: true },
];

/** Real MySQL, WMS and activities; the jobs are done by hand, so that it is known when they are. */
describe('a decision about a deal', () => {
  let house: House;
  let temporal: FreshTemporal;
  let servers: Servers;
  let made = 0;
  let people = 0;
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

  /** An order of so many units in each of its lines, with an option of its own or the deal's, as far as it goes by itself. */
  async function anOrder(
    deal: Deal,
    units: readonly (
      | number
      | (Pick<OrderedLine, 'units' | 'price'> & Partial<Pick<OrderedLine, 'option'>>)
    )[],
    orderedAt = new Date(),
  ): Promise<string> {
    const lines = units.map((each) => ({
      deal: deal.deal,
      option: deal.option,
      ...(typeof each === 'number' ? { units: each } : each),
    }));
    const name = `받는이 ${++people}`;
    const key = await orderOf(house.database, deal.channel, lines, orderedAt, name);
    await matchOrder(house.deps, key);
    return key;
  }

  /** All that is decided and to be sent of an order, but for the names of its dispatches. */
  async function standingOf(key: string) {
    const order = await findOrder(db(), key);
    const lines = (await linesOf(db(), key)).filter(
      ({ giftRule, dispatchedQuantity }) => giftRule === null || dispatchedQuantity > 0,
    );
    const live = (await dispatchesOf(db(), key)).filter(({ state }) => !isOver(state));
    const content = await contentOf(
      db(),
      live.map(({ id }) => id),
    );
    const open = (await tasksOfOrder(db(), key)).filter(({ closedAt }) => closedAt === null);
    return {
      stage: order?.stage,
      waiting: order?.waiting,
      tasks: open.map(({ kind }) => kind),
      lines: lines.map((line) => [line.configuration, line.configurationVersion, line.matchVersion]),
      dispatched: lines.map((line) => line.dispatchedQuantity),
      dispatches: live
        .map(({ id, state, directedTo }) => ({
          state,
          directedTo,
          pieces: content
            .filter((c) => c.dispatchId === id)
            .map(({ itemCode, pieces }) => [itemCode, pieces]),
        }))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    };
  }

  /** What the lines' configuration versions say, counted by hand. */
  async function piecesSaid(key: string): Promise<Map<string, number>> {
    const said = new Map<string, number>();
    for (const line of await linesOf(db(), key)) {
      if (line.quantity === line.cancelledQuantity) continue;
      for (const piece of await piecesOf(db(), [line.configuration ?? '']))
        if (piece.version === line.configurationVersion)
          said.set(
            piece.itemCode,
            (said.get(piece.itemCode) ?? 0) + piece.quantity * (line.quantity - line.cancelledQuantity),
          );
    }
    return said;
  }

  /** What an order has been given. */
  async function haveOf(key: string): Promise<string[]> {
    const gifts = (await giftsOf(db(), key)).filter(({ state }) => state === 'given');
    return gifts.map(({ ruleId, configuration, quantity }) => `${ruleId}: ${quantity} × ${configuration}`);
  }
  type Have = ReadonlyMap<string, readonly string[]>;

  /** That each order has after it what the preview has said, and all together. */
  function expectGifts({ orders, gifts }: Effect, before: Have, after: Have): void {
    const told = new Map(orders.map((order) => [order.orderKey, order.gifts]));
    const all: string[] = [];
    for (const [key, now] of after) {
      const was = before.get(key) ?? [];
      const changes = [
        ...now.filter((one) => !was.includes(one)).map((one) => `given ${one}`),
        ...was.filter((one) => !now.includes(one)).map((one) => `taken_back ${one}`),
      ];
      all.push(...changes);
      expect([key, (told.get(key) ?? []).map(changeInWords)]).toEqual([key, changes]);
    }
    const sums = new Map(gifts.map((gift) => [changeInWords(gift), gift.orders]));
    const counted = [...groupBy(all, (one) => one)].map(([one, same]) => [one, same.length] as const);
    expect(sums).toEqual(new Map(counted));
  }
  const changeInWords = ({ change, ruleId, configuration, quantity }: GiftChange) =>
    `${change} ${ruleId}: ${quantity} × ${configuration}`;

  const workOff = async (jobId: number | null) => {
    if (jobId !== null) await runBulk(house.deps, { give: () => Promise.reject(new Error('unused')) }, jobId);
  };
  const save = async (deal: Deal, configuration: string, holdsFrom?: Date) => {
    const decided = await addMatch(servers, deal, { configuration, holdsFrom }, KIM);
    await workOff(decided.jobId);
    return decided;
  };
  const undo = async (deal: Deal) => {
    const undone = await undoDecision(servers, deal, KIM);
    await workOff(undone.jobId);
    return undone;
  };
  const newVersionOf = (code: string, quantity: number) =>
    inTransaction(house.database, (tx) =>
      saveConfiguration(tx, { code, name: code, items: [{ itemCode: 'MD-KIM-01', quantity }] }),
    );

  it('lets what waits go on, matches anew what is not sent, and leaves what the WMS has', async () => {
    const deal = newDeal();
    const sent = await anOrder(deal, [1]);
    expect((await save(deal, 'C-KIM-1')).counts).toMatchObject({ 'goes-on': 1 });
    expect((await tryDispatchOrder(house.deps, sent)).stage).toBe('dispatched');
    const unsent = await anOrder(deal, [2, 3]);
    const before = await standingOf(sent);
    const preview = await previewDecision(db(), deal, { configuration: 'C-KIM-4' });
    expect(preview.orders.map(({ orderKey, fate }) => [orderKey, fate])).toEqual([
      [unsent, 'rematched'],
      [sent, 'sent'],
    ]);
    const { jobId, counts } = await save(deal, 'C-KIM-4');
    expect(counts).toEqual(preview.counts);
    expect(await readBulk(db(), jobId ?? 0)).toMatchObject({ total: 1, done: 1 });
    expect((await standingOf(unsent)).lines).toEqual([
      ['C-KIM-4', 1, 2],
      ['C-KIM-4', 1, 2],
    ]);
    expect(await standingOf(sent)).toEqual(before);
    expect(house.journeys.nudges).toContainEqual({ orderKey: unsent, signal: 'changed' });
  });

  it('leaves a dispatch that a sender has taken up between the preview and its turn, and says so', async () => {
    const deal = newDeal();
    await save(deal, 'C-KIM-1');
    const key = await anOrder(deal, [1]);
    const { jobId } = await addMatch(servers, deal, { configuration: 'C-KIM-4' }, KIM);
    await tryDispatchOrder(house.deps, key);
    const before = await standingOf(key);
    await workOff(jobId);
    expect(await standingOf(key)).toEqual(before);
    expect(await readBulk(db(), jobId ?? 0)).toMatchObject({ total: 1, failed: 1 });
  });

  it('holds for what was ordered from a day on, and the decision before it for the rest', async () => {
    const deal = newDeal();
    const noon = new Date('2026-11-20T03:00:00Z');
    const early = await anOrder(deal, [1], new Date('2026-11-19T03:00:00Z'));
    const late = await anOrder(deal, [1], noon);
    await save(deal, 'C-KIM-1');
    const preview = await previewDecision(db(), deal, { configuration: 'C-KIM-4', holdsFrom: noon });
    expect(preview.orders.map(({ orderKey }) => orderKey)).toEqual([late]);
    await save(deal, 'C-KIM-4', noon);
    expect((await standingOf(early)).lines).toEqual([['C-KIM-1', 1, 1]]);
    expect((await standingOf(late)).lines).toEqual([['C-KIM-4', 1, 2]]);
    const latest = await anOrder(deal, [1], new Date('2026-11-19T04:00:00Z'));
    expect((await standingOf(latest)).lines).toEqual([['C-KIM-1', 1, 1]]);
  });

  it('is not carried out any more once it is undone, though its job has not come to an order yet', async () => {
    const deal = newDeal();
    await save(deal, 'C-KIM-1');
    const key = await anOrder(deal, [1]);
    const before = await standingOf(key);
    const { jobId } = await addMatch(servers, deal, { configuration: 'C-KIM-4' }, KIM);
    await undo(deal);
    await workOff(jobId);
    expect(await standingOf(key)).toEqual(before);
  });

  it('undone, lets what waits for another reason, too, wait for it again', async () => {
    const deal = newDeal();
    const other = { ...deal, option: '2박스' };
    await save(other, 'C-KIM-1');
    await anOrder(other, [{ units: 1, price: 10_000n }]);
    const key = await anOrder(deal, [{ units: 1 }, { units: 1, option: other.option, price: 20_000n }]);
    const before = await standingOf(key);
    expect(before.waiting).toBe('unknown_deal');
    expect((await save(deal, 'C-KIM-4')).counts).toMatchObject({ 'waits-on': 1 });
    expect((await standingOf(key)).waiting).toBe('deal_changed');
    expect((await undo(deal)).counts).toMatchObject({ 'waits-on': 1 });
    expect(await standingOf(key)).toEqual(before);
  });

  it('undone, lets what waits for its price go on by the decision before it', async () => {
    const deal = newDeal();
    await save(deal, 'C-KIM-1');
    await anOrder(deal, [{ units: 1, price: 10_000n }]);
    const prices = { from: 20_000n, to: 20_000n };
    const { jobId } = await addMatch(servers, deal, { configuration: 'C-KIM-4', prices }, KIM);
    await workOff(jobId);
    const key = await anOrder(deal, [{ units: 1, price: 10_000n }]);
    expect((await standingOf(key)).waiting).toBe('deal_changed');
    expect((await undo(deal)).counts).toMatchObject({ 'goes-on': 1, rematched: 1 });
    expect((await standingOf(key)).lines).toEqual([['C-KIM-1', 1, 1]]);
  });

  it('is found by an order that is being matched at the same moment', async () => {
    const deal = newDeal();
    await save(deal, 'C-KIM-1');
    const keys = await Promise.all([1, 2, 3, 4].map((units) => anOrder(deal, [units])));
    const [decided, ...late] = await Promise.all([
      addMatch(servers, deal, { configuration: 'C-KIM-4' }, KIM),
      ...[1, 2, 3, 4, 5, 6].map((units) => anOrder(deal, [units])),
    ]);
    await workOff(decided.jobId);
    for (const key of [...keys, ...late]) expect((await standingOf(key)).lines).toEqual([['C-KIM-4', 1, 2]]);
  });

  it('says how many of a limited gift go to its orders, and no more do', async () => {
    const deal = newDeal();
    const rule = await giving(house.database, { firstN: 2, bought: 'configuration', boughtCode: 'C-KIM-4' });
    await anOrder({ ...deal, option: '2박스' }, [1]);
    for (const units of [1, 2, 3]) await anOrder(deal, [units]);
    const preview = await previewDecision(db(), deal, { configuration: 'C-KIM-4' });
    expect(preview.gifts).toMatchObject([{ ruleId: rule, change: 'given', orders: 2, quantity: 1 }]);
    // In the order in which they were placed; the list has the newest first.
    expect(preview.orders.map(({ gifts }) => gifts.length)).toEqual([0, 1, 1]);
    await save(deal, 'C-KIM-4');
    const [counted] = await listGiftRules(db(), rule);
    expect(counted?.given).toBe(2);
    const other = await previewDecision(db(), deal, { configuration: 'C-KIM-1' });
    expect(other.gifts).toMatchObject([{ ruleId: rule, change: 'taken_back', orders: 2 }]);
    await endRules();
  });

  it('leaves what an order is given in the part in which it was, and so does its undoing', async () => {
    const deal = newDeal();
    await giving(house.database, { configuration: 'C-TEA-SET', quantity: 2 });
    await save(deal, 'C-KIM-1');
    const key = await anOrder(deal, [3]);
    await splitOrder(house.deps, key, { ...KIM, lines: [{ line: '1', quantity: 1 }] });
    const before = await standingOf(key);
    await save(deal, 'C-KIM-4');
    /** Of each part, the smaller first, whether the gift is in it. */
    const giftsIn = ({ dispatches }: typeof before) =>
      dispatches
        .map(({ pieces }) => new Map(pieces.map(([item, n]) => [`${item}`, Number(n)])))
        .toSorted((a, b) => (a.get('MD-KIM-01') ?? 0) - (b.get('MD-KIM-01') ?? 0))
        .map((items) => items.has('MD-TEA-01'));
    expect(giftsIn(before)).toEqual([false, true]);
    expect(giftsIn(await standingOf(key))).toEqual([false, true]);
    await undo(deal);
    expect(await standingOf(key)).toEqual(before);
    await endRules();
  });

  it('that takes a gift away gives it back to the part in which it was, when it is undone', async () => {
    const deal = newDeal();
    await giving(house.database, {
      configuration: 'C-TEA-SET',
      bought: 'configuration',
      boughtCode: 'C-KIM-1',
    });
    await save(deal, 'C-KIM-1');
    const keys = await Promise.all([3, 3, 3, 3, 3, 3].map((units) => anOrder(deal, [units])));
    for (const key of keys)
      await splitOrder(house.deps, key, { ...KIM, lines: [{ line: '1', quantity: 1 }] });
    const before = await Promise.all(keys.map(standingOf));
    await save(deal, 'C-KIM-4');
    await save(deal, 'C-TEA-SET');
    await undo(deal);
    await undo(deal);
    expect(await Promise.all(keys.map(standingOf))).toEqual(before);
    await endRules();
  });

  const endRules = async () => {
    for (const { id, version, endedAt } of await listGiftRules(db()))
      if (endedAt === null) await endGifts(house.database, { id, version }, KIM);
  };

  it('does what its preview says, and its undoing gives back all that is unsent, to the piece', async () => {
    for (const terms of GIFTS) await giving(house.database, { ...terms, configuration: 'C-TEA-SET' });
    const orders = fc.array(
      fc.record({
        lines: fc.array(
          fc.record({
            units: fc.integer({ min: 1, max: 5 }),
            option: fc.constantFrom('1박스', '1박스', '2박스'),
            price: fc.constantFrom(10_000n, 10_000n, 10_500n, 20_000n),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        does: fc.constantFrom('nothing', 'nothing', 'sends', 'holds', 'splits'),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const steps = fc.array(
      fc.oneof(
        fc.record({
          save: fc.constantFrom(...CONFIGURATIONS),
          option: fc.constantFrom('1박스', '1박스', '2박스'),
        }),
        fc.record({ edit: fc.constantFrom(...CONFIGURATIONS), pieces: fc.integer({ min: 1, max: 9 }) }),
        fc.record({ orders }),
      ),
      { minLength: 2, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(...CONFIGURATIONS), async (before, configuration) => {
        const deal = newDeal();
        const keys: string[] = [];
        const allStand = async () => Promise.all(keys.map(standingOf));
        const allHave = async () =>
          new Map(await Promise.all(keys.map(async (key) => [key, await haveOf(key)] as const)));
        for (const step of before) {
          if ('save' in step) await save({ ...deal, option: step.option }, step.save);
          if ('edit' in step) await newVersionOf(step.edit, step.pieces);
          if (!('orders' in step)) continue;
          for (const { lines, does } of step.orders) {
            const key = await anOrder(deal, lines);
            keys.push(key);
            if (does === 'sends') await tryDispatchOrder(house.deps, key);
            if (does === 'holds') await holdOrder(house.deps, key, KIM);
            if (does === 'splits' && (lines[0]?.units ?? 0) > 1)
              await splitOrder(house.deps, key, { ...KIM, lines: [{ line: '1', quantity: 1 }] });
          }
        }
        const stood = await allStand();
        const had = await allHave();
        const preview = await previewDecision(db(), deal, { configuration });
        const saved = await save(deal, configuration);
        expect(saved.counts).toEqual(preview.counts);
        expectGifts(preview, had, await allHave());
        const fateOf = new Map(preview.orders.map(({ orderKey, fate }) => [orderKey, fate]));
        for (const [index, now] of (await allStand()).entries()) {
          const key = keys[index] ?? '';
          const fate = fateOf.get(key);
          const isSame = JSON.stringify(now) === JSON.stringify(stood[index]);
          // What waits on may wait for something else.
          if (fate !== 'waits-on')
            expect({ fate, isSame }).toEqual({ fate, isSame: fate === undefined || fate === 'sent' });
          else
            expect({ ...now, waiting: null, tasks: [] }).toEqual({
              ...stood[index],
              waiting: null,
              tasks: [],
            });
          if (fate === 'goes-on' || fate === 'rematched') expect(now.stage).toBe('matched');
          if (fate === 'waits-on') expect([now.stage, now.waiting === null]).toEqual(['normalized', false]);
          const said = await piecesSaid(key);
          const toSend = now.dispatches.filter(({ state }) => isUnsent(state) || state === 'accepted');
          const sum = new Map<string, number>();
          for (const [item, pieces] of toSend.flatMap((d) => d.pieces))
            sum.set(`${item}`, (sum.get(`${item}`) ?? 0) + Number(pieces));
          if (now.stage !== 'normalized') expect(sum).toEqual(said);
        }
        const back = await previewUndo(db(), deal);
        const has = await allHave();
        expect((await undo(deal)).counts).toEqual(back.counts);
        expectGifts(back, has, await allHave());
        expect(await allStand()).toEqual(stood);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 90_000, endOnFailure: true },
    );
    await endRules();
  });
});
