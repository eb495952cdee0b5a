import fc from 'fast-check';
import { collectWindow, type Reached } from '../../activities/collect-orders';
import { OutsideUnavailable } from '../../activities/outcome';
import type { Progress } from '../../activities/progress';
import type { FetchedPage, Source } from '../../activities/sources/source';
import { sweepOrders } from '../../activities/sweep-orders';
import { windowsToCollect } from '../../activities/windows-to-collect';
import type { TimeWindow } from '../../domain/order';
import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';
import { keyOf, offering, plainOrders, recordsOf } from './offered-source';
import { quietFor } from './quiet-for';

const MINUTE = 60_000;
const INTERVAL_MS = 5 * MINUTE;
const PAGE = 2;
const ORDERS = 12;

/** What happens next: time passes, and then something is read, whole or not. */
const step = fc.record({
  minutes: fc.integer({ min: 0, max: 90 }),
  kind: fc.constantFrom('run', 'run', 'killed', 'silent', 'twice', 'again', 'backfill'),
  page: fc.nat(3),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Killed extends Error {}

describe('whatever happens while a source is read', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  let day = 5_000;

  it('every order that it holds is there in the end, and each of its records once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.array(fc.nat(360), { minLength: ORDERS, maxLength: ORDERS }),
        async (steps, minutes) => {
          day += 1;
          const { pool } = house.database;
          await pool.query('DELETE FROM collection_run');
          const begin = Date.now() - 12 * 60 * MINUTE;
          const orders = plainOrders(day, ORDERS, 2).map((order, index) => ({
            at: begin + (minutes[index] ?? 0) * MINUTE,
            order,
          }));
          const records = orders.flatMap(({ at, order }) =>
            recordsOf(order).map((record) => ({ at, record })),
          );
          const world = await openWorld(house, records, begin);
          // The first run decides from when on the source is read.
          await world.run();
          for (const each of steps) await world.take(each);
          world.now = begin + 400 * MINUTE;
          await world.run();
          await world.run();
          const keys = orders.map(({ order }) => keyOf(order));
          const [found] = await pool.query('SELECT order_key FROM orders WHERE order_key IN (?)', [keys]);
          expect((found as { order_key: string }[]).map((row) => row.order_key).sort()).toEqual(
            keys.toSorted(),
          );
          const ids = records.map(({ record }) => record.recordId);
          const [stored] = await pool.query(
            'SELECT record_id, count(*) AS n FROM raw_record WHERE record_id IN (?) GROUP BY record_id',
            [ids],
          );
          expect((stored as { n: string }[]).map(({ n }) => Number(n))).toEqual(ids.map(() => 1));
          // What was stored by a reading that came to no end is found by the sweep.
          await quietFor(house, 90);
          await sweepOrders(house.deps);
          expect(house.journeys.started).toEqual(expect.arrayContaining(keys));
        },
      ),
      { numRuns: 15, seed: 41 },
    );
  }, 120_000);
});

async function openWorld(
  house: House,
  records: readonly { at: number; record: FetchedPage['records'][number] }[],
  begin: number,
) {
  const { deps: base } = await offering(house);
  const hub = await base.connections.source(CONNECTIONS.source);
  let silentFrom = Number.POSITIVE_INFINITY;
  const world = {
    now: begin,

    async run(progress?: Progress<Reached>): Promise<void> {
      const now = new Date(world.now);
      for (const window of await windowsToCollect(deps, CONNECTIONS.source, now, INTERVAL_MS, now))
        await read(window, progress);
    },

    async take({ minutes, kind, page }: Step): Promise<void> {
      world.now += minutes * MINUTE;
      const now = new Date(world.now);
      switch (kind) {
        case 'run':
          return world.run();
        case 'silent':
          silentFrom = page;
          await world.run().catch(unless(OutsideUnavailable));
          silentFrom = Number.POSITIVE_INFINITY;
          return;
        case 'killed':
          return killedAndTakenOver(now, page);
        case 'twice':
          await Promise.all([world.run(), world.run()]);
          return;
        case 'again':
          await read({ from: new Date(world.now - 30 * MINUTE), to: now });
          return;
        case 'backfill': {
          const scheduled = new Date(world.now - 60 * MINUTE);
          for (const window of await windowsToCollect(deps, CONNECTIONS.source, scheduled, INTERVAL_MS, now))
            await read(window);
        }
      }
    },
  };

  /** A source that gives what has come by now, in pages, and goes on where it is told to. */
  const source: Source = {
    capabilities: { ...hub.capabilities, maxWindowHours: 2 },
    async *fetchRecords({ from, to }, after = '0'): AsyncGenerator<FetchedPage> {
      const held = records.filter(({ at }) => at >= from.getTime() && at < to.getTime() && at <= world.now);
      for (let first = Number(after); first === 0 || first < held.length; first += PAGE) {
        if (first / PAGE >= silentFrom) throw new OutsideUnavailable('silent');
        const next = first + PAGE;
        yield {
          records: held.slice(first, next).map(({ record }) => record),
          announced: held.length,
          ...(next < held.length ? { next: String(next) } : {}),
        };
      }
    },
    decode: (body) => hub.decode(body),
    uploadTracking: () => Promise.reject(new Error('Nothing is uploaded here')),
    close: async () => undefined,
  };
  const connections = Object.assign(Object.create(base.connections) as typeof base.connections, {
    source: async () => source,
    decoder: async () => source,
  });
  const deps = { ...base, connections };

  function read(window: TimeWindow, progress?: Progress<Reached>) {
    return collectWindow(deps, CONNECTIONS.source, window, 'run', progress);
  }

  /** Killed after some pages; another worker goes on from what was reached, as Temporal has it. */
  async function killedAndTakenOver(now: Date, page: number): Promise<void> {
    let reached: Reached | undefined;
    let pages = 0;
    const dying: Progress<Reached> = {
      from: undefined,
      reach(state) {
        if (pages > page) throw new Killed();
        pages += 1;
        reached = state;
      },
    };
    const [window] = await windowsToCollect(deps, CONNECTIONS.source, now, INTERVAL_MS, now);
    if (window === undefined) return;
    await read(window, dying).catch(unless(Killed));
    await read(window, { from: reached, reach: () => undefined });
  }

  return world;
}

function unless(kind: new (...given: never[]) => Error) {
  return (error: unknown) => {
    if (!(error instanceof kind)) throw error;
  };
}
