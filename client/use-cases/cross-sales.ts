import type { Db } from '../../db/database';
import { salesByPair } from '../../db/queries/sales-by';
import { groupBy } from '../../domain/group-by';
import { daysOf, type Period } from '../../domain/period';
import type { SalesBy } from '../../domain/sale';
import { figures, type Keyed, mostFirst, requirePeriod, type SalesFigures, sumOf } from './report-sales';
import { UseCaseError } from './use-case-error';

/** More side by side nobody reads. */
const MOST_COLUMNS = 100;

export interface CrossedKey {
  readonly key: string;
  readonly name: string | null;
  readonly total: SalesFigures;
}

export interface CrossedSales extends Period {
  readonly by: SalesBy;
  readonly across: SalesBy;
  readonly columns: CrossedKey[];
  /** One cell for each column; null: nothing. */
  readonly rows: (CrossedKey & { readonly cells: (SalesFigures | null)[] })[];
  readonly total: SalesFigures;
}

/**
 * Sales of a period of Seoul days, broken down twice: a row for each of `by`, a column for each of `across`. The cells
 * add up to the totals of their rows and columns, and these to the whole, to the won.
 *
 * @throws UseCaseError for a period that is none, one breakdown given twice, or one with too many columns.
 */
export async function crossSales(
  db: Db,
  by: SalesBy,
  across: SalesBy,
  period: Period,
): Promise<CrossedSales> {
  requirePeriod(period);
  if (by === across) throw new UseCaseError(`A table by ${by} needs something else across.`);
  const pairs = await salesByPair(db, by, across, period);
  const along = pairs.map(({ acrossKey, acrossName, ...sums }) => ({
    ...sums,
    key: acrossKey,
    name: acrossName,
  }));
  const columns = keysOf(across, along, period);
  if (columns.length > MOST_COLUMNS)
    throw new UseCaseError(
      `By ${across} these are ${columns.length} columns, and at most ${MOST_COLUMNS} can be shown: shorten the period, or put it down the side.`,
    );
  const cellsOf = groupBy(pairs, ({ key }) => key);
  const rows = keysOf(by, pairs, period).map((row) => {
    const cells = new Map((cellsOf.get(row.key) ?? []).map((cell) => [cell.acrossKey, figures(cell)]));
    return { ...row, cells: columns.map(({ key }) => cells.get(key) ?? null) };
  });
  return { by, across, ...period, columns, rows, total: sumOf(pairs) };
}

/** Days come in their order, and all of them; others by what remains. */
function keysOf(by: SalesBy, pairs: readonly Keyed[], period: Period): CrossedKey[] {
  const of = groupBy(pairs, ({ key }) => key);
  const summed = (key: string) => {
    const some = of.get(key) ?? [];
    return { key, name: some[0]?.name ?? null, ...sumOf(some) };
  };
  const keys = by === 'day' ? daysOf(period).map(summed) : [...of.keys()].map(summed).toSorted(mostFirst);
  return keys.map(({ key, name, ...total }) => ({ key, name, total }));
}
