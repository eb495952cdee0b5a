import fc from 'fast-check';
import { amountOfUnits, attributeToLines, splitAmount } from '../../domain/sale';
import { type SoldLine, saleEntries } from '../../domain/sale-entries';

const won = fc.bigInt({ min: 0n, max: 10n ** 12n });
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

describe('an amount split over items', () => {
  it('adds up to the won, each share within a won of its proportion', () => {
    fc.assert(
      fc.property(won, fc.array(won, { minLength: 1, maxLength: 9 }), (amount, weights) => {
        const shares = splitAmount(amount, weights);
        expect(sum(shares)).toBe(amount);
        const total = sum(weights);
        if (total === 0n) return;
        for (const [i, share] of shares.entries()) {
          const off = share * total - amount * (weights[i] ?? 0n);
          expect(off > -total && off < total).toBe(true);
        }
      }),
    );
  });

  it('gives the odd won to the largest remainder', () => {
    expect(splitAmount(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitAmount(10n, [3n, 3n, 1n])).toEqual([4n, 4n, 2n]);
  });

  it('is even where nothing has a price', () => {
    expect(splitAmount(3n, [0n, 0n])).toEqual([2n, 1n]);
  });

  it('is refused without items, and below zero', () => {
    expect(() => splitAmount(1n, [])).toThrow(RangeError);
    expect(() => splitAmount(-1n, [1n])).toThrow(RangeError);
    expect(() => splitAmount(1n, [-1n, 2n])).toThrow(RangeError);
  });
});

/** Any way to cut so many pieces into parcels, one after the other. */
const partition = (all: number) =>
  fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: all }).map((cuts) => {
    const parcels: number[] = [];
    let left = all;
    for (const cut of [...cuts, all]) {
      const pieces = Math.min(cut, left);
      if (pieces > 0) parcels.push(pieces);
      left -= pieces;
    }
    return parcels;
  });

describe('the sale of a line', () => {
  it('adds up over any parcels, also where the amount is a discount', () => {
    const inParcels = fc
      .integer({ min: 1, max: 30 })
      .chain((units) => fc.tuple(fc.constant(units), partition(units), won));
    fc.assert(
      fc.property(inParcels, fc.boolean(), ([units, parcels, amount], negative) => {
        const signed = negative ? -amount : amount;
        let from = 0;
        const worth = parcels.map((count) => {
          const share = amountOfUnits(signed, units, from, count);
          from += count;
          return share;
        });
        expect(from).toBe(units);
        expect(sum(worth)).toBe(signed);
      }),
    );
  });

  const item = fc.record({
    itemCode: fc.uuid(),
    piecesPerUnit: fc.integer({ min: 1, max: 3 }),
    referencePrice: fc.bigInt({ min: 0n, max: 100_000n }),
  });
  const line = fc
    .record({
      units: fc.integer({ min: 1, max: 12 }),
      cancelled: fc.integer({ min: 0, max: 12 }),
      amount: won,
      discountPercent: fc.bigInt({ min: 0n, max: 100n }),
      items: fc.array(item, { minLength: 1, maxLength: 4 }),
    })
    .chain((given) => {
      const soldUnits = Math.max(0, given.units - given.cancelled);
      const parcels = given.items.map((i) => partition(soldUnits * i.piecesPerUnit));
      return fc.tuple(fc.constant({ ...given, soldUnits }), fc.tuple(...parcels));
    });

  it('books what was paid for the units that were not cancelled, when all pieces have left', () => {
    fc.assert(
      fc.property(line, ([given, parcels]) => {
        const discount = (given.amount * given.discountPercent) / 100n;
        const sold: SoldLine = {
          lineKey: 'a/1/1',
          units: given.units,
          soldUnits: given.soldUnits,
          amount: given.amount,
          discount,
          items: given.items.map((i, n) => ({
            ...i,
            parcels: (parcels[n] ?? []).map((pieces, shipmentId) => ({ shipmentId, pieces })),
          })),
        };
        const entries = saleEntries(sold);
        const of = (kind: string) => sum(entries.filter((e) => e.kind === kind).map((e) => e.amount));
        expect(of('sale')).toBe(amountOfUnits(given.amount, given.units, 0, given.soldUnits));
        expect(of('discount')).toBe(-amountOfUnits(discount, given.units, 0, given.soldUnits));
      }),
    );
  });

  it('never changes what was booked for earlier parcels', () => {
    const sold = (pieces: number[]): SoldLine => ({
      lineKey: 'a/1/1',
      units: 7,
      soldUnits: 7,
      amount: 9_999n,
      discount: 101n,
      items: [
        {
          itemCode: 'A',
          piecesPerUnit: 1,
          referencePrice: 1n,
          parcels: pieces.map((p, shipmentId) => ({ shipmentId, pieces: p })),
        },
      ],
    });
    const first = saleEntries(sold([2]));
    expect(saleEntries(sold([2, 5])).filter((e) => e.shipmentId === 0)).toEqual(first);
  });
});

describe('the pieces of a parcel', () => {
  const code = fc.constantFrom('A', 'B', 'C');
  const pieces = fc.array(fc.record({ itemCode: code, quantity: fc.integer({ min: 1, max: 5 }) }), {
    maxLength: 5,
  });
  const open = fc.array(fc.record({ itemCode: code, quantity: fc.integer({ min: 0, max: 5 }) }), {
    maxLength: 6,
  });

  it('all belong to a line or are surplus, and no line gets more than it has open', () => {
    fc.assert(
      fc.property(pieces, open, (parcel, asked) => {
        const lines = asked.map((line, n) => ({ lineKey: `l${n}`, ...line }));
        const { lines: given, surplus } = attributeToLines(parcel, lines);
        for (const itemCode of ['A', 'B', 'C']) {
          const of = (list: readonly { itemCode: string; quantity: number }[]) =>
            list.filter((p) => p.itemCode === itemCode).reduce((total, p) => total + p.quantity, 0);
          expect(of(given) + of(surplus)).toBe(of(parcel));
          // Nothing is surplus while a line still asks for it.
          expect(of(given)).toBe(Math.min(of(parcel), of(lines)));
        }
        for (const line of lines) {
          const got = given.filter((g) => g.lineKey === line.lineKey);
          expect(got.every((g) => g.itemCode === line.itemCode && g.quantity > 0)).toBe(true);
          expect(got.reduce((total, g) => total + g.quantity, 0)).toBeLessThanOrEqual(line.quantity);
        }
      }),
    );
  });

  it('name each line once, also where the WMS lists an item twice', () => {
    const twice = [
      { itemCode: 'A', quantity: 1 },
      { itemCode: 'A', quantity: 2 },
    ];
    const { lines, surplus } = attributeToLines(twice, [{ lineKey: 'l', itemCode: 'A', quantity: 3 }]);
    expect(lines).toEqual([{ lineKey: 'l', itemCode: 'A', quantity: 3 }]);
    expect(surplus).toEqual([]);
  });
});
