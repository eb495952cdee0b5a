import { configurations, HUB_CHANNELS, items, knownMatches, newDeals } from '../../sandbox/catalogue';
import { generateBadRecords } from '../../sandbox/generator/bad-records';
import { type EmittedOrder, generateDay } from '../../sandbox/generator/generate-day';
import { listingOf } from '../../sandbox/listings';

const DAY = { seed: 7, orders: 5_000, date: '2026-11-20' };

function bytesOf(orders: readonly EmittedOrder[]): string {
  return JSON.stringify(orders, (_key, value) => (typeof value === 'bigint' ? `${value} KRW` : value));
}

const ofTheHub = newDeals.filter(({ channel }) => HUB_CHANNELS.some((mall) => mall === channel));

describe('a generated day', () => {
  const orders = generateDay(DAY);

  test('is the same for the same seed, byte for byte, and another one for another seed', () => {
    expect(bytesOf(generateDay(DAY))).toBe(bytesOf(orders));
    expect(bytesOf(generateDay({ ...DAY, seed: 8 }))).not.toBe(bytesOf(orders));
  });

  test('begins with the orders of a shorter day of its seed', () => {
    expect(bytesOf(generateDay({ ...DAY, orders: 200 }))).toBe(bytesOf(orders.slice(0, 200)));
  });

  test('has every order number once', () => {
    expect(new Set(orders.map(({ channel, orderNumber }) => `${channel}/${orderNumber}`)).size).toBe(5_000);
  });

  test('has every line number once within its order, and those of SmartStore once at all', () => {
    for (const { channel, lines } of orders) {
      const numbers = lines.map(({ lineNumber }) => lineNumber);
      expect(numbers).toEqual([...new Set(numbers)].sort());
      if (channel === 'coupang') expect(numbers).toEqual(lines.map((line) => listingOf(channel, line)));
    }
    const smartstore = orders.filter(({ channel }) => channel === 'smartstore').flatMap(({ lines }) => lines);
    expect(new Set(smartstore.map(({ lineNumber }) => lineNumber)).size).toBe(smartstore.length);
  });

  test('has orders of all channels, of one line to four', () => {
    expect(new Set(orders.map(({ channel }) => channel))).toEqual(new Set(HUB_CHANNELS));
    expect(new Set(orders.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3, 4]));
  });

  test('has some 5 % orders with a new deal, and few of these deals', () => {
    const fresh = orders.filter(({ lines }) => lines.some(({ isNewDeal }) => isNewDeal));
    expect(fresh.length / orders.length).toBeCloseTo(0.05, 1.7);
    const deals = fresh.flatMap(({ lines }) =>
      lines.filter((line) => line.isNewDeal).map(({ deal }) => deal),
    );
    expect(new Set(deals)).toEqual(new Set(ofTheHub.map(({ deal }) => deal)));
  });

  test('has some 3 % cancelled orders, before and after they can be collected, some in part', () => {
    const cancelled = orders.filter(({ cancellation }) => cancellation !== null);
    expect(cancelled.length / orders.length).toBeGreaterThan(0.02);
    expect(cancelled.length / orders.length).toBeLessThan(0.04);
    const before = cancelled.filter(({ cancellation }) => cancellation?.afterSeconds === 0);
    expect(before.length).toBeGreaterThan(20);
    expect(before.length).toBeLessThan(cancelled.length - 20);
    const inPart = cancelled.filter((order) => order.cancellation?.lineNumbers.length !== order.lines.length);
    expect(inPart).not.toHaveLength(0);
  });

  test('adds up: nobody pays less than nothing, and every line is a deal of the catalogue', () => {
    const deals = new Set([...knownMatches, ...newDeals].map(({ deal, option }) => `${deal}|${option}`));
    const lines = orders.flatMap((order) => order.lines);
    expect(lines.filter((line) => !deals.has(`${line.deal}|${line.option}`))).toEqual([]);
    expect(lines.filter(({ discount, amount }) => discount < 0n || discount >= amount)).toEqual([]);
    expect(new Set(orders.map(({ shippingFee }) => shippingFee))).toEqual(new Set([0n, 3_000n]));
  });

  test('names nobody who can be called: the numbers are of ranges that Korea does not give out', () => {
    const people = orders.map(({ recipient }) => recipient);
    expect(people.filter(({ mobile }) => !/^010-0\d{3}-\d{4}$/.test(mobile))).toEqual([]);
    expect(people.filter(({ safeNumber }) => !/^(050\d-0\d{3}-\d{4}|null)$/.test(`${safeNumber}`))).toEqual(
      [],
    );
    expect(people.filter(({ postcode }) => !/^\d{5}$/.test(postcode))).toEqual([]);
  });
});

describe('the catalogue', () => {
  test('matches each wording to one configuration', () => {
    const wordings = [...knownMatches, ...newDeals].map(
      ({ channel, deal, option }) => `${channel}|${deal}|${option}`,
    );
    expect(new Set(wordings).size).toBe(wordings.length);
  });

  test('sells every configuration, made of its own items, at a price', () => {
    const codes = new Set(items.map(({ code }) => code));
    expect(codes.size).toBe(items.length);
    expect(new Set(knownMatches.map((deal) => deal.configurationCode))).toEqual(
      new Set(configurations.map(({ code }) => code)),
    );
    for (const configuration of configurations)
      for (const { itemCode, quantity } of configuration.items) {
        expect(codes.has(itemCode)).toBe(true);
        expect(quantity).toBeGreaterThan(0);
      }
    for (const { channel, price } of [...knownMatches, ...newDeals])
      expect(channel === 'sample' ? price === 0n : price > 1_000n).toBe(true);
  });

  test('has bundles of several items, and 1+1 of one', () => {
    expect(configurations.some((configuration) => configuration.items.length > 1)).toBe(true);
    expect(configurations.find(({ code }) => code === 'C-KIM-1P1')?.items).toEqual([
      { itemCode: 'MD-KIM-01', quantity: 2 },
    ]);
  });
});

test('bad records are the same for the same seed', () => {
  expect(JSON.stringify(generateBadRecords(3))).toBe(JSON.stringify(generateBadRecords(3)));
});
