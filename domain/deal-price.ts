/** What one unit of a deal costs, from the cheapest to the dearest of its orders. */
export interface Prices {
  readonly from: bigint;
  readonly to: bigint;
}
