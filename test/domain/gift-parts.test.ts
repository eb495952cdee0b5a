import fc from 'fast-check';
import { intoParts } from '../../domain/gift-parts';

const units = (...of: [string, number][]) => of.map(([lineKey, quantity]) => ({ lineKey, quantity }));
const bought = units(['1', 1]);

describe('what an order in parts is given', () => {
  it('stays in the parts in which it was, and is in the first bought one where it is new or more', () => {
    const parts = [
      { bought: [], gifts: units(['g1', 1]) },
      { bought, gifts: [] },
      { bought, gifts: units(['g1', 1], ['g2', 2]) },
    ];
    expect(intoParts(units(['g1', 3], ['g3', 1]), parts)).toEqual([
      units(['g1', 1]),
      units(['g1', 1], ['g3', 1]),
      units(['g1', 1]),
    ]);
  });

  it('is in them to the unit, however it was before', () => {
    const some = fc
      .uniqueArray(fc.constantFrom('g1', 'g2', 'g3'))
      .chain((keys) =>
        fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), fc.integer({ min: 1, max: 4 })))),
      )
      .map((of) => units(...of));
    const part = fc.record({ bought: fc.constantFrom(bought, []), gifts: some });
    fc.assert(
      fc.property(some, fc.array(part, { maxLength: 3 }), (gifts, others) => {
        const parts = [...others, { bought, gifts: [] }];
        const all = intoParts(gifts, parts).flat();
        for (const { lineKey, quantity } of gifts)
          expect(all.filter((one) => one.lineKey === lineKey).reduce((n, one) => n + one.quantity, 0)).toBe(
            quantity,
          );
        expect(new Set(all.map((one) => one.lineKey)).size).toBe(gifts.length);
      }),
    );
  });
});
