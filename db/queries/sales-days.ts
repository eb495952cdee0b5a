import { and, asc, eq, gte, lte, type SQL, sql } from 'drizzle-orm';
import { groupBy } from '../../domain/group-by';
import type { Period } from '../../domain/period';
import { SALES_VIEWS, type SalesBy, type SalesView } from '../../domain/sale';
import type { Db } from '../database';
import { configuration, item, salesDay } from '../schema';
import type { SaleEntry } from './sales';

type DayRow = typeof salesDay.$inferSelect;

/** Adds entries, new in the ledger by the same transaction, to what it adds up to by day. */
export async function countSales(tx: Db, entries: readonly SaleEntry[]): Promise<void> {
  const rows = entries.flatMap((entry) => [ofChannel(entry), ofGoods(entry), ofBoth(entry)]);
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

function ofGoods(entry: SaleEntry): DayRow {
  return { ...ofBoth(entry), view: 'goods', channel: '', source: '' };
}

function ofBoth({ channel, source, configuration: soldAs, itemCode, ...entry }: SaleEntry): DayRow {
  return {
    view: 'both',
    channel,
    source,
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

/** By which column each breakdown is told, and which of the sums have it. */
const BY: Readonly<
  Record<SalesBy, { key: typeof salesDay.day; name: SQL<string | null>; views: readonly SalesView[] }>
> = {
  day: { key: salesDay.day, name: NAMELESS, views: SALES_VIEWS },
  channel: { key: salesDay.channel, name: NAMELESS, views: ['channel', 'both'] },
  source: { key: salesDay.source, name: NAMELESS, views: ['channel', 'both'] },
  configuration: {
    key: salesDay.configuration,
    name: nameIn(configuration, 'configuration'),
    views: ['goods', 'both'],
  },
  item: { key: salesDay.itemCode, name: nameIn(item, 'item_code'), views: ['goods', 'both'] },
};

/** What stands for the goods in a row of shipping fees, paid or paid back. */
export const OF_NO_GOODS = 'shipping_fee';

const namedKey = (key: string) => (key === '' ? OF_NO_GOODS : key);

const FIGURES = {
  /** Pieces that have shipped, and those of them that have come back. */
  quantity: sql<number>`sum(${salesDay.sold})`.mapWith(Number),
  returned: sql<number>`sum(${salesDay.returned})`.mapWith(Number),
  gross: sql<bigint>`sum(${salesDay.gross})`.mapWith(BigInt),
  returns: sql<bigint>`sum(${salesDay.returns})`.mapWith(BigInt),
  /** What remains. */
  amount: sql<bigint>`sum(${salesDay.gross} + ${salesDay.returns})`.mapWith(BigInt),
};

/** The sums of a period that tell of these breakdowns, in the smallest of the views that do. */
function sumsFor(by: readonly SalesBy[], { from, to }: Period): SQL | undefined {
  const view = SALES_VIEWS.find((one) => by.every((each) => BY[each].views.includes(one))) ?? 'both';
  return and(eq(salesDay.view, view), gte(salesDay.day, from), lte(salesDay.day, to));
}

/** Sales of a period in its Seoul days; the rows add up to the total. It reads the sums, not the ledger. */
export async function salesBy(db: Db, by: SalesBy, period: Period) {
  const { key, name } = BY[by];
  const rows = await db
    .select({ key, name, ...FIGURES })
    .from(salesDay)
    .where(sumsFor([by], period))
    .groupBy(key)
    .orderBy(asc(key));
  return rows.map((row) => ({ ...row, key: namedKey(row.key) }));
}

/** The same, broken down twice: a row for each pair that there are sales of. */
export async function salesByPair(db: Db, by: SalesBy, across: SalesBy, period: Period) {
  const [down, along] = [BY[by], BY[across]];
  const rows = await db
    .select({ key: down.key, name: down.name, acrossKey: along.key, acrossName: along.name, ...FIGURES })
    .from(salesDay)
    .where(sumsFor([by, across], period))
    .groupBy(down.key, along.key)
    .orderBy(asc(down.key), asc(along.key));
  return rows.map((row) => ({ ...row, key: namedKey(row.key), acrossKey: namedKey(row.acrossKey) }));
}

/** What remains of each day's sales through each channel. */
export async function netByChannelAndDay(db: Db, period: Period) {
  return db
    .select({
      channel: salesDay.channel,
      day: salesDay.day,
      net: FIGURES.amount,
    })
    .from(salesDay)
    .where(sumsFor(['channel', 'day'], period))
    .groupBy(salesDay.day, salesDay.channel)
    .orderBy(asc(salesDay.day), asc(salesDay.channel));
}
