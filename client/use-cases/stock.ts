import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { findConnection, listConnections } from '../../db/queries/connections';
import { itemExists } from '../../db/queries/matches';
import { stockAt } from '../../db/queries/stock-ledger';
import { listLevels, setLevels } from '../../db/queries/stock-levels';
import { queueFor } from '../../db/queries/stock-queue';
import { inTransaction } from '../../db/transaction';
import { sellable } from '../../domain/stock';
import { UseCaseError } from './use-case-error';

export interface StockKey {
  readonly wms: string;
  readonly itemCode: string;
}

/** An item's stock now, and who waits for it in which order. @throws UseCaseError. */
export async function showStock(db: Db, { wms, itemCode }: StockKey) {
  const [level] = await listLevels(db, { wms, itemCode });
  if (level === undefined)
    throw new UseCaseError(`${wms} has never told of ${itemCode}: see boosta stock list.`);
  return { ...level, queue: await queueFor(db, wms, itemCode) };
}

/** An item's stock at a past moment. @throws UseCaseError. */
export async function showStockAt(db: Db, { wms, itemCode }: StockKey, at: Date) {
  const row = await stockAt(db, wms, itemCode, at);
  if (row === undefined)
    throw new UseCaseError(
      `Nothing had been told of ${itemCode} at ${wms} by then: see boosta stock ledger.`,
    );
  const { onHand, allocated, shippedSince, safety, incoming } = row;
  const available = sellable(row);
  return { wms, itemCode, at, onHand, allocated, shippedSince, safety, available, incoming, since: row.at };
}

/** Sets an item's safety buffer and warning level; what is not given stays. @throws UseCaseError. */
export async function setStock(
  database: Database,
  key: StockKey,
  given: { readonly safety?: number | undefined; readonly warnBelow?: number | null | undefined },
  command: Command,
): Promise<void> {
  const connection = await findConnection(database.db, key.wms);
  if (connection?.kind !== 'wms') {
    const known = (await listConnections(database.db)).filter(({ kind }) => kind === 'wms');
    const names = known.map(({ id }) => id).join(', ') || 'none';
    throw new UseCaseError(`No WMS is connected as ${key.wms}; there are: ${names}.`);
  }
  if (!(await itemExists(database.db, key.itemCode)))
    throw new UseCaseError(`There is no item ${key.itemCode}.`);
  await inTransaction(database, async (tx) => {
    await setLevels(tx, key, given, command.by);
    const { wms, itemCode } = key;
    const detail = { ...given };
    await recordAudit(tx, { ...command, action: 'stock.set', subject: `stock/${wms}/${itemCode}`, detail });
  });
}
