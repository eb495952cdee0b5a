import { ordersIn } from '../db/queries/dispatches';
import { readCursor, saveCursor } from '../db/queries/shipments';
import { closedInPart, closeRest } from './close-rest';
import type { Deps } from './deps';
import { inParallel } from './parallel';
import { recordShipment } from './record-shipment';
import { wmsAnswers } from './report-wms';

const AT_ONCE = 8;

/**
 * One look at a WMS: what it has shipped, and the dispatches whose rest it will not ship.
 *
 * @returns how many parcels were new.
 * @throws OutsideUnavailable when the WMS did not answer.
 */
export async function watchShipments(deps: Deps, wmsId: string): Promise<number> {
  const { database } = deps;
  const closed = await closedInPart(deps, await deps.connections.wms(wmsId));
  const fresh = await readShipments(deps, wmsId);
  for (const id of closed)
    if (await closeRest(database, id)) await tell(deps, await ordersIn(database.db, id));
  await wmsAnswers(deps, wmsId, 'shipments');
  return fresh;
}

/**
 * Reads what a WMS has shipped since the last look, writes it down, and only then tells the journeys.
 * The cursor moves last: after a crash the same shipments come again and change nothing.
 *
 * @returns how many parcels were new.
 * @throws OutsideUnavailable when the WMS did not answer.
 */
export async function readShipments(deps: Deps, wmsId: string): Promise<number> {
  const { db } = deps.database;
  const { wms } = await deps.connections.wms(wmsId);
  const before = await readCursor(db, wmsId);
  await deps.permits.take(wmsId);
  const { shipments, cursor } = await wms.shipmentsSince(before);
  let fresh = 0;
  await inParallel(AT_ONCE, shipments, async (shipment) => {
    const recorded = await recordShipment(deps.database, wmsId, shipment);
    if (recorded.kind !== 'new') return;
    fresh += 1;
    await tell(deps, recorded.orderKeys);
  });
  if (cursor !== before) await saveCursor(db, wmsId, cursor);
  return fresh;
}

async function tell({ journeys }: Deps, orderKeys: readonly string[]): Promise<void> {
  for (const orderKey of orderKeys) await journeys.nudge(orderKey, 'shipped');
}
