/** A line that waits to be sent, and what a unit of it is made of. */
export interface SplittableLine {
  readonly lineKey: string;
  readonly units: number;
  readonly items: readonly { readonly itemCode: string; readonly perUnit: number }[];
}

/**
 * How many units of each line can go with what is there, line after line: an item that several lines
 * need goes to the first ones.
 *
 * @param free pieces of each item; what is not named is not there.
 */
export function unitsThatFit(
  lines: readonly SplittableLine[],
  free: ReadonlyMap<string, number>,
): Map<string, number> {
  const left = new Map(free);
  const fitting = new Map<string, number>();
  for (const { lineKey, units, items } of lines) {
    const most = items.map(({ itemCode, perUnit }) => Math.floor((left.get(itemCode) ?? 0) / perUnit));
    const fit = Math.max(0, Math.min(units, ...most));
    fitting.set(lineKey, fit);
    for (const { itemCode, perUnit } of items) left.set(itemCode, (left.get(itemCode) ?? 0) - fit * perUnit);
  }
  return fitting;
}
