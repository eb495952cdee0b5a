import type { Db } from '../../db/database';
import { salesBy } from '../../db/queries/sales-by';
import { type Comparison, daysOf, earlierPeriod, lengthOf, type Period } from '../../domain/period';
import type { SalesBy } from '../../domain/sale';
import { UseCaseError } from './use-case-error';

/** More than three years at once tell nobody anything. */
const MOST_DAYS = 1_100;

/** Pieces, and KRW: gross less what came back (returns, negative) is the amount that remains. */
export interface SalesFigures {
  readonly quantity: number;
  readonly returned: number;
  readonly gross: bigint;
  readonly returns: bigint;
  readonly amount: bigint;
}

export interface SalesRow extends SalesFigures {
  readonly key: string;
  readonly name: string | null;
  /** The same in the earlier period: of days the nth of it; null where nothing is compared. */
  readonly earlier: SalesFigures | null;
}

export interface SalesReport extends Period {
  readonly by: SalesBy;
  readonly rows: SalesRow[];
  readonly total: SalesFigures;
  readonly earlier: (Period & { readonly total: SalesFigures }) | null;
}

export const NOTHING: SalesFigures = { quantity: 0, returned: 0, gross: 0n, returns: 0n, amount: 0n };

/**
 * Sales of a period of Seoul days, beside those of an earlier one. The rows add up to the total, and so do those of
 * the earlier period, to the won. Days come in their order, and all of them; others by what remains.
 *
 * @throws UseCaseError for a period that ends before it begins, or is too long.
 */
export async function reportSales(
  db: Db,
  by: SalesBy,
  period: Period,
  comparison: Comparison = 'none',
): Promise<SalesReport> {
  requirePeriod(period);
  const earlier = earlierPeriod(period, comparison);
  const [now, before] = await Promise.all([
    salesBy(db, by, period),
    earlier === undefined ? [] : salesBy(db, by, earlier),
  ]);
  const compared = earlier && { ...earlier, total: sumOf(before) };
  const rows = by === 'day' ? byDay(period, now, earlier, before) : byKey(now, earlier && before);
  return { by, ...period, rows, total: sumOf(now), earlier: compared ?? null };
}

/** @throws UseCaseError. */
export function requirePeriod(period: Period): void {
  const { from, to } = period;
  if (from > to) throw new UseCaseError(`The first day (${from}) must not come after the last (${to}).`);
  if (lengthOf(period) > MOST_DAYS)
    throw new UseCaseError(`A report covers ${MOST_DAYS.toLocaleString('en-US')} days at most.`);
}

export type Keyed = SalesFigures & { readonly key: string; readonly name: string | null };

function byDay(
  period: Period,
  now: readonly Keyed[],
  earlier: Period | undefined,
  before: readonly Keyed[],
): SalesRow[] {
  const [today, then] = [byKeyOf(now), byKeyOf(before)];
  const earlierDays = earlier && daysOf(earlier);
  return daysOf(period).map((key, n) => ({
    key,
    name: null,
    ...figures(today.get(key)),
    earlier: earlierDays ? figures(then.get(earlierDays[n] ?? '')) : null,
  }));
}

function byKey(now: readonly Keyed[], before: readonly Keyed[] | undefined): SalesRow[] {
  const then = byKeyOf(before ?? []);
  const today = byKeyOf(now);
  const gone = (before ?? []).filter(({ key }) => !today.has(key)).map((row) => ({ ...row, ...NOTHING }));
  return [...now, ...gone]
    .map((row) => ({ ...row, earlier: before === undefined ? null : figures(then.get(row.key)) }))
    .toSorted(mostFirst);
}

/** What remains most comes first. */
export function mostFirst(a: Keyed, b: Keyed): number {
  if (a.amount === b.amount) return a.key < b.key ? -1 : 1;
  return a.amount > b.amount ? -1 : 1;
}

function byKeyOf(rows: readonly Keyed[]): Map<string, Keyed> {
  return new Map(rows.map((row) => [row.key, row]));
}

export function figures(row: SalesFigures = NOTHING): SalesFigures {
  const { quantity, returned, gross, returns, amount } = row;
  return { quantity, returned, gross, returns, amount };
}

export function sumOf(rows: readonly SalesFigures[]): SalesFigures {
  return rows.reduce(
    (sum, row) => ({
      quantity: sum.quantity + row.quantity,
      returned: sum.returned + row.returned,
      gross: sum.gross + row.gross,
      returns: sum.returns + row.returns,
      amount: sum.amount + row.amount,
    }),
    NOTHING,
  );
}
