import fc from 'fast-check';
import { planReturn, type SoldPieces } from '../../domain/return';

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

const KEY = { lineKey: 'coupang/1/1', itemCode: 'KIM' };

/** Parcels of one line and item; an amount may be below zero where the discount was larger. */
const parcels = fc.array(
  fc.record({
    pieces: fc.integer({ min: 1, max: 30 }),
    amount: fc.bigInt({ min: -(10n ** 6n), max: 10n ** 9n }),
  }),
  { minLength: 1, maxLength: 4 },
);

const soldOf = (given: readonly { pieces: number; amount: bigint }[]): SoldPieces[] =>
  given.map((parcel, n) => ({ ...KEY, ...parcel, shipmentId: n + 1, returned: 0 }));

/** Books a return's pieces as come back. */
function after(sold: readonly SoldPieces[], taken: readonly { shipmentId: number; pieces: number }[]) {
  return sold.map((parcel) => ({
    ...parcel,
    returned: taken
      .filter(({ shipmentId }) => shipmentId === parcel.shipmentId)
      .reduce((total, { pieces }) => total + pieces, parcel.returned),
  }));
}

describe('a return', () => {
  it('takes what was booked out of the sales to the won, in whatever parts and order it comes back', () => {
    fc.assert(
      fc.property(parcels, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), (given, sizes) => {
        let sold = soldOf(given);
        const all = given.reduce((total, { pieces }) => total + pieces, 0);
        const reversed: bigint[] = [];
        for (let left = all; left > 0; ) {
          const pieces = Math.min(left, sizes.next().value ?? 1);
          const { reversals, tooMany } = planReturn([{ ...KEY, pieces }], sold);
          expect(tooMany).toEqual([]);
          reversed.push(...reversals.map(({ amount }) => amount));
          sold = after(sold, reversals);
          left -= pieces;
        }
        expect(sum(reversed)).toBe(-sum(given.map(({ amount }) => amount)));
        expect(planReturn([{ ...KEY, pieces: 1 }], sold).tooMany).toEqual([{ ...KEY, pieces: 1, left: 0 }]);
      }),
    );
  });

  it('is worth what its pieces are worth, within a won for each parcel', () => {
    fc.assert(
      fc.property(parcels, fc.integer({ min: 1, max: 30 }), ([parcel], asked) => {
        if (parcel === undefined) return;
        const pieces = Math.min(asked, parcel.pieces);
        const [reversal] = planReturn([{ ...KEY, pieces }], soldOf([parcel])).reversals;
        const off = (reversal?.amount ?? 0n) * BigInt(parcel.pieces) + parcel.amount * BigInt(pieces);
        expect(off > -BigInt(parcel.pieces) && off < BigInt(parcel.pieces)).toBe(true);
      }),
    );
  });

  it('of more than has shipped and not come back is too much, and says how many could', () => {
    const sold = soldOf([
      { pieces: 2, amount: 200n },
      { pieces: 1, amount: 100n },
    ]);
    expect(planReturn([{ ...KEY, pieces: 4 }], sold).tooMany).toEqual([{ ...KEY, pieces: 4, left: 3 }]);
    const other = { lineKey: KEY.lineKey, itemCode: 'TEA', pieces: 1 };
    expect(planReturn([other], sold)).toEqual({ reversals: [], tooMany: [{ ...other, left: 0 }] });
  });

  it('comes out of the oldest parcel first', () => {
    const sold = soldOf([
      { pieces: 2, amount: 200n },
      { pieces: 2, amount: 300n },
    ]);
    const { reversals } = planReturn([{ ...KEY, pieces: 3 }], sold.toReversed());
    expect(reversals.map(({ shipmentId, pieces, amount }) => [shipmentId, pieces, amount])).toEqual([
      [1, 2, -200n],
      [2, 1, -150n],
    ]);
  });
});
