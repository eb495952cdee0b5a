import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import type { Db } from '../database';
import { allocation, dispatch, stock } from '../schema';
import { recordStock, type StockChange } from './stock-ledger';
import { unmarkAwaited } from './stock-queue';

/** What a WMS says of an item. */
export interface Level {
  readonly itemCode: string;
  readonly quantity: number;
  readonly incoming?: number;
}

/** What a snapshot is compared with: as it stood before the WMS was asked. */
export interface BeforeSnapshot {
  readonly rows: ReadonlyMap<string, { readonly shippedSince: number; readonly version: string }>;
  /** What a WMS that allocates by itself has subtracted for us. */
  readonly accepted: readonly {
    readonly dispatchId: string;
    readonly itemCode: string;
    readonly quantity: number;
  }[];
}

/** The snapshot that a row comes from, to the microsecond, which a Date loses. */
const version = sql<string>`coalesce(cast(${stock.snapshotAt} as char), '')`;

/**
 * To be read before the WMS is asked. What ships or is accepted while it answers may not be in its
 * answer: it is taken as if it were not, so that never more is sold than there is.
 */
export async function beforeSnapshot(
  db: Db,
  wms: string,
  counts: 'on-hand' | 'available',
): Promise<BeforeSnapshot> {
  const rows = await db
    .select({ itemCode: stock.itemCode, shippedSince: stock.shippedSince, version })
    .from(stock)
    .where(eq(stock.wms, wms));
  return {
    rows: new Map(rows.map(({ itemCode, ...row }) => [itemCode, row])),
    accepted: counts === 'on-hand' ? [] : await acceptedBy(db, wms),
  };
}

async function acceptedBy(db: Db, wms: string) {
  return db
    .select({
      dispatchId: allocation.dispatchId,
      itemCode: allocation.itemCode,
      quantity: sql<number>`${allocation.quantity} - ${allocation.shippedQuantity}`.mapWith(Number),
    })
    .from(allocation)
    .innerJoin(dispatch, eq(dispatch.id, allocation.dispatchId))
    .where(and(eq(allocation.wms, wms), eq(allocation.released, false), eq(dispatch.state, 'accepted')));
}

/** Above it, one statement that changes each item by itself gets slow. */
const AT_ONCE = 500;

/**
 * Takes over a WMS's snapshot. A WMS that allocates by itself has subtracted what it accepted from us
 * and not shipped: that is added again, so that our own allocation is not counted twice. An item for
 * which another snapshot has come since the WMS was asked is left as it is.
 */
export async function takeSnapshot(
  tx: Db,
  wms: string,
  levels: readonly Level[],
  before: BeforeSnapshot,
): Promise<void> {
  if (levels.length === 0) return;
  const locked = await tx
    .select({
      itemCode: stock.itemCode,
      onHand: stock.onHand,
      shippedSince: stock.shippedSince,
      incoming: stock.incoming,
      version,
    })
    .from(stock)
    .where(eq(stock.wms, wms))
    .orderBy(asc(stock.itemCode))
    .for('update');
  const current = new Map(locked.map((row) => [row.itemCode, row]));
  const there = await stillThere(tx, before);
  const taken = levels
    .filter(({ itemCode }) => current.get(itemCode)?.version === before.rows.get(itemCode)?.version)
    .map(({ itemCode, quantity, incoming = null }) => ({
      wms,
      itemCode,
      onHand: quantity + (there.get(itemCode) ?? 0),
      shippedSince:
        (current.get(itemCode)?.shippedSince ?? 0) - (before.rows.get(itemCode)?.shippedSince ?? 0),
      incoming,
      snapshotAt: sql`now(6)`,
    }));
  for (let from = 0; from < taken.length; from += AT_ONCE) {
    const some = taken.slice(from, from + AT_ONCE);
    await tx
      .insert(stock)
      .values(some)
      .onDuplicateKeyUpdate({
        set: {
          onHand: sql`values(on_hand)`,
          shippedSince: sql`values(shipped_since)`,
          incoming: sql`values(incoming)`,
          snapshotAt: sql`values(snapshot_at)`,
        },
      });
    const changes = some.flatMap((row) => changeOf(current.get(row.itemCode), row));
    await recordStock(tx, wms, changes, { reason: 'snapshot' });
  }
  await unmarkAwaited(tx, wms);
}

interface Counted {
  readonly onHand: number;
  readonly shippedSince: number;
  readonly incoming: number | null;
}

/** A snapshot that says what was known already is no change. */
function changeOf(was: Counted | undefined, row: Counted & { readonly itemCode: string }): StockChange[] {
  const onHand = row.onHand - (was?.onHand ?? 0);
  const shippedSince = row.shippedSince - (was?.shippedSince ?? 0);
  const isSame = was !== undefined && onHand === 0 && shippedSince === 0 && was.incoming === row.incoming;
  return isSame ? [] : [{ itemCode: row.itemCode, onHand, shippedSince }];
}

/**
 * What the WMS has certainly kept for us all the while. A dispatch whose cancellation it was asked for
 * meanwhile, or whose rest was given up, is left out: its pieces may be free again in the answer, and would
 * be counted twice.
 */
async function stillThere(tx: Db, { accepted }: BeforeSnapshot): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  if (accepted.length === 0) return sums;
  const ids = [...new Set(accepted.map((row) => row.dispatchId))];
  const rows = await tx
    .selectDistinct({ id: dispatch.id })
    .from(dispatch)
    .innerJoin(allocation, eq(allocation.dispatchId, dispatch.id))
    .where(
      and(
        inArray(dispatch.id, ids),
        inArray(dispatch.state, ['accepted', 'shipped']),
        eq(allocation.released, false),
      ),
    );
  const kept = new Set(rows.map((row) => row.id));
  for (const { dispatchId, itemCode, quantity } of accepted)
    if (kept.has(dispatchId)) sums.set(itemCode, (sums.get(itemCode) ?? 0) + quantity);
  return sums;
}

/** When each WMS last told of its stock. */
export async function stockReadAt(db: Db): Promise<Map<string, Date | null>> {
  const rows = await db
    .select({ wms: stock.wms, at: max(stock.snapshotAt) })
    .from(stock)
    .groupBy(stock.wms);
  return new Map(rows.map(({ wms, at }) => [wms, at]));
}
