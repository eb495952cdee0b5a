import fc from 'fast-check';
import { countSalesAnew, differencesOfSales } from '../../db/queries/check-sales';
import { insertCollected, lockOrders } from '../../db/queries/orders';
import { bookSales, type SaleEntry } from '../../db/queries/sales';
import { OF_NO_GOODS, salesBy, salesByPair } from '../../db/queries/sales-by';
import { sale, salesDay } from '../../db/schema';
import { inTransaction } from '../../db/transaction';
import { groupBy } from '../../domain/group-by';
import { daysLater } from '../../domain/period';
import { SALES_BY, type SalesBy } from '../../domain/sale';
import { type FreshDatabase, freshDatabase } from '../support/database';

/** What happens at once: each a booking of some entries of some orders, in one transaction that may come to nothing. */
interface Booking {
  readonly entries: readonly number[];
  readonly fails: boolean;
}

const ORDERS = 4;
const PER_ORDER = 5;
const booking: fc.Arbitrary<Booking> = fc.record({
  entries: fc.uniqueArray(fc.nat(ORDERS * PER_ORDER - 1), { minLength: 1 }),
  fails: fc.boolean(),
});
const rounds = fc.array(fc.array(booking, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });

class Undone extends Error {
  override readonly name = 'Undone';
}

