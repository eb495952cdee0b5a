import { amountOfUnits, splitAmount } from './sale';

/** A line of an order as it is sold: its amount and how many pieces of which items it stands for. */
export interface SoldLine {
  readonly lineKey: string;
  readonly units: number;
  /** Units that were not cancelled. */
  readonly soldUnits: number;
  /** KRW, for all units. */
  readonly amount: bigint;
  readonly discount: bigint;
  readonly items: readonly SoldItem[];
}

export interface SoldItem {
  readonly itemCode: string;
  readonly piecesPerUnit: number;
  readonly referencePrice: bigint;
  /** Parcel by parcel, in the order they were recorded. */
  readonly parcels: readonly { readonly shipmentId: number; readonly pieces: number }[];
}

export interface PieceSale {
  readonly kind: 'sale' | 'discount';
  readonly shipmentId: number;
  readonly lineKey: string;
  readonly itemCode: string;
  readonly pieces: number;
  readonly amount: bigint;
}

/**
 * What each parcel's pieces of a line are worth. The line's amount is split over its items by reference
 * price and over the parcels by pieces; with the last parcel the entries add up to the amount.
 */
export function saleEntries(line: SoldLine): PieceSale[] {
  if (line.soldUnits === 0) return [];
  const weights = line.items.map((item) => item.referencePrice * BigInt(item.piecesPerUnit));
  const amounts = splitAmount(amountOfUnits(line.amount, line.units, 0, line.soldUnits), weights);
  const discounts = splitAmount(amountOfUnits(line.discount, line.units, 0, line.soldUnits), weights);
  return line.items.flatMap((item, index) => [
    ...entriesOf(line, item, 'sale', amounts[index] ?? 0n),
    ...entriesOf(line, item, 'discount', -(discounts[index] ?? 0n)),
  ]);
}

function entriesOf(line: SoldLine, item: SoldItem, kind: PieceSale['kind'], amount: bigint): PieceSale[] {
  if (kind === 'discount' && amount === 0n) return [];
  const all = line.soldUnits * item.piecesPerUnit;
  let before = 0;
  return item.parcels.map(({ shipmentId, pieces }) => {
    const worth = amountOfUnits(amount, all, before, pieces);
    before += pieces;
    return { kind, shipmentId, lineKey: line.lineKey, itemCode: item.itemCode, pieces, amount: worth };
  });
}
