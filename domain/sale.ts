/** Sales are whole won, and the parts of an amount always add up to it. */

export const SALE_KINDS = ['sale', 'shipping_fee', 'discount', 'reversal'] as const;
export type SaleKind = (typeof SALE_KINDS)[number];

/**
 * The sums that the ledger is added up in: by whom it was sold through, by what was sold, and by both. Each
 * report reads the smallest that can tell it.
 */
export const SALES_VIEWS = ['channel', 'goods', 'both'] as const;
export type SalesView = (typeof SALES_VIEWS)[number];

/** What sales may be broken down by. */
export const SALES_BY = ['day', 'channel', 'source', 'configuration', 'item'] as const;
export type SalesBy = (typeof SALES_BY)[number];

/** What is told of sales: what remains, what has shipped and come back in won, and in pieces. */
export const SALES_FIGURES = ['amount', 'gross', 'returns', 'quantity', 'returned'] as const;
export type SalesFigure = (typeof SALES_FIGURES)[number];

/**
 * Splits an amount by weights, largest remainder first; the shares add up to the amount.
 *
 * @throws RangeError without weights, or with a negative amount or weight.
 */
export function splitAmount(amount: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) throw new RangeError('Nothing to split the amount over');
  if (amount < 0n || weights.some((w) => w < 0n))
    throw new RangeError('Amounts and weights are not negative');
  const total = weights.reduce((sum, w) => sum + w, 0n);
  const even = total === 0n ? weights.map(() => 1n) : weights;
  const whole = total === 0n ? BigInt(weights.length) : total;
  const shares = even.map((w) => (amount * w) / whole);
  const remainders = even.map((w, index) => ({ index, left: (amount * w) % whole }));
  remainders.sort((a, b) => (a.left === b.left ? a.index - b.index : a.left > b.left ? -1 : 1));
  const missing = Number(amount - shares.reduce((sum, s) => sum + s, 0n));
  for (const { index } of remainders.slice(0, missing)) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

/**
 * What the units `from + 1 … from + count` of `units` are worth, when all are worth `amount`. Booked
 * parcel by parcel, the entries add up to the amount at the last one.
 */
export function amountOfUnits(amount: bigint, units: number, from: number, count: number): bigint {
  const upTo = (n: number) => (amount * BigInt(n)) / BigInt(units);
  return upTo(from + count) - upTo(from);
}

export interface LineItem {
  readonly lineKey: string;
  readonly itemCode: string;
  /** Pieces of the item in the line that have not been attributed to a parcel yet. */
  readonly quantity: number;
}

/**
 * Which lines the pieces in a parcel belong to: a WMS tells items, not lines. Lines are filled in
 * their order; what no line has asked for is returned as surplus.
 */
export function attributeToLines(
  pieces: readonly { readonly itemCode: string; readonly quantity: number }[],
  open: readonly LineItem[],
): { lines: LineItem[]; surplus: { itemCode: string; quantity: number }[] } {
  const lines: LineItem[] = [];
  const surplus: { itemCode: string; quantity: number }[] = [];
  const left = open.map((line) => ({ ...line }));
  // Some WMSes list an item once for each of their own order lines.
  const held = new Map<string, number>();
  for (const { itemCode, quantity } of pieces) held.set(itemCode, (held.get(itemCode) ?? 0) + quantity);
  for (const [itemCode, quantity] of held) {
    let rest = quantity;
    for (const line of left) {
      const taken = line.itemCode === itemCode ? Math.min(rest, line.quantity) : 0;
      if (taken === 0) continue;
      line.quantity -= taken;
      rest -= taken;
      lines.push({ lineKey: line.lineKey, itemCode, quantity: taken });
    }
    if (rest > 0) surplus.push({ itemCode, quantity: rest });
  }
  return { lines, surplus };
}
