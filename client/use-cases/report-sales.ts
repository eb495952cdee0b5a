import type { Db } from '../../db/database';
import { type SalesBy, salesBy } from '../../db/queries/sales';

/** Sales over Seoul days, both ends included; the rows add up to the total, to the won. */
export async function reportSales(db: Db, by: SalesBy, from: string, to: string) {
  const rows = await salesBy(db, by, from, to);
  const total = rows.reduce((sum, row) => sum + row.amount, 0n);
  const pieces = rows.reduce((sum, row) => sum + row.quantity, 0);
  return { by, from, to, rows, pieces, total };
}
