import fc from 'fast-check';
import { daysLater, daysOf, earlierPeriod, lengthOf } from '../../domain/period';

const period = fc.tuple(fc.integer({ min: -9_000, max: 9_000 }), fc.nat(800)).map(([start, length]) => {
  const from = daysLater('2026-01-01', start);
  return { from, to: daysLater(from, length) };
});

describe('a period of days', () => {
  it('has all of its days, once and in order', () => {
    expect(daysOf({ from: '2028-02-27', to: '2028-03-01' })).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(daysOf({ from: '2026-03-02', to: '2026-03-01' })).toEqual([]);
    fc.assert(
      fc.property(period, (one) => {
        const days = daysOf(one);
        expect(days).toEqual([...new Set(days)].toSorted());
        expect([days[0], days.at(-1), days.length]).toEqual([one.from, one.to, lengthOf(one)]);
      }),
    );
  });

  it('is compared with as many days that end the day before it', () => {
    fc.assert(
      fc.property(period, (one) => {
        const earlier = earlierPeriod(one, 'previous');
        if (earlier === undefined) throw new Error('nothing to compare with');
        expect(lengthOf(earlier)).toBe(lengthOf(one));
        expect(daysLater(earlier.to, 1)).toBe(one.from);
      }),
    );
  });

  it('is compared with the same days of the year before, or with nothing', () => {
    const leap = { from: '2028-02-01', to: '2028-02-29' };
    expect(earlierPeriod(leap, 'year')).toEqual({ from: '2027-02-01', to: '2027-02-28' });
    expect(earlierPeriod({ from: '2026-11-01', to: '2026-11-25' }, 'year')).toEqual({
      from: '2025-11-01',
      to: '2025-11-25',
    });
    expect(earlierPeriod(leap, 'none')).toBeUndefined();
  });
});
