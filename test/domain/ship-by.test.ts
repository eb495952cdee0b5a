import fc from 'fast-check';
import { seoulDay } from '../../domain/seoul';
import { shipByOf } from '../../domain/ship-by';

const at = (time: string) => new Date(`2026-${time}+09:00`);

describe('the day to ship by', () => {
  it.each([
    // 2026-11-20 is a Friday.
    ['before the cut-off', at('11-20T13:59:59'), 1, '2026-11-23'],
    ['from the cut-off on', at('11-20T14:00:00'), 1, '2026-11-24'],
    ['on the same day, where no day is given', at('11-20T00:00:00'), 0, '2026-11-20'],
    ['of what is ordered on a Saturday, from Monday on', at('11-21T03:00:00'), 1, '2026-11-24'],
    ['over a weekend', at('11-19T10:00:00'), 2, '2026-11-23'],
  ])('%s', (_, orderedAt, shipWithinDays, day) => {
    const shipBy = shipByOf(orderedAt, { cutOffMinutes: 14 * 60, shipWithinDays });
    expect(seoulDay(shipBy)).toBe(day);
    expect(shipBy.toISOString()).toMatch(/T14:59:59\.999Z$/);
  });

  it('is never before the order, nor on a weekend', () => {
    const rule = fc.record({ cutOffMinutes: fc.nat(1_440), shipWithinDays: fc.nat(10) });
    const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(times, rule, (orderedAt, given) => {
        const shipBy = shipByOf(orderedAt, given);
        const weekday = new Date(shipBy.getTime() + 9 * 3_600_000).getUTCDay();
        expect(shipBy >= orderedAt).toBe(true);
        expect([1, 2, 3, 4, 5]).toContain(weekday);
      }),
    );
  });
});
