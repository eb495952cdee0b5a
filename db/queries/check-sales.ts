import { type SQL, sql } from 'drizzle-orm';
import type { SalesView } from '../../domain/sale';
import type { Db } from '../database';
import { sale, salesDay } from '../schema';

/** How much more the ledger has than the sums by day; the names are those of the sums. */
export interface SalesDifference {
  readonly view: SalesView;
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

/** What the ledger adds up to: the rows that there should be in the sums. */
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

/** Where the sums by day are not those of the ledger: one statement, so that both are of one moment. */
export async function differencesOfSales(db: Db): Promise<SalesDifference[]> {
  const [rows] = await db.execute(sql`
    select ${KEY}, sum(sold) as sold, sum(returned) as returned, sum(gross) as gross, sum(returns) as returns
    from (${sumsOfLedger()} union all
      select ${salesDay.view}, ${salesDay.day}, ${salesDay.channel}, ${salesDay.source}, ${salesDay.configuration},
        ${salesDay.itemCode}, -${salesDay.sold}, -${salesDay.returned}, -${salesDay.gross}, -${salesDay.returns}
      from ${salesDay}) as compared
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

/** Makes the sums by day anew from the ledger. No sale can be booked meanwhile. */
export async function countSalesAnew(tx: Db): Promise<void> {
  // Waits for those that have booked and not counted yet, and keeps others out, before it touches what they count in.
  await tx.execute(sql`select count(*) from ${sale} for share`);
  await tx.delete(salesDay);
  await tx.execute(sql`insert into ${salesDay}
    (view, day, channel, source, configuration, item_code, sold_pieces, returned_pieces, gross, returns)
    ${sumsOfLedger()}`);
}
