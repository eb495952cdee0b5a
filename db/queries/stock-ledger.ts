import { and, desc, eq, getTableColumns, lte, type SQL, sql } from 'drizzle-orm';
import { groupBy } from '../../domain/group-by';
import type { StockReason } from '../../domain/stock';
import type { Db } from '../database';
import { stock, stockLedger } from '../schema';
import { beforeMark, exactTime, type TimeMark } from './in-time';

/** How far a row's figures moved; what is left out stayed. */
export interface StockChange {
  readonly itemCode: string;
  readonly onHand?: number;
  readonly allocated?: number;
  readonly shippedSince?: number;
  readonly safety?: number;
  readonly dispatchId?: string;
}

export interface StockCause {
  readonly reason: StockReason;
  /** A person, where one decided. */
  readonly by?: string;
}

/** Changes as a table, in their order: joined to it, rows are found by their primary key, and no others are locked. */
export function moved(changes: readonly StockChange[]): SQL {
  return sql`json_table(${JSON.stringify(changes)}, '$[*]' columns (
    n for ordinality,
    item_code varchar(60) character set ascii collate ascii_bin path '$.itemCode',
    dispatch_id varchar(32) character set ascii collate ascii_bin path '$.dispatchId',
    on_hand int path '$.onHand' default '0' on empty,
    allocated int path '$.allocated' default '0' on empty,
    shipped_since int path '$.shippedSince' default '0' on empty,
    safety int path '$.safety' default '0' on empty)) as moved`;
}

/** Changes what is allocated and what has shipped, in item order, and writes it down; where there are no rows, nothing. */
export async function moveStock(
  tx: Db,
  wms: string,
  changes: readonly StockChange[],
  cause: StockCause,
): Promise<void> {
  const totals = [...groupBy(changes, (change) => change.itemCode)].map(([itemCode, of]) => ({
    itemCode,
    allocated: of.reduce((sum, { allocated = 0 }) => sum + allocated, 0),
    shippedSince: of.reduce((sum, { shippedSince = 0 }) => sum + shippedSince, 0),
  }));
  if (totals.length === 0) return;
  await tx.execute(sql`
    update ${moved(totals.toSorted((a, b) => (a.itemCode < b.itemCode ? -1 : 1)))}
    straight_join ${stock} on stock.wms = ${wms} and stock.item_code = moved.item_code
    set stock.allocated = stock.allocated + moved.allocated,
      stock.shipped_since = stock.shipped_since + moved.shipped_since`);
  await recordStock(tx, wms, changes, cause);
}

/**
 * Writes down changes of a WMS's stock, after they were made and while their rows are still locked: the
 * ledger then has each row's changes in the order in which they happened, with what they came to.
 */
export async function recordStock(
  tx: Db,
  wms: string,
  changes: readonly StockChange[],
  { reason, by = 'boosta' }: StockCause,
): Promise<void> {
  if (changes.length === 0) return;
  // The rows hold all of the changes: what each came to is that without those after it.
  const cameTo = (figure: string) =>
    sql.raw(`stock.${figure} - coalesce(sum(moved.${figure}) over later, 0)`);
  await tx.execute(sql`
    insert into ${stockLedger} (wms, item_code, at, reason, dispatch_id, made_by,
      on_hand_change, allocated_change, shipped_since_change, safety_change,
      on_hand, allocated, shipped_since, safety, incoming)
    select stock.wms, stock.item_code, now(6), ${reason}, moved.dispatch_id, ${by},
      moved.on_hand, moved.allocated, moved.shipped_since, moved.safety,
      ${cameTo('on_hand')}, ${cameTo('allocated')}, ${cameTo('shipped_since')}, ${cameTo('safety')}, stock.incoming
    from ${moved(changes)}
    straight_join ${stock} on stock.wms = ${wms} and stock.item_code = moved.item_code
    window later as (partition by moved.item_code order by moved.n rows between 1 following and unbounded following)
    order by moved.n`);
}

/** An item's figures at a past moment: as its last change until then left them. */
export async function stockAt(db: Db, wms: string, itemCode: string, at: Date) {
  const [row] = await db
    .select()
    .from(stockLedger)
    .where(and(eq(stockLedger.wms, wms), eq(stockLedger.itemCode, itemCode), lte(stockLedger.at, at)))
    .orderBy(desc(stockLedger.at), desc(stockLedger.id))
    .limit(1);
  return row;
}

/** What happened to an item's stock, the newest first. */
export async function ledgerOf(
  db: Db,
  filter: { itemCode: string; wms?: string | undefined; after?: TimeMark | undefined; limit: number },
) {
  const { itemCode, wms, after, limit } = filter;
  return db
    .select({ ...getTableColumns(stockLedger), mark: exactTime(stockLedger.at) })
    .from(stockLedger)
    .where(
      and(
        eq(stockLedger.itemCode, itemCode),
        wms === undefined ? undefined : eq(stockLedger.wms, wms),
        beforeMark(stockLedger.at, stockLedger.id, after),
      ),
    )
    .orderBy(desc(stockLedger.at), desc(stockLedger.id))
    .limit(limit);
}

export type StockLedgerRow = Awaited<ReturnType<typeof ledgerOf>>[number];