describe('the sums of the sales by day and month', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.close());

  let runs = 0;
  /** Orders of a run of their own, with what may be booked for them: sales, a discount, a fee, what comes back. */
  async function ordersOf(amounts: readonly bigint[]): Promise<SaleEntry[]> {
    runs += 1;
    const orders = Array.from({ length: ORDERS }, (_, n) => ({
      key: `coupang/${runs}-${n}`,
      channel: n % 2 === 0 ? 'coupang' : '11st',
      source: 'hub',
      orderNumber: `${runs}-${n}`,
      orderedAt: new Date(),
    }));
    await insertCollected(database.db, orders);
    return orders.flatMap(({ key, channel, source }, order) =>
      Array.from({ length: PER_ORDER }, (_, n) => ({
        entryKey: `${key}/${n}`,
        kind: (['sale', 'sale', 'discount', 'shipping_fee', 'reversal'] as const)[n] ?? 'sale',
        orderKey: key,
        channel,
        source,
        lineKey: n === 3 ? null : `${key}/1`,
        configuration: n === 3 ? '' : `SET-${order % 3}`,
        itemCode: n === 3 ? null : `MD-${n % 2}`,
        shipmentId: 1,
        quantity: n === 3 ? 0 : n + 1,
        amount: amounts[order * PER_ORDER + n] ?? 0n,
        day: `2026-11-2${(order + n) % 3}`,
      })),
    );
  }

  const book = (entries: readonly SaleEntry[], fails = false) =>
    inTransaction(database, async (tx) => {
      await lockOrders(tx, [...new Set(entries.map(({ orderKey }) => orderKey))]);
      await bookSales(tx, entries);
      if (fails) throw new Undone();
    });

  it('are those of the ledger, however bookings, repeats and returns meet or come to nothing', async () => {
    const won = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });
    const amounts = fc.array(won, { minLength: ORDERS * PER_ORDER, maxLength: ORDERS * PER_ORDER });
    await fc.assert(
      fc.asyncProperty(amounts, rounds, async (of, all) => {
        const entries = await ordersOf(of);
        const booked = new Set<string>();
        for (const round of all) {
          const done = await Promise.allSettled(
            round.map(({ entries: some, fails }) =>
              book(
                some.flatMap((n) => entries[n] ?? []),
                fails,
              ),
            ),
          );
          for (const [n, one] of done.entries()) {
            if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Undone);
            else for (const entry of round[n]?.entries ?? []) booked.add(entries[entry]?.entryKey ?? '');
          }
          expect(await differencesOfSales(database.db)).toEqual([]);
        }
        const ledger = await database.db.select({ key: sale.entryKey }).from(sale);
        const keys = new Set(entries.map(({ entryKey }) => entryKey));
        expect(
          ledger
            .map(({ key }) => key)
            .filter((key) => keys.has(key))
            .toSorted(),
        ).toEqual([...booked].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('tell of any period what the ledger does, by any breakdown, whole months or not', async () => {
    const [template] = await ordersOf([1_000n]);
    if (template === undefined) throw new Error('no entry');
    const first = '2027-01-15';
    const drawn = fc.sample(fc.tuple(fc.nat(120), fc.nat(3), fc.boolean(), fc.nat(9_999)), {
      numRuns: 150,
      seed: 8,
    });
    const entries = drawn.map(
      ([days, goods, isReturn, amount], n): SaleEntry => ({
        ...template,
        entryKey: `long/${n}`,
        kind: isReturn ? 'reversal' : 'sale',
        channel: goods % 2 === 0 ? 'coupang' : '11st',
        configuration: `SET-${goods}`,
        itemCode: goods === 3 ? null : `MD-${goods}`,
        amount: isReturn ? -BigInt(amount) : BigInt(amount),
        day: daysLater(first, days),
      }),
    );
    await book(entries);
    const told = {
      channel: 'channel',
      source: 'source',
      configuration: 'configuration',
      item: 'itemCode',
      day: 'day',
    } as const;
    const keyOf = (entry: SaleEntry, by: SalesBy) => entry[told[by]] ?? OF_NO_GOODS;
    const period = fc.tuple(fc.nat(130), fc.nat(130)).map(([from, length]) => {
      const start = daysLater(first, from - 5);
      return { from: start, to: daysLater(start, length) };
    });
    await fc.assert(
      fc.asyncProperty(
        period,
        fc.constantFrom(...SALES_BY),
        fc.constantFrom(...SALES_BY),
        async (of, by, across) => {
          const within = entries.filter(({ day }) => day >= of.from && day <= of.to);
          const pairs = by === across ? [] : await salesByPair(database.db, by, across, of);
          const single = await salesBy(database.db, by, of);
          const expected = groupBy(within, (entry) => keyOf(entry, by));
          expect(single.map(({ key }) => key).toSorted()).toEqual([...expected.keys()].toSorted());
          for (const row of single) expect(row).toMatchObject(summed(expected.get(row.key) ?? []));
          const byPair = groupBy(within, (entry) => `${keyOf(entry, by)} ${keyOf(entry, across)}`);
          if (by !== across) expect(pairs).toHaveLength(byPair.size);
          for (const row of pairs)
            expect(row).toMatchObject(summed(byPair.get(`${row.key} ${row.acrossKey}`) ?? []));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('that are wrong are found by the month, too', async () => {
    await database.pool.query(
      "update sales_month set gross = gross + 3 where month = '2027-02' and view = 'goods' and item_code = 'MD-1'",
    );
    const found = await differencesOfSales(database.db);
    expect(found).toMatchObject([{ view: 'goods', day: '2027-02', item: 'MD-1', sold: 0, gross: -3n }]);
    await inTransaction(database, countSalesAnew);
    expect(await differencesOfSales(database.db)).toEqual([]);
  });

  it('refuse who has not locked the orders and meets another, rather than count twice', async () => {
    const [entry] = await ordersOf([5_000n]);
    if (entry === undefined) throw new Error('no entry');
    const unlocked = () => inTransaction(database, (tx) => bookSales(tx, [entry]));
    const done = await Promise.allSettled([unlocked(), unlocked(), unlocked()]);
    expect(done.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await differencesOfSales(database.db)).toEqual([]);
  });

  it('are the same when they are made anew while sales are booked', async () => {
    const entries = await ordersOf(Array.from({ length: ORDERS * PER_ORDER }, (_, n) => BigInt(n * 100)));
    await database.db.delete(salesDay);
    await Promise.all([
      inTransaction(database, countSalesAnew),
      ...entries.map((entry) => book([entry])),
      inTransaction(database, countSalesAnew),
    ]);
    expect(await differencesOfSales(database.db)).toEqual([]);
  });
});

/** What entries add up to. */
function summed(entries: readonly SaleEntry[]) {
  const sumOf = (kind: SaleEntry['kind']) => {
    const some = entries.filter((entry) => entry.kind === kind);
    return {
      pieces: some.reduce((sum, { quantity }) => sum + quantity, 0),
      won: some.reduce((sum, { amount }) => sum + amount, 0n),
    };
  };
  const [sold, back] = [sumOf('sale'), sumOf('reversal')];
  return { quantity: sold.pieces, returned: back.pieces, gross: sold.won, returns: back.won };
}
