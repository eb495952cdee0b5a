import type { Db } from '../db/database';
import { type DispatchLine, type LockedDispatch, linesOfDispatches } from '../db/queries/dispatches';
import { setStages, unreadRecord } from '../db/queries/orders';
import { openPieces } from '../db/queries/shipments';
import { openTask } from '../db/queries/tasks';
import { groupBy } from '../domain/group-by';
import { packAnew } from './give-up';

/**
 * The WMS has cancelled a dispatch, whoever it was asked for. What leaves it for another WMS goes there; what was to
 * stay goes out anew, together. What leaves for good, or is to be read again, is its canceller's to go on with.
 *
 * @returns the orders that stay.
 */
export async function sendOthersAnew(tx: Db, cancelled: LockedDispatch): Promise<string[]> {
  const lines = await linesOfDispatches(tx, [cancelled.id]);
  const byTarget = groupBy(lines, ({ leavesTo }) => leavesTo);
  for (const [leavesTo, leaving] of byTarget) {
    if (leavesTo === null || leavesTo === '') continue;
    for (const [orderKey, own] of groupBy(leaving, (line) => line.orderKey)) {
      if (await isRecalled(tx, orderKey, cancelled.wms, leavesTo)) continue;
      await packAnew(tx, cancelled, own, { directedTo: leavesTo });
      await setStages(tx, [orderKey], 'matched');
    }
  }
  const staying: readonly DispatchLine[] = byTarget.get(null) ?? [];
  if (staying.length === 0) return [];
  await packAnew(tx, cancelled, staying);
  const orderKeys = [...new Set(staying.map(({ orderKey }) => orderKey))];
  await setStages(tx, orderKeys, 'matched');
  return orderKeys;
}

/** Whether an order is stopped at its WMS to be read again, and not to be moved. */
export async function isRecalled(
  tx: Db,
  orderKey: string,
  wms: string | null,
  leavesTo: string,
): Promise<boolean> {
  return leavesTo === wms && (await unreadRecord(tx, orderKey)) !== undefined;
}

/**
 * The WMS has cancelled what was left of a dispatch after a part had shipped: of the orders that were to stay, somebody
 * decides, since a part of a dispatch cannot go anew.
 */
export async function reportRest(tx: Db, { id, code, wms }: LockedDispatch): Promise<void> {
  const lines = await linesOfDispatches(tx, [id]);
  const staying = new Set(lines.filter(({ leavesTo }) => leavesTo === null).map(({ orderKey }) => orderKey));
  const rest = (await openPieces(tx, [id])).filter(
    ({ orderKey, quantity }) => quantity > 0 && staying.has(orderKey),
  );
  for (const [orderKey, pieces] of groupBy(rest, (piece) => piece.orderKey)) {
    const left = pieces.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`).join(', ');
    const says = `${wms} had shipped a part of it and has cancelled the rest, ${left}, which nobody sends now`;
    await openTask(tx, 'rest_not_sent', { orderKey, part: code }, says);
  }
}
