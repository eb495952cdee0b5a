import { firstDispatchAt, ordersIn } from '../db/queries/dispatches';
import { markLooked, readCursor, saveCursor } from '../db/queries/shipments';
import { openTask } from '../db/queries/tasks';
import { closedInPart, closeRest } from './close-rest';
import type { Deps } from './deps';
import { inParallel } from './parallel';
import { recordSales } from './record-sale';
import { type Recorded, recordShipments } from './record-shipment';
import { wmsAnswers } from './report-wms';
import type { ShipmentsRead, WmsShipment } from './wms/wms';

/** Parcels in one transaction, and journeys that are told at the same time. */
const IN_A_TRANSACTION = 50;
const AT_ONCE = 8;
const DAY_MS = 24 * 3_600_000;

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
 * Reads what a WMS has shipped since the last look, writes it down, books it, and only then tells the journeys.
 * The cursor moves last: after a crash the same shipments come again and change nothing. A long list is gone
 * on with, not begun again. One that cannot be read or written down stops no other.
 *
 * @returns how many parcels were new.
 * @throws OutsideUnavailable when the WMS did not answer.
 */
export async function readShipments(deps: Deps, wmsId: string): Promise<number> {
  const { db } = deps.database;
  const { wms } = await deps.connections.wms(wmsId);
  let fresh = 0;
  for (;;) {
    const before = await readCursor(db, wmsId);
    const read = await wms.shipmentsSince(before ?? (await beginning(deps, wmsId)));
    await reportUnreadable(deps, wmsId, read.unreadable);
    fresh += await recordAll(deps, wmsId, read.shipments);
    if (read.cursor !== before) await saveCursor(db, wmsId, read.cursor);
    if (read.more) continue;
    await markLooked(db, wmsId);
    return fresh;
  }
}

/** Nothing of ours has shipped before; an account may be years older. A day earlier, as clocks differ. */
async function beginning({ database }: Deps, wmsId: string): Promise<Date> {
  const first = (await firstDispatchAt(database.db, wmsId)) ?? new Date();
  return new Date(first.getTime() - DAY_MS);
}

async function reportUnreadable(
  { database }: Deps,
  wmsId: string,
  rows: ShipmentsRead['unreadable'],
): Promise<void> {
  for (const { id, reason } of rows) {
    const subject = { connectionId: wmsId, part: id };
    await openTask(database.db, 'shipment_unmatched', subject, `${wmsId} lists ${id}, unreadable: ${reason}`);
  }
}

/** @throws the first failure, once every parcel has been tried. */
async function recordAll(deps: Deps, wmsId: string, shipments: readonly WmsShipment[]): Promise<number> {
  const recorded: PromiseSettledResult<Recorded>[] = [];
  for (let from = 0; from < shipments.length; from += IN_A_TRANSACTION) {
    const some = await recordShipments(deps.database, wmsId, shipments.slice(from, from + IN_A_TRANSACTION));
    recorded.push(...some);
    const fresh = some.flatMap((one) =>
      one.status === 'fulfilled' && one.value.kind === 'new' ? one.value.orderKeys : [],
    );
    // What cannot be booked is left to its journey, where it becomes a task.
    await recordSales(deps.database, fresh);
    await tell(deps, fresh);
  }
  const foreign = recorded.filter((one) => one.status === 'fulfilled' && one.value.kind === 'foreign').length;
  if (foreign > 0) deps.log.info({ wms: wmsId, parcels: foreign }, 'parcels under codes that are not ours');
  const failed = recorded.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return recorded.filter((one) => one.status === 'fulfilled' && one.value.kind === 'new').length;
}

async function tell({ journeys }: Deps, orderKeys: readonly string[]): Promise<void> {
  await inParallel(AT_ONCE, orderKeys, (orderKey) => journeys.nudge(orderKey, 'shipped'));
}
