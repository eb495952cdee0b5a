/** So many units of a line. */
interface Units {
  readonly lineKey: string;
  readonly quantity: number;
}

/**
 * Puts what an order is given into its parts as it was in them before, as far as it goes; what was in none goes with
 * the first in which something bought is.
 */
export function intoParts(
  gifts: readonly Units[],
  parts: readonly { readonly bought: readonly Units[]; readonly gifts: readonly Units[] }[],
): Units[][] {
  const left = new Map(gifts.map(({ lineKey, quantity }) => [lineKey, quantity]));
  const taken = parts.map((part) =>
    part.gifts.flatMap(({ lineKey, quantity: before }) => {
      const quantity = Math.min(before, left.get(lineKey) ?? 0);
      left.set(lineKey, (left.get(lineKey) ?? 0) - quantity);
      return quantity === 0 ? [] : [{ lineKey, quantity }];
    }),
  );
  const first = parts.findIndex(({ bought }) => bought.length > 0);
  return taken.map((some, index) => {
    if (index !== first) return some;
    const had = new Map(some.map(({ lineKey, quantity }) => [lineKey, quantity]));
    return gifts.flatMap(({ lineKey }) => {
      const quantity = (had.get(lineKey) ?? 0) + (left.get(lineKey) ?? 0);
      return quantity === 0 ? [] : [{ lineKey, quantity }];
    });
  });
}
