import fc from 'fast-check';
import { daysLater, daysOf, earlierPeriod, lengthOf, monthOf, spansOf } from '../../domain/period';

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

  it('is whole months with days beside them, each of its days once and no other, most of it as months', () => {
    expect(spansOf({ from: '2026-02-01', to: '2026-02-28' })).toEqual({
      months: { from: '2026-02', to: '2026-02' },
      added: [],
      takenAway: [],
    });
    expect(spansOf({ from: '2025-11-27', to: '2026-11-26' })).toEqual({
      months: { from: '2025-12', to: '2026-11' },
      added: [{ from: '2025-11-27', to: '2025-11-30' }],
      takenAway: [{ from: '2026-11-27', to: '2026-11-30' }],
    });
    fc.assert(
      fc.property(period, (one) => {
        const { months, added, takenAway } = spansOf(one);
        const whole = months === undefined ? [] : daysWithin(months.from, months.to);
        const out = new Set(takenAway.flatMap(daysOf));
        for (const day of out) expect(whole).toContain(day);
        const days = [...whole.filter((day) => !out.has(day)), ...added.flatMap(daysOf)];
        expect(days.toSorted()).toEqual(daysOf(one));
        expect(out.size + added.flatMap(daysOf).length).toBeLessThanOrEqual(31);
      }),
    );
  });
});

/** All days of some months. */
function daysWithin(first: string, last: string): string[] {
  const days = daysOf({ from: `${first}-01`, to: daysLater(`${last}-01`, 31) });
  return days.filter((day) => monthOf(day) <= last);
}
