import { and, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { StockReason } from '../../domain/stock';
import type { Db } from '../database';
import { stock, stockLedger } from '../schema';

/** How far a row's figures moved; what is left out stayed. */
export interface StockChange {
  readonly itemCode: string;
  readonly onHand?: number;
  readonly allocated?: number;
  readonly shippedSince?: number;
  readonly safety?: number;
}

export interface StockCause {
  readonly reason: StockReason;
  readonly dispatchId?: string;
  /** A person, where one decided. */
  readonly by?: string;
}

/**
 * Writes down changes of a WMS's stock, after they were made and while their rows are still locked: the
 * ledger then has each row's changes in the order in which they happened, with what they came to.
 */
export async function recordStock(
  tx: Db,
  wms: string,
  changes: readonly StockChange[],
  { reason, dispatchId, by = 'boosta' }: StockCause,
): Promise<void> {
  if (changes.length === 0) return;
  const moved = (figure: Exclude<keyof StockChange, 'itemCode'>): SQL => {
    const cases = changes.flatMap((change) =>
      (change[figure] ?? 0) === 0 ? [] : [sql`when ${change.itemCode} then ${change[figure]}`],
    );
    return cases.length === 0 ? sql`0` : sql`case ${stock.itemCode} ${sql.join(cases, sql` `)} else 0 end`;
  };
  const codes = changes.map((change) => change.itemCode);
  await tx.execute(sql`
    insert into ${stockLedger} (wms, item_code, at, reason, dispatch_id, made_by,
      on_hand_change, allocated_change, shipped_since_change, safety_change,
      on_hand, allocated, shipped_since, safety, incoming)
    select ${stock.wms}, ${stock.itemCode}, now(6), ${reason}, ${dispatchId ?? null}, ${by},
      ${moved('onHand')}, ${moved('allocated')}, ${moved('shippedSince')}, ${moved('safety')},
      ${stock.onHand}, ${stock.allocated}, ${stock.shippedSince}, ${stock.safety}, ${stock.incoming}
    from ${stock} where ${and(eq(stock.wms, wms), inArray(stock.itemCode, codes))}`);
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
  filter: { itemCode: string; wms?: string | undefined; limit: number },
) {
  const { itemCode, wms, limit } = filter;
  return db
    .select()
    .from(stockLedger)
    .where(and(eq(stockLedger.itemCode, itemCode), wms === undefined ? undefined : eq(stockLedger.wms, wms)))
    .orderBy(desc(stockLedger.id))
    .limit(limit);
}

export type StockLedgerRow = Awaited<ReturnType<typeof ledgerOf>>[number];
