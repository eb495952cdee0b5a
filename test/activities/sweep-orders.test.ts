import { matchOrder } from '../../activities/match-order';
import { normalizeOrder } from '../../activities/normalize-order';
import { sweepOrders } from '../../activities/sweep-orders';
import { saveMatch } from '../../db/queries/match-versions';
import { linesOf } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import { type House, openHouse } from '../support/house';
import { atTheWms, ship } from './parcels';
import { quietFor } from './quiet-for';

describe('the sweep', () => {
  let house: House;
  let matched: string[];
  beforeAll(async () => {
    house = await openHouse();
    matched = await house.matchedOrders(30, 5_001);
  });
  beforeEach(() => {
    house.journeys.started.length = 0;
    house.journeys.nudges.length = 0;
  });
  afterAll(() => house.close());

  /** Every journey is open, unless told otherwise. */
  const sweep = (missing: readonly string[] = []) =>
    sweepOrders({
      ...house.deps,
      journeys: {
        start: async (order) => missing.includes(order.key) && (await house.journeys.start(order)),
        nudge: (key, signal) => house.journeys.nudge(key, signal),
      },
    });
  const nudged = () => house.journeys.nudges.map(({ orderKey }) => orderKey);
  const next = () => matched.pop() ?? 'no order is left';

  it('starts a journey for each unfinished order that has none', async () => {
    const [one, other, done] = [next(), next(), next()];
    await house.database.pool.query("UPDATE orders SET stage = 'done' WHERE order_key = ?", [done]);
    await quietFor(house, 90);
    await expect(sweep([one, other, done])).resolves.toBe(2);
    expect(house.journeys.started.toSorted()).toEqual([one, other].toSorted());
  });

  it('leaves alone what has moved, or was looked at, within the last minute', async () => {
    await expect(sweep(matched)).resolves.toBe(0);
    await quietFor(house, 90);
    await sweep();
    house.journeys.nudges.length = 0;
    await expect(sweep(matched)).resolves.toBe(0);
    expect(nudged()).toEqual([]);
  });

  it('nudges an order whose deals are all decided, and not one that still waits for a person', async () => {
    const keys = await house.collectDay(120, 5_002);
    const waiting: string[] = [];
    for (const key of keys) {
      if ((await normalizeOrder(house.deps, key)).stage !== 'normalized') continue;
      if ((await matchOrder(house.deps, key)).waiting === 'unknown_deal') waiting.push(key);
    }
    const [decided, undecided] = waiting;
    if (decided === undefined || undecided === undefined) throw new Error('too few unknown deals');
    const command = { by: 'kim', reason: 'seen' };
    const keysOfUndecided = new Set(
      (await linesOf(house.database.db, undecided)).map((line) => line.dealKey),
    );
    for (const line of await linesOf(house.database.db, decided)) {
      if (keysOfUndecided.has(line.dealKey)) continue;
      const [channel = ''] = decided.split('/');
      const { deal, option } = line;
      await inTransaction(house.database, (tx) =>
        saveMatch(tx, { channel, deal, option }, 'C-KIM-1', command),
      );
    }
    await quietFor(house, 90);
    await sweep();
    expect(nudged()).toContain(decided);
    expect(nudged()).not.toContain(undecided);
  });

  it('nudges an order that has shipped, and not one that waits for its parcel or for a person', async () => {
    const [shipped, sent] = [await atTheWms(house, next()), await atTheWms(house, next())];
    const held = next();
    await house.database.pool.query("UPDATE orders SET waiting = 'held' WHERE order_key = ?", [held]);
    await ship(house, shipped);
    await quietFor(house, 90);
    await sweep();
    expect(nudged()).toContain(shipped.key);
    expect(nudged()).not.toContain(sent.key);
    expect(nudged()).not.toContain(held);
  });

  it('looks at the others although one cannot be looked at', async () => {
    const [bad, good] = [next(), next()];
    await quietFor(house, 90);
    const looked: string[] = [];
    const start = async ({ key }: { key: string }) => {
      if (key === bad) throw new Error('too many signals');
      looked.push(key);
      return false;
    };
    const journeys = { start, nudge: async () => true };
    await expect(sweepOrders({ ...house.deps, journeys })).resolves.toBe(0);
    expect(looked).toContain(good);
    // It has its turn again only after the others.
    looked.length = 0;
    await sweepOrders({ ...house.deps, journeys });
    expect(looked).toEqual([]);
  });

  it('fails when not a single order could be looked at, so that somebody sees it', async () => {
    await quietFor(house, 90);
    const journeys = { start: () => Promise.reject(new Error('down')), nudge: async () => true };
    await expect(sweepOrders({ ...house.deps, journeys })).rejects.toThrow('could be swept');
  });
});
