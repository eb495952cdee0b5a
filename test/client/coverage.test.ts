import fc from 'fast-check';
import { gapsBetween } from '../../client/use-cases/coverage';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour));
const window = (from: number, to: number, run: string | null = 'run') => ({
  from: at(from),
  to: at(to),
  run,
});
const day = { from: at(0), to: at(24) };

describe('the coverage of a source', () => {
  it('has no gap where windows overlap or touch, in whatever order they were read', () => {
    expect(gapsBetween([window(12, 24), window(0, 6), window(5, 12)], day)).toEqual([]);
  });

  it('names what lies before, between and after its windows', () => {
    expect(gapsBetween([window(2, 5), window(9, 20)], day)).toEqual([
      { from: at(0), to: at(2) },
      { from: at(5), to: at(9) },
      { from: at(20), to: at(24) },
    ]);
  });

  it('counts what was given up as not read', () => {
    expect(gapsBetween([window(0, 6), window(6, 18, null), window(18, 24)], day)).toEqual([
      { from: at(6), to: at(18) },
    ]);
  });

  it('and its gaps are the whole time, without an hour in both', () => {
    const windows = fc.array(fc.tuple(fc.nat(23), fc.integer({ min: 1, max: 12 })), { maxLength: 6 });
    fc.assert(
      fc.property(windows, (given) => {
        const read = given.map(([from, hours]) => window(from, Math.min(24, from + hours)));
        const gaps = gapsBetween(read, day);
        for (let hour = 0; hour < 24; hour += 1) {
          const holds = ({ from, to }: { from: Date; to: Date }) => from <= at(hour) && to > at(hour);
          expect(read.some(holds)).toBe(!gaps.some(holds));
        }
      }),
    );
  });
});
