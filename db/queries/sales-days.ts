import { and, asc, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import { groupBy } from '../../domain/group-by';
import type { Period } from '../../domain/period';
import type { SalesBy } from '../../domain/sale';
import type { Db } from '../database';
import { configuration, item, salesDay } from '../schema';
import type { SaleEntry } from './sales';

type DayRow = typeof salesDay.$inferSelect;

/** Adds entries, new in the ledger by the same transaction, to what it adds up to by day. */
export async function countSales(tx: Db, entries: readonly SaleEntry[]): Promise<void> {
  const rows = entries.flatMap((entry) => [ofChannel(entry), ofGoods(entry)]);
  const sums = [...groupBy(rows, keyOf).entries()]
    // One order for all: two transactions that meet wait for one another, and never in a circle.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => sumOf(same));
  const more = (column: SQL) => sql`${column} + values(${column})`;
  await tx
    .insert(salesDay)
    .values(sums)
    .onDuplicateKeyUpdate({
      set: {
        sold: more(sql`${salesDay.sold}`),
        returned: more(sql`${salesDay.returned}`),
        gross: more(sql`${salesDay.gross}`),
        returns: more(sql`${salesDay.returns}`),
      },
    });
}

function ofChannel({ channel, source, ...entry }: SaleEntry): DayRow {
  return { view: 'channel', channel, source, configuration: '', itemCode: '', ...figuresOf(entry) };
}

function ofGoods({ itemCode, ...entry }: SaleEntry): DayRow {
  const { configuration: soldAs } = entry;
  return {
    view: 'goods',
    channel: '',
    source: '',
    configuration: soldAs,
    itemCode: itemCode ?? '',
    ...figuresOf(entry),
  };
}

function figuresOf({ day, kind, quantity, amount }: Pick<SaleEntry, 'day' | 'kind' | 'quantity' | 'amount'>) {
  const isReturn = kind === 'reversal';
  return {
    day,
    sold: kind === 'sale' ? quantity : 0,
    returned: isReturn ? quantity : 0,
    gross: isReturn ? 0n : amount,
    returns: isReturn ? amount : 0n,
  };
}

function keyOf({ view, day, channel, source, configuration: soldAs, itemCode }: DayRow): string {
  return JSON.stringify([view, day, channel, source, soldAs, itemCode]);
}

function sumOf(rows: readonly DayRow[]): DayRow[] {
  const [first] = rows;
  if (first === undefined) return [];
  const sum = rows.slice(1).reduce(
    (all, row) => ({
      ...all,
      sold: all.sold + row.sold,
      returned: all.returned + row.returned,
      gross: all.gross + row.gross,
      returns: all.returns + row.returns,
    }),
    first,
  );
  return [sum];
}

const NAMELESS = sql<null>`null`;
const nameIn = (table: typeof configuration | typeof item, key: string) =>
  sql<string | null>`(select name from ${table} where code = ${sql.raw(`sales_day.${key}`)})`;

/** Which part of the sums tells of a breakdown, and by which column. */
const BY = {
  day: { view: 'channel', key: salesDay.day, name: NAMELESS },
  channel: { view: 'channel', key: salesDay.channel, name: NAMELESS },
  source: { view: 'channel', key: salesDay.source, name: NAMELESS },
  configuration: {
    view: 'goods',
    key: salesDay.configuration,
    name: nameIn(configuration, 'configuration'),
  },
  item: { view: 'goods', key: salesDay.itemCode, name: nameIn(item, 'item_code') },
} as const;

/** What stands for the goods in a row of shipping fees, paid or paid back. */
export const OF_NO_GOODS = 'shipping_fee';

/** Sales of a period in its Seoul days; the rows add up to the total. It reads the sums, not the ledger. */
export async function salesBy(db: Db, by: SalesBy, { from, to }: Period) {
  const { view, key, name } = BY[by];
  const rows = await db
    .select({
      key,
      name,
      /** Pieces that have shipped, and those of them that have come back. */
      quantity: sql<number>`sum(${salesDay.sold})`.mapWith(Number),
      returned: sql<number>`sum(${salesDay.returned})`.mapWith(Number),
      gross: sql<bigint>`sum(${salesDay.gross})`.mapWith(BigInt),
      returns: sql<bigint>`sum(${salesDay.returns})`.mapWith(BigInt),
      /** What remains. */
      amount: sql<bigint>`sum(${salesDay.gross} + ${salesDay.returns})`.mapWith(BigInt),
    })
    .from(salesDay)
    .where(and(eq(salesDay.view, view), gte(salesDay.day, from), lte(salesDay.day, to)))
    .groupBy(key)
    .orderBy(asc(key));
  return rows.map((row) => ({ ...row, key: row.key === '' ? OF_NO_GOODS : row.key }));
}

/** What remains of each day's sales through each channel. */
export async function netByChannelAndDay(db: Db, { from, to }: Period) {
  return db
    .select({
      channel: salesDay.channel,
      day: salesDay.day,
      net: sql<bigint>`sum(${salesDay.gross} + ${salesDay.returns})`.mapWith(BigInt),
    })
    .from(salesDay)
    .where(and(eq(salesDay.view, 'channel'), gte(salesDay.day, from), lte(salesDay.day, to)))
    .groupBy(salesDay.day, salesDay.channel)
    .orderBy(asc(salesDay.day), asc(salesDay.channel));
}
