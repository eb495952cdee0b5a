import { type SQL, sql } from 'drizzle-orm';
import type { SalesView } from '../../domain/sale';
import type { Db } from '../database';
import { sale, salesDay, salesMonth } from '../schema';

/** How much more the ledger has than the sums by day or by month; the names are those of the sums. */
export interface SalesDifference {
  readonly view: SalesView;
  /** YYYY-MM-DD, or the month as YYYY-MM. */
  readonly day: string;
  readonly channel: string;
  readonly source: string;
  readonly configuration: string;
  readonly item: string;
  readonly sold: number;
  readonly returned: number;
  readonly gross: bigint;
  readonly returns: bigint;
}

/** What the ledger adds up to by day: the rows that there should be in the sums. */
function sumsOfLedger(): SQL {
  const of = (view: SalesView, channel: SQL, goods: SQL) => sql`
    select ${sql.raw(`'${view}'`)} as view_name, ${sale.day} as day, ${channel}, ${goods},
      sum(if(${sale.kind} = 'sale', ${sale.quantity}, 0)) as sold,
      sum(if(${sale.kind} = 'reversal', ${sale.quantity}, 0)) as returned,
      sum(if(${sale.kind} = 'reversal', 0, ${sale.amount})) as gross,
      sum(if(${sale.kind} = 'reversal', ${sale.amount}, 0)) as returns
    from ${sale} group by 1, 2, 3, 4, 5, 6`;
  const channel = sql`${sale.channel} as channel, ${sale.source} as source`;
  const goods = sql`${sale.configuration} as configuration, coalesce(${sale.itemCode}, '') as item_code`;
  return sql`
    ${of('channel', channel, sql`'' as configuration, '' as item_code`)}
    union all ${of('goods', sql`'' as channel, '' as source`, goods)}
    union all ${of('both', channel, goods)}`;
}

const KEY = sql.raw('view_name, day, channel, source, configuration, item_code');

/** The same by month, out of what there is by day. */
const byMonth = (days: SQL) => sql`
  select view_name, left(day, 7) as day, channel, source, configuration, item_code, sum(sold) as sold,
    sum(returned) as returned, sum(gross) as gross, sum(returns) as returns
  from ${days} group by 1, 2, 3, 4, 5, 6`;

const takenAway = (table: typeof salesDay | typeof salesMonth, since: SQL) => sql`
  select ${table.view}, ${since}, ${table.channel}, ${table.source}, ${table.configuration}, ${table.itemCode},
    -${table.sold}, -${table.returned}, -${table.gross}, -${table.returns} from ${table}`;

/** Where the sums are not those of the ledger: one statement, so that all are of one moment. */
export async function differencesOfSales(db: Db): Promise<SalesDifference[]> {
  const [rows] = await db.execute(sql`
    with ledger as (${sumsOfLedger()})
    select ${KEY}, sum(sold) as sold, sum(returned) as returned, sum(gross) as gross, sum(returns) as returns
    from (select * from ledger union all ${takenAway(salesDay, sql`${salesDay.day}`)}
      union all ${byMonth(sql`ledger`)} union all ${takenAway(salesMonth, sql`${salesMonth.month}`)}) as compared
    group by ${KEY}
    having sum(sold) <> 0 or sum(returned) <> 0 or sum(gross) <> 0 or sum(returns) <> 0
    order by ${KEY}`);
  return (rows as unknown as (Record<string, string> & { view_name: SalesView })[]).map((row) => ({
    view: row.view_name,
    day: row['day'] ?? '',
    channel: row['channel'] ?? '',
    source: row['source'] ?? '',
    configuration: row['configuration'] ?? '',
    item: row['item_code'] ?? '',
    sold: Number(row['sold']),
    returned: Number(row['returned']),
    gross: BigInt(row['gross'] ?? 0),
    returns: BigInt(row['returns'] ?? 0),
  }));
}

/** Makes the sums anew from the ledger. No sale can be booked meanwhile. */
export async function countSalesAnew(tx: Db): Promise<void> {
  // Waits for those that have booked and not counted yet, and keeps others out, before it touches what they count in.
  await tx.execute(sql`select count(*) from ${sale} for share`);
  await tx.delete(salesDay);
  await tx.delete(salesMonth);
  await tx.execute(sql`insert into ${salesDay} (view, day, ${SUMS}) ${sumsOfLedger()}`);
  const days = sql`(select view as view_name, day, channel, source, configuration, item_code, sold_pieces as sold,
    returned_pieces as returned, gross, returns from ${salesDay}) as days`;
  await tx.execute(sql`insert into ${salesMonth} (view, month, ${SUMS}) ${byMonth(days)}`);
}

const SUMS = sql.raw(
  'channel, source, configuration, item_code, sold_pieces, returned_pieces, gross, returns',
);
