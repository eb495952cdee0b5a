import fc from 'fast-check';
import { type Bundle, cycleThrough, explode, holdersOf, type Piece } from '../../domain/bundle';

/** Configurations of which each holds only earlier ones, so that none holds itself. */
const catalogues = fc
  .array(
    fc.record({
      items: fc.uniqueArray(
        fc.record({ itemCode: fc.constantFrom('A', 'B', 'C'), quantity: fc.integer({ min: 1, max: 5 }) }),
        { selector: ({ itemCode }) => itemCode, minLength: 1 },
      ),
      holds: fc.array(fc.record({ part: fc.nat(), quantity: fc.integer({ min: 1, max: 4 }) }), {
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((all) =>
    all.map(({ items, holds }, index) => {
      const bundles = new Map<string, number>();
      if (index > 0) for (const { part, quantity } of holds) bundles.set(`C${part % index}`, quantity);
      return {
        code: `C${index}`,
        items,
        bundles: [...bundles].map(([configuration, quantity]): Bundle => ({ configuration, quantity })),
      };
    }),
  );

describe('a configuration of configurations', () => {
  it('comes to every piece that one would lay down by hand, however deep', () => {
    fc.assert(
      fc.property(catalogues, (all) => {
        const byCode = new Map(all.map((one) => [one.code, one]));
        const layDown = (code: string): string[] => {
          const { items = [], bundles = [] } = byCode.get(code) ?? {};
          return [
            ...items.flatMap(({ itemCode, quantity }) => Array<string>(quantity).fill(itemCode)),
            ...bundles.flatMap((b) =>
              Array.from({ length: b.quantity }, () => layDown(b.configuration)).flat(),
            ),
          ];
        };
        const exploded = new Map<string, readonly Piece[]>();
        for (const { code, items, bundles } of all) {
          const pieces = explode(items, bundles, (part) => exploded.get(part) ?? []);
          exploded.set(code, pieces);
          const direct = new Map<string, number>(items.map((piece) => [piece.itemCode, piece.quantity]));
          for (const { itemCode, quantity, inBundles } of pieces)
            expect(quantity - inBundles).toBe(direct.get(itemCode) ?? 0);
          const laid = countOf(layDown(code));
          expect(new Map(pieces.map(({ itemCode, quantity }) => [itemCode, quantity]))).toEqual(laid);
        }
      }),
    );
  });

  it('is told which ones hold it, each after those that it holds itself', () => {
    fc.assert(
      fc.property(catalogues, (all) => {
        const holds = new Map(all.map(({ code, bundles }) => [code, bundles.map((b) => b.configuration)]));
        const order = holdersOf('C0', holds);
        const reaches = (code: string): boolean =>
          (holds.get(code) ?? []).some((p) => p === 'C0' || reaches(p));
        expect(order.toSorted()).toEqual(
          all
            .map(({ code }) => code)
            .filter(reaches)
            .toSorted(),
        );
        for (const [index, code] of order.entries())
          for (const part of holds.get(code) ?? []) expect(order.slice(index)).not.toContain(part);
      }),
    );
  });

  it('is refused where it would hold itself, by the way on which it would', () => {
    const holds = new Map([
      ['A', ['B', 'X']],
      ['B', ['C']],
      ['C', ['A']],
    ]);
    expect(cycleThrough('A', holds)).toEqual(['A', 'B', 'C', 'A']);
    expect(cycleThrough('D', new Map([['D', ['D']]]))).toEqual(['D', 'D']);
    expect(cycleThrough('E', new Map([...holds, ['E', ['X', 'A']]]))).toBeUndefined();
  });
});

function countOf(pieces: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}
