import type { Db } from '../../db/database';
import { type SalesBy, salesBy } from '../../db/queries/sales';

/** Sales over Seoul days, both ends included: gross, less returns, is the total; the rows add up to it, to the won. */
export async function reportSales(db: Db, by: SalesBy, from: string, to: string) {
  const rows = await salesBy(db, by, from, to);
  const sum = (of: 'gross' | 'returns' | 'amount') => rows.reduce((all, row) => all + row[of], 0n);
  const count = (of: 'quantity' | 'returned') => rows.reduce((all, row) => all + row[of], 0);
  return {
    by,
    from,
    to,
    rows,
    pieces: count('quantity'),
    returned: count('returned'),
    gross: sum('gross'),
    returns: sum('returns'),
    total: sum('amount'),
  };
}
