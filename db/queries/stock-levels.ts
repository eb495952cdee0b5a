import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { item, stock, stockQueue, task } from '../schema';
import { containing } from './containing';
import { recordStock } from './stock-ledger';
import { truth } from './truth';

/** As domain/stock.ts has it, where `stock` is joined. */
export const sellable: SQL<number> = sql<number>`${stock.onHand} - ${stock.allocated} - ${stock.shippedSince} - ${stock.safety}`;
const waitedFor = sql<number>`(select coalesce(sum(${stockQueue.quantity}), 0) from ${stockQueue}
  where ${stockQueue.wms} = ${stock.wms} and ${stockQueue.itemCode} = ${stock.itemCode})`;
const isLow = sql<boolean>`${stock.warnBelow} is not null and ${sellable} < ${stock.warnBelow}`;

export interface LevelFilter {
  readonly wms?: string | undefined;
  readonly itemCode?: string | undefined;
  /** Only what orders wait for, or what has fallen below its warning level. */
  readonly shortOnly?: boolean | undefined;
  /** A part of the item's code or name. */
  readonly search?: string | undefined;
  /** The row that the page before ended with. */
  readonly after?: { readonly wms: string; readonly itemCode: string } | undefined;
  readonly limit?: number | undefined;
}

/** Stock as it stands now, by WMS and item. */
export async function listLevels(db: Db, filter: LevelFilter) {
  const { search, after, limit } = filter;
  const rows = db
    .select({
      wms: stock.wms,
      itemCode: stock.itemCode,
      name: item.name,
      onHand: stock.onHand,
      allocated: stock.allocated,
      shippedSince: stock.shippedSince,
      safety: stock.safety,
      available: sellable.mapWith(Number),
      incoming: stock.incoming,
      waitedFor: waitedFor.mapWith(Number),
      warnBelow: stock.warnBelow,
      isLow: isLow.mapWith(truth),
      snapshotAt: stock.snapshotAt,
    })
    .from(stock)
    .leftJoin(item, eq(item.code, stock.itemCode))
    .where(
      and(
        filter.wms === undefined ? undefined : eq(stock.wms, filter.wms),
        filter.itemCode === undefined ? undefined : eq(stock.itemCode, filter.itemCode),
        filter.shortOnly === true ? or(sql`${waitedFor} > 0`, isLow) : undefined,
        search === undefined ? undefined : containing(search, stock.itemCode, item.name),
        after === undefined
          ? undefined
          : or(gt(stock.wms, after.wms), and(eq(stock.wms, after.wms), gt(stock.itemCode, after.itemCode))),
      ),
    )
    .orderBy(asc(stock.wms), asc(stock.itemCode))
    .$dynamic();
  return limit === undefined ? rows : rows.limit(limit);
}

export type StockLevel = Awaited<ReturnType<typeof listLevels>>[number];

/** Items whose warning is not as it should be: low without a task, or the other way round. */
export async function levelsToReport(db: Db) {
  const hasTask = sql`exists (select 1 from ${task}
    where ${task.openKey} = concat('stock_low:', ${stock.wms}, ':#', ${stock.itemCode}))`;
  return db
    .select({
      wms: stock.wms,
      itemCode: stock.itemCode,
      sellable: sellable.mapWith(Number),
      warnBelow: stock.warnBelow,
      isLow: isLow.mapWith(truth),
    })
    .from(stock)
    .where(sql`(${isLow}) <> ${hasTask}`);
}

/** What a person has set for an item. */
export interface SetLevels {
  readonly safety: number;
  /** Null: nobody wants to be warned. */
  readonly warnBelow: number | null;
}

type StockRow = { readonly wms: string; readonly itemCode: string };

/** Locks an item's row, which is made where the WMS has never told of it. @returns what is set for it. */
export async function lockLevels(tx: Db, { wms, itemCode }: StockRow): Promise<SetLevels> {
  await tx.insert(stock).values({ wms, itemCode }).onDuplicateKeyUpdate({ set: { wms } });
  const [row] = await tx
    .select({ safety: stock.safety, warnBelow: stock.warnBelow })
    .from(stock)
    .where(isRow({ wms, itemCode }))
    .for('update');
  return row ?? { safety: 0, warnBelow: null };
}

/** The safety buffer and the warning level of an item whose row is locked. */
export async function setLevels(
  tx: Db,
  key: StockRow,
  { was, now }: { readonly was: SetLevels; readonly now: SetLevels },
  by: string,
): Promise<void> {
  await tx.update(stock).set(now).where(isRow(key));
  const safety = now.safety - was.safety;
  if (safety === 0) return;
  const changes = [{ itemCode: key.itemCode, safety }];
  await recordStock(tx, key.wms, changes, { reason: 'safety_changed', by });
}

function isRow({ wms, itemCode }: StockRow): SQL | undefined {
  return and(eq(stock.wms, wms), eq(stock.itemCode, itemCode));
}
