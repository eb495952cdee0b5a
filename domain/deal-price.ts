/** What one unit of a deal costs, from the cheapest to the dearest of its orders. */
export interface Prices {
  readonly from: bigint;
  readonly to: bigint;
}

/** Of a single order. */
export function only(price: bigint | null): Prices | null {
  return price === null ? null : { from: price, to: price };
}

/** Both together, with all that is between them; null: neither tells any. */
export function widen(a: Prices | null, b: Prices | null): Prices | null {
  if (a === null || b === null) return a ?? b;
  return { from: a.from < b.from ? a.from : b.from, to: a.to > b.to ? a.to : b.to };
}

/** By so much below and above what was decided, promotions come and go: where the channel's rule says nothing else. */
export const TRIVIAL_PERCENT = 10;
