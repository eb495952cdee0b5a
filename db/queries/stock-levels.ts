import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { item, stock, stockQueue, task } from '../schema';
import { recordStock } from './stock-ledger';

const sellable: SQL<number> = sql<number>`${stock.onHand} - ${stock.allocated} - ${stock.shippedSince} - ${stock.safety}`;
const waitedFor = sql<number>`(select coalesce(sum(${stockQueue.quantity}), 0) from ${stockQueue}
  where ${stockQueue.wms} = ${stock.wms} and ${stockQueue.itemCode} = ${stock.itemCode})`;
const isLow = sql<boolean>`${stock.warnBelow} is not null and ${sellable} < ${stock.warnBelow}`;

export interface LevelFilter {
  readonly wms?: string | undefined;
  readonly itemCode?: string | undefined;
  /** Only what orders wait for, or what has fallen below its warning level. */
  readonly shortOnly?: boolean | undefined;
}

/** Stock as it stands now, by WMS and item. */
export async function listLevels(db: Db, filter: LevelFilter) {
  return db
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
      snapshotAt: stock.snapshotAt,
    })
    .from(stock)
    .leftJoin(item, eq(item.code, stock.itemCode))
    .where(
      and(
        filter.wms === undefined ? undefined : eq(stock.wms, filter.wms),
        filter.itemCode === undefined ? undefined : eq(stock.itemCode, filter.itemCode),
        filter.shortOnly === true ? or(sql`${waitedFor} > 0`, isLow) : undefined,
      ),
    )
    .orderBy(asc(stock.wms), asc(stock.itemCode));
}

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
      isLow: isLow.mapWith((value) => Number(value) !== 0),
    })
    .from(stock)
    .where(sql`(${isLow}) <> ${hasTask}`);
}

/** The safety buffer and the warning level of an item, changed or kept. */
export async function setLevels(
  tx: Db,
  key: { readonly wms: string; readonly itemCode: string },
  given: { readonly safety?: number | undefined; readonly warnBelow?: number | null | undefined },
  by: string,
): Promise<void> {
  const isRow = and(eq(stock.wms, key.wms), eq(stock.itemCode, key.itemCode));
  await tx
    .insert(stock)
    .values(key)
    .onDuplicateKeyUpdate({ set: { wms: key.wms } });
  const [row] = await tx.select({ safety: stock.safety }).from(stock).where(isRow).for('update');
  const { safety = row?.safety ?? 0, warnBelow } = given;
  await tx
    .update(stock)
    .set({ safety, ...(warnBelow === undefined ? {} : { warnBelow }) })
    .where(isRow);
  const moved = safety - (row?.safety ?? 0);
  if (moved === 0) return;
  const changes = [{ itemCode: key.itemCode, safety: moved }];
  await recordStock(tx, key.wms, changes, { reason: 'safety_changed', by });
}
