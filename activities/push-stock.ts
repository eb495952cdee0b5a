import { type ListingRow, listingStock, settleListing } from '../db/queries/listings';
import { closeTasks, openTask } from '../db/queries/tasks';
import type { Deps } from './deps';
import { OutsideUnavailable } from './outcome';
import type { ListingStock, Reply } from './sources/source';
import { sourceHears } from './tell-source';

/**
 * Tells a source how many units of each of its listings may be sold, where that has changed, so that what is gone
 * cannot be bought. What it refuses is a task, and is told again once the number is another.
 *
 * @returns how many listings were told.
 * @throws OutsideUnavailable, to be tried again.
 */
export async function pushStock(deps: Deps, sourceId: string): Promise<number> {
  const source = await deps.connections.source(sourceId);
  const { stockPerCall } = source.capabilities;
  const changed = stockPerCall === 0 ? [] : (await listingStock(deps.database.db, sourceId)).filter(isNews);
  for (let first = 0; first < changed.length; first += stockPerCall) {
    const levels = changed
      .slice(first, first + stockPerCall)
      .map(({ listing, quantity }) => ({ listing, quantity }));
    const replies = (await source.pushStock?.(levels)) ?? [];
    for (const [index, level] of levels.entries()) await settle(deps, sourceId, level, replies[index]);
  }
  await sourceHears(deps, sourceId);
  return changed.length;
}

function isNews({ state, pushedQuantity, quantity }: ListingRow): boolean {
  return state === 'pending' || pushedQuantity !== quantity;
}

async function settle(
  { database: { db } }: Deps,
  connectionId: string,
  level: ListingStock,
  reply: Reply | undefined,
): Promise<void> {
  if (reply === undefined) throw new Error(`${connectionId} gave no reply to the stock of ${level.listing}`);
  const { outcome } = reply;
  const subject = { connectionId, part: level.listing };
  switch (outcome.kind) {
    case 'done':
      await settleListing(db, connectionId, level, 'done', null);
      return closeTasks(db, ['stock_not_told'], subject, 'boosta');
    case 'refused':
      await settleListing(db, connectionId, level, 'refused', outcome.reason);
      return openTask(
        db,
        'stock_not_told',
        subject,
        `Listing ${level.listing}, ${level.quantity}: ${outcome.reason}`,
      );
    case 'not-received':
      throw new OutsideUnavailable('The source did not take the stock', outcome.retryAfterMs);
    case 'unknown':
      throw new OutsideUnavailable('Whether the source took the stock is unknown');
  }
}
