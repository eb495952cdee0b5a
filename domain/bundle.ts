/** Configurations in configurations, as pure functions: what a set of sets comes to in items. */

export interface Piece {
  readonly itemCode: string;
  readonly quantity: number;
}

/** A configuration that another one holds so many of. */
export interface Bundle {
  readonly configuration: string;
  readonly quantity: number;
}

export interface ExplodedPiece extends Piece {
  /** How many of them come from configurations in it; the rest are put in directly. */
  readonly inBundles: number;
}

/**
 * What one unit comes to, item by item in the order of their codes: what is put in directly, and what is in each
 * configuration in it, as often as it is in.
 *
 * @param piecesOf what one unit of such a configuration comes to.
 */
export function explode(
  items: readonly Piece[],
  bundles: readonly Bundle[],
  piecesOf: (configuration: string) => readonly Piece[],
): ExplodedPiece[] {
  const direct = summed(items);
  const inBundles = summed(
    bundles.flatMap((bundle) =>
      piecesOf(bundle.configuration).map(({ itemCode, quantity }) => ({
        itemCode,
        quantity: quantity * bundle.quantity,
      })),
    ),
  );
  return [...new Set([...direct.keys(), ...inBundles.keys()])].toSorted().map((itemCode) => ({
    itemCode,
    quantity: (direct.get(itemCode) ?? 0) + (inBundles.get(itemCode) ?? 0),
    inBundles: inBundles.get(itemCode) ?? 0,
  }));
}

function summed(pieces: readonly Piece[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { itemCode, quantity } of pieces) sums.set(itemCode, (sums.get(itemCode) ?? 0) + quantity);
  return sums;
}

/** Which configurations each one holds. */
export type Holding = ReadonlyMap<string, readonly string[]>;

/** How a configuration would come to hold itself, from itself to itself; undefined: it would not. */
export function cycleThrough(code: string, holds: Holding): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (path: readonly string[]): readonly string[] | undefined => {
    for (const part of holds.get(path.at(-1) ?? '') ?? []) {
      if (part === code) return [...path, part];
      if (seen.has(part)) continue;
      seen.add(part);
      const found = search([...path, part]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search([code]);
}

/** The configurations that hold one, however deep, each after all those that it holds itself. */
export function holdersOf(code: string, holds: Holding): string[] {
  const known = new Map([[code, true]]);
  const isHolder = (holder: string): boolean => {
    const answer = known.get(holder);
    if (answer !== undefined) return answer;
    const found = (holds.get(holder) ?? []).some(isHolder);
    known.set(holder, found);
    return found;
  };
  const ordered = new Set<string>();
  const visit = (holder: string): void => {
    if (holder === code || ordered.has(holder) || !isHolder(holder)) return;
    for (const part of holds.get(holder) ?? []) visit(part);
    ordered.add(holder);
  };
  for (const holder of holds.keys()) visit(holder);
  return [...ordered];
}
