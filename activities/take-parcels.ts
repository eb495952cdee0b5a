import type { Db } from '../db/database';
import { markShipped, moveDispatch } from '../db/queries/dispatch-states';
import type { LockedDispatch } from '../db/queries/dispatches';
import { reopenOrders } from '../db/queries/orders';
import { expectTracking, openPieces } from '../db/queries/shipments';
import { shipAllocated, sumDemand } from '../db/queries/stock';
import { openTask } from '../db/queries/tasks';
import { groupBy } from '../domain/group-by';
import { attributeToLines } from '../domain/sale';
import { accepted } from './dispatch/confirm';
import type { WmsShipment } from './wms/wms';

/** A parcel of which nothing was known, and the dispatch that it is of. */
export interface Fresh {
  readonly given: WmsShipment;
  readonly dispatch: LockedDispatch;
  readonly shipmentId: number;
}

/**
 * Attributes what parcels held to the lines of their dispatches, whose rows are locked, and writes it down.
 *
 * @returns the orders of each, but for those that held nothing that was asked for.
 */
export async function takeParcels(
  tx: Db,
  fresh: readonly Fresh[],
): Promise<Map<WmsShipment, readonly string[]>> {
  const taken = new Map<WmsShipment, readonly string[]>();
  if (fresh.length === 0) return taken;
  const pieces = groupBy(
    await openPieces(
      tx,
      fresh.map(({ dispatch }) => dispatch.id),
    ),
    (piece) => piece.dispatchId,
  );
  const attributed: Attributed[] = [];
  for (const parcel of fresh) {
    const { given, dispatch } = parcel;
    const open = pieces.get(dispatch.id) ?? [];
    const { lines, surplus } = attributeToLines(given.items, open);
    if (lines.length === 0) continue;
    const orderOf = new Map(open.map((piece) => [piece.lineKey, piece.orderKey]));
    const located = lines.map((line) => ({
      ...line,
      orderKey: orderOf.get(line.lineKey) ?? dispatch.leadOrderKey,
    }));
    const orderKeys = [...new Set(located.map((line) => line.orderKey))];
    attributed.push({ ...parcel, lines: located, orderKeys, surplus, isComplete: sum(open) === sum(lines) });
    taken.set(given, orderKeys);
  }
  await writeDown(tx, attributed);
  return taken;
}

interface Piece {
  readonly itemCode: string;
  readonly quantity: number;
}

interface Attributed extends Fresh {
  readonly lines: readonly (Piece & { readonly lineKey: string; readonly orderKey: string })[];
  readonly orderKeys: readonly string[];
  /** More than was asked for. */
  readonly surplus: readonly Piece[];
  /** Nothing of the dispatch is left. */
  readonly isComplete: boolean;
}

async function writeDown(tx: Db, parcels: readonly Attributed[]): Promise<void> {
  if (parcels.length === 0) return;
  await expectTracking(tx, parcels);
  for (const [wms, of] of groupBy(parcels, ({ dispatch }) => dispatch.wms)) {
    if (wms === null) continue;
    await shipAllocated(
      tx,
      wms,
      of.map(({ dispatch: { id: dispatchId }, lines }) => ({ dispatchId, pieces: sumDemand(lines) })),
    );
  }
  await advance(tx, parcels);
  for (const parcel of parcels) if (parcel.surplus.length > 0) await reportSurplus(tx, parcel);
}

async function reportSurplus(tx: Db, { dispatch, given, surplus }: Attributed): Promise<void> {
  const more = surplus.map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`).join(', ');
  const reason = `Parcel ${given.shipmentId} held ${more} more than was asked for`;
  await openTask(
    tx,
    'shipment_unmatched',
    { orderKey: dispatch.leadOrderKey, part: given.shipmentId },
    reason,
  );
}

/**
 * A parcel proves that the WMS had the dispatch, whatever its sender has come to know. While the rest is
 * being cancelled, what becomes of it is that outcome's to say.
 */
async function advance(tx: Db, parcels: readonly Attributed[]): Promise<void> {
  const isLate = ({ dispatch: { state } }: Attributed) => state === 'shipped';
  const isLeft = ({ dispatch: { state }, isComplete }: Attributed) =>
    !isComplete && (state === 'cancelling' || state === 'cancel_unknown');
  const moving = parcels.filter((parcel) => !isLate(parcel) && !isLeft(parcel));
  await markShipped(
    tx,
    moving.filter(({ isComplete }) => isComplete).map(({ dispatch }) => dispatch),
  );
  const proven = moving.filter(({ dispatch: { state } }) => state !== 'accepted');
  for (const { dispatch, isComplete } of proven)
    if (!isComplete) await moveDispatch(tx, dispatch, 'accepted', { proof: 'parcel' });
  // Last: where its orders stand follows from where all their dispatches do.
  await accepted(
    tx,
    proven.map(({ dispatch: { id } }) => ({ id, waited: true })),
  );
  // It had ended without the rest, and the rest has left after all.
  for (const { orderKeys } of parcels.filter(isLate)) await reopenOrders(tx, orderKeys);
}

function sum(pieces: readonly { quantity: number }[]): number {
  return pieces.reduce((total, piece) => total + piece.quantity, 0);
}
