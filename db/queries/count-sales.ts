import { sql } from 'drizzle-orm';
import { groupBy } from '../../domain/group-by';
import { monthOf } from '../../domain/period';
import type { Db } from '../database';
import { salesDay, salesMonth } from '../schema';
import type { SaleEntry } from './sales';

/** A row of the sums; `since`: the day or the month that it is of. */
type Sum = Omit<typeof salesDay.$inferSelect, 'day'> & { readonly since: string };

/** What is there already, and as much more as a row brings. */
const MORE = {
  sold: sql`sold_pieces + values(sold_pieces)`,
  returned: sql`returned_pieces + values(returned_pieces)`,
  gross: sql`gross + values(gross)`,
  returns: sql`returns + values(returns)`,
};

/** Adds entries, new in the ledger by the same transaction, to what it adds up to by day and by month. */
export async function countSales(tx: Db, entries: readonly SaleEntry[]): Promise<void> {
  // The days before the months, each in one order: two transactions that meet wait, and never in a circle.
  const days = sumsOf(entries, ({ day }) => day);
  await tx
    .insert(salesDay)
    .values(days.map(({ since: day, ...sum }) => ({ day, ...sum })))
    .onDuplicateKeyUpdate({ set: MORE });
  const months = sumsOf(entries, ({ day }) => monthOf(day));
  await tx
    .insert(salesMonth)
    .values(months.map(({ since: month, ...sum }) => ({ month, ...sum })))
    .onDuplicateKeyUpdate({ set: MORE });
}

function sumsOf(entries: readonly SaleEntry[], sinceOf: (entry: SaleEntry) => string): Sum[] {
  const rows = entries.flatMap((entry) => viewsOf(entry, sinceOf(entry)));
  return [...groupBy(rows, keyOf).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => same.reduce(plus));
}

function viewsOf(entry: SaleEntry, since: string): Sum[] {
  const { channel, source, configuration, kind, quantity, amount } = entry;
  const isReturn = kind === 'reversal';
  const figures = {
    since,
    sold: kind === 'sale' ? quantity : 0,
    returned: isReturn ? quantity : 0,
    gross: isReturn ? 0n : amount,
    returns: isReturn ? amount : 0n,
  };
  const goods = { configuration, itemCode: entry.itemCode ?? '' };
  return [
    { view: 'channel', channel, source, configuration: '', itemCode: '', ...figures },
    { view: 'goods', channel: '', source: '', ...goods, ...figures },
    { view: 'both', channel, source, ...goods, ...figures },
  ];
}

function keyOf({ view, since, channel, source, configuration, itemCode }: Sum): string {
  return JSON.stringify([view, since, channel, source, configuration, itemCode]);
}

function plus(all: Sum, row: Sum): Sum {
  return {
    ...all,
    sold: all.sold + row.sold,
    returned: all.returned + row.returned,
    gross: all.gross + row.gross,
    returns: all.returns + row.returns,
  };
}
