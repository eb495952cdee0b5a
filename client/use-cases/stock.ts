import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { itemExists } from '../../db/queries/matches';
import { stockAt } from '../../db/queries/stock-ledger';
import {
  listLevels,
  lockLevels,
  type SetLevels,
  type StockLevel,
  setLevels,
} from '../../db/queries/stock-levels';
import { queueFor } from '../../db/queries/stock-queue';
import { inTransaction } from '../../db/transaction';
import { sellable } from '../../domain/stock';
import { omit } from '../omit';
import { requireWms } from './require-wms';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

export interface StockKey {
  readonly wms: string;
  readonly itemCode: string;
}

/** An item's stock now. @throws NotFound. */
export async function showLevel(db: Db, { wms, itemCode }: StockKey): Promise<StockLevel> {
  const [level] = await listLevels(db, { wms, itemCode });
  if (level === undefined) throw new NotFound(`${wms} has never told of ${itemCode}: see boosta stock list.`);
  return level;
}

/** An item's stock now, and who waits for it in which order. @throws NotFound. */
export async function showStock(db: Db, key: StockKey) {
  const { wms, itemCode } = key;
  const level = await showLevel(db, key);
  const queue = await queueFor(db, wms, itemCode);
  return { ...level, queue: queue.map((row) => omit(row, 'mark', 'dispatchId')) };
}

/** An item's stock at a past moment. @throws NotFound. */
export async function showStockAt(db: Db, { wms, itemCode }: StockKey, at: Date) {
  const row = await stockAt(db, wms, itemCode, at);
  if (row === undefined)
    throw new NotFound(`Nothing had been told of ${itemCode} at ${wms} by then: see boosta stock ledger.`);
  const { onHand, allocated, shippedSince, safety, incoming } = row;
  const available = sellable(row);
  return { wms, itemCode, at, onHand, allocated, shippedSince, safety, available, incoming, since: row.at };
}

export interface StockSetting {
  /** What is not given stays. */
  readonly safety?: number | undefined;
  readonly warnBelow?: number | null | undefined;
  /** What was set when it was decided on; left out: whatever it was. */
  readonly seen?: SetLevels | undefined;
}

/** Sets an item's safety buffer and warning level. @throws UseCaseError, ChangedMeanwhile. */
export async function setStock(
  database: Database,
  key: StockKey,
  { safety, warnBelow, seen }: StockSetting,
  command: Command,
): Promise<void> {
  await requireWms(database.db, key.wms);
  if (!(await itemExists(database.db, key.itemCode)))
    throw new UseCaseError(`There is no item ${key.itemCode}.`);
  await inTransaction(database, async (tx) => {
    const was = await lockLevels(tx, key);
    if (seen !== undefined && (seen.safety !== was.safety || seen.warnBelow !== was.warnBelow))
      throw new ChangedMeanwhile(
        `${key.itemCode} at ${key.wms} has been set meanwhile: safety ${was.safety}, warning below ${was.warnBelow ?? 'none'}.`,
      );
    const now = {
      safety: safety ?? was.safety,
      warnBelow: warnBelow === undefined ? was.warnBelow : warnBelow,
    };
    await setLevels(tx, key, { was, now }, command.by);
    const subject = `stock/${key.wms}/${key.itemCode}`;
    await recordAudit(tx, { ...command, action: 'stock.set', subject, detail: { was, now } });
  });
}
