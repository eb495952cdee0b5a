import type { OneOrder, OrderLine } from './one-order';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** When things happened to an order. */
export interface Moments {
  readonly collected: Date;
  readonly dispatched: Date;
  readonly accepted: Date;
  readonly shipped: Date;
  readonly told: Date;
}

/** A parcel leaves the next day; what has left of orders in flight, has left just now. */
export function momentsOf({ orderedAt, progress, index }: OneOrder): Moments {
  const collected = later(orderedAt, 5 * MINUTE);
  const took = progress === 'booked' || progress === 'untold' ? HOUR : (20 + (index % 12)) * HOUR;
  const shipped = new Date(Math.min(later(orderedAt, took).getTime(), Date.now()));
  return {
    collected,
    dispatched: later(collected, MINUTE),
    accepted: later(collected, 2 * MINUTE),
    shipped,
    told: later(shipped, 3 * MINUTE),
  };
}

export const amountOf = ({ price, quantity }: OrderLine) => price * BigInt(quantity);
/** Every tenth won off what is bought twice. */
export const discountOf = (line: OrderLine) => (line.quantity > 1 ? amountOf(line) / 10n : 0n);

export interface Piece {
  readonly line: OrderLine;
  readonly itemCode: string;
  readonly perUnit: number;
  readonly pieces: number;
}

export function piecesOf({ lines }: OneOrder): Piece[] {
  return lines.flatMap((line) =>
    (line.configuration?.items ?? []).map(({ itemCode, quantity: perUnit }) => ({
      line,
      itemCode,
      perUnit,
      pieces: line.quantity * perUnit,
    })),
  );
}

/** Pieces of each item in all lines together, in item order. */
export function demandOf(order: OneOrder): [string, number][] {
  const sums = new Map<string, number>();
  for (const { itemCode, pieces } of piecesOf(order)) sums.set(itemCode, (sums.get(itemCode) ?? 0) + pieces);
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
