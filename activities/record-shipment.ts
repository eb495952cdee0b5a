import type { Database, Db } from '../db/database';
import { driverError, isDataException } from '../db/errors';
import { moveDispatch } from '../db/queries/dispatch-states';
import { type LockedDispatch, lockDispatch } from '../db/queries/dispatches';
import { reopenOrders } from '../db/queries/orders';
import { expectTracking, insertShipment, openPieces, type ShipmentRow } from '../db/queries/shipments';
import { shipAllocated, sumDemand } from '../db/queries/stock';
import { openTask, type TaskSubject } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { dispatchIdOf } from '../domain/dispatch-id';
import { isOver } from '../domain/dispatch-protocol';
import { attributeToLines } from '../domain/sale';
import { accepted } from './dispatch/confirm';
import type { WmsShipment } from './wms/wms';

export type Recorded =
  | { readonly kind: 'new'; readonly orderKeys: readonly string[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'unmatched' }
  /** Not one of ours: the account ships for others, too. */
  | { readonly kind: 'foreign' };

/**
 * Writes a parcel down, once: what it held of which lines, what left the stock, what is to be reported.
 * One under our code that belongs nowhere, or that no column takes, is a task.
 */
export async function recordShipment(database: Database, wms: string, given: WmsShipment): Promise<Recorded> {
  const id = dispatchIdOf(given.code);
  if (id === undefined) return { kind: 'foreign' };
  try {
    return await record(database, wms, given, id);
  } catch (error) {
    if (!isDataException(error)) throw error;
    const why = `it cannot be recorded (${driverError(error)?.code})`;
    return inTransaction(database, (tx) => unmatched(tx, { connectionId: wms }, wms, given, why));
  }
}

async function record(database: Database, wms: string, given: WmsShipment, id: string): Promise<Recorded> {
  return inTransaction(database, async (tx) => {
    const dispatch = await lockDispatch(tx, id);
    if (dispatch === undefined) return unmatched(tx, { connectionId: wms }, wms, given, 'no such dispatch');
    const shipment = await insertShipment(tx, { ...given, wms, dispatchId: dispatch.id });
    if (shipment.kind !== 'new') return { kind: 'known' };
    const subject = { orderKey: dispatch.leadOrderKey };
    if (isOver(dispatch.state)) {
      return unmatched(tx, subject, wms, given, `the dispatch is ${dispatch.state}`);
    }
    return (
      (await take(tx, dispatch, shipment, given)) ??
      unmatched(tx, subject, wms, given, 'nothing in it was asked for')
    );
  });
}

async function unmatched(
  tx: Db,
  subject: TaskSubject,
  wms: string,
  given: WmsShipment,
  why: string,
): Promise<Recorded> {
  const reason = `${wms} shipped ${given.shipmentId} under ${given.code}: ${why}`;
  await openTask(tx, 'shipment_unmatched', { ...subject, part: given.shipmentId }, reason);
  return { kind: 'unmatched' };
}

async function take(
  tx: Db,
  dispatch: LockedDispatch,
  row: ShipmentRow,
  given: WmsShipment,
): Promise<Recorded | undefined> {
  const open = await openPieces(tx, dispatch.id);
  const { lines, surplus } = attributeToLines(given.items, open);
  if (lines.length === 0) return undefined;
  const orderOf = new Map(open.map((piece) => [piece.lineKey, piece.orderKey]));
  const located = lines.map((line) => ({
    ...line,
    orderKey: orderOf.get(line.lineKey) ?? dispatch.leadOrderKey,
  }));
  const orderKeys = [...new Set(located.map((line) => line.orderKey))];
  await expectTracking(tx, row.id, located, orderKeys);
  if (dispatch.wms !== null) await shipAllocated(tx, dispatch.id, dispatch.wms, sumDemand(lines));
  await advance(tx, dispatch, orderKeys, sum(open) === sum(lines));
  if (surplus.length > 0) {
    const more = surplus.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`).join(', ');
    const reason = `Parcel ${given.shipmentId} held ${more} more than was asked for`;
    const subject = { orderKey: dispatch.leadOrderKey, part: given.shipmentId };
    await openTask(tx, 'shipment_unmatched', subject, reason);
  }
  return { kind: 'new', orderKeys };
}

/**
 * A parcel proves that the WMS had the dispatch, whatever its sender has come to know. While the rest is
 * being cancelled, what becomes of it is that outcome's to say.
 */
async function advance(tx: Db, dispatch: LockedDispatch, orderKeys: readonly string[], complete: boolean) {
  const { id, state } = dispatch;
  // It had ended without the rest, and the rest has left after all.
  if (state === 'shipped') return reopenOrders(tx, orderKeys);
  if (!complete && (state === 'cancelling' || state === 'cancel_unknown')) return;
  const proven = state !== 'accepted';
  if (complete) await moveDispatch(tx, dispatch, 'shipped', { proof: 'parcel' });
  else if (proven) await moveDispatch(tx, dispatch, 'accepted', { proof: 'parcel' });
  // Last: where its orders stand follows from where all their dispatches do.
  if (proven) await accepted(tx, id, true);
}

function sum(pieces: readonly { quantity: number }[]): number {
  return pieces.reduce((total, piece) => total + piece.quantity, 0);
}
