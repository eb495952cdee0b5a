import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { ParcelCarrier } from '../../domain/carrier';
import type { Db } from '../database';
import {
  configurationItem,
  dispatch,
  dispatchLine,
  order,
  orderLine,
  sale,
  shipment,
  shipmentCursor,
  shipmentLine,
  trackingUpload,
} from '../schema';
import { beforeMark, exactTime, type TimeMark } from './in-time';
import { isInLine } from './line-items';

export async function readCursor(db: Db, wms: string): Promise<string | null> {
  const [row] = await db.select().from(shipmentCursor).where(eq(shipmentCursor.wms, wms));
  return row?.cursor ?? null;
}

export async function saveCursor(db: Db, wms: string, cursor: string): Promise<void> {
  await db.insert(shipmentCursor).values({ wms, cursor }).onDuplicateKeyUpdate({ set: { cursor } });
}

/** A WMS's shipments have just been read to the end. */
export async function markLooked(db: Db, wms: string): Promise<void> {
  await db.update(shipmentCursor).set({ lookedAt: sql`now(6)` }).where(eq(shipmentCursor.wms, wms));
}

/** When each WMS's shipments were last read to the end. */
export async function shipmentsReadAt(db: Db): Promise<Map<string, Date | null>> {
  const rows = await db.select({ wms: shipmentCursor.wms, at: shipmentCursor.lookedAt }).from(shipmentCursor);
  return new Map(rows.map(({ wms, at }) => [wms, at]));
}

export interface ShipmentRow {
  readonly id: number;
  readonly kind: 'new' | 'known' | 'corrected';
}

/** A parcel is one row; when the WMS corrects its carrier or tracking number, that is to be reported again. */
export async function insertShipment(
  tx: Db,
  given: {
    wms: string;
    dispatchId: string;
    shipmentId: string;
    carrier: ParcelCarrier;
    trackingNumber: string;
    shippedAt: Date;
  },
): Promise<ShipmentRow> {
  const { shipmentId: wmsShipmentId, wms, dispatchId, trackingNumber, shippedAt } = given;
  const carriedBy = toColumns(given.carrier);
  const [done] = await tx
    .insert(shipment)
    .values({
      wms,
      wmsShipmentId,
      dispatchId,
      ...carriedBy,
      trackingNumber,
      shippedAt,
      recordedAt: sql`now(6)`,
    })
    .onDuplicateKeyUpdate({ set: { id: sql`last_insert_id(${shipment.id})`, ...carriedBy, trackingNumber } });
  // MySQL counts 1 for a new row, 2 for one that changed, 0 for one that was the same.
  if (done.affectedRows === 2) {
    await tx
      .update(trackingUpload)
      .set({ state: 'pending', updatedAt: sql`now(6)` })
      .where(eq(trackingUpload.shipmentId, done.insertId));
    // The number of an order that was done is still to be told.
    await tx
      .update(order)
      .set({ stage: 'booked', updatedAt: sql`now(6)` })
      .where(
        and(
          eq(order.stage, 'done'),
          inArray(
            order.key,
            tx
              .select({ key: trackingUpload.orderKey })
              .from(trackingUpload)
              .where(eq(trackingUpload.shipmentId, done.insertId)),
          ),
        ),
      );
    return { id: done.insertId, kind: 'corrected' };
  }
  return { id: done.insertId, kind: done.affectedRows === 1 ? 'new' : 'known' };
}

function toColumns(carrier: ParcelCarrier) {
  if (typeof carrier === 'string') return { carrier, carrierName: null };
  return { carrier: 'other' as const, carrierName: carrier.other.slice(0, 60) };
}

/** The pieces of dispatches that no parcel has held yet, line by line. */
export async function openPieces(tx: Db, dispatchIds: readonly string[]) {
  const shipped = sql`coalesce((select sum(${shipmentLine.quantity}) from ${shipmentLine}
    join ${shipment} on ${shipment.id} = ${shipmentLine.shipmentId}
    where ${shipment.dispatchId} = ${dispatchLine.dispatchId} and ${shipmentLine.lineKey} = ${orderLine.key}
      and ${shipmentLine.itemCode} = ${configurationItem.itemCode}), 0)`;
  return tx
    .select({
      dispatchId: dispatchLine.dispatchId,
      orderKey: dispatchLine.orderKey,
      lineKey: orderLine.key,
      itemCode: configurationItem.itemCode,
      quantity: sql<number>`${dispatchLine.quantity} * ${configurationItem.quantity} - ${shipped}`.mapWith(
        Number,
      ),
    })
    .from(dispatchLine)
    .innerJoin(orderLine, eq(orderLine.key, dispatchLine.lineKey))
    .innerJoin(configurationItem, isInLine)
    .where(inArray(dispatchLine.dispatchId, [...dispatchIds]))
    .orderBy(asc(dispatchLine.dispatchId), asc(orderLine.key), asc(configurationItem.itemCode));
}

/** Whether a parcel has left of a dispatch. */
export async function hasShipped(tx: Db, dispatchId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: shipment.id })
    .from(shipment)
    .where(eq(shipment.dispatchId, dispatchId))
    .limit(1);
  return rows.length > 0;
}

/** Dispatches at a WMS of which a part has left; any of them, so that each has its turn. */
export async function partlyShipped(db: Db, wms: string, limit: number) {
  return db
    .select({ id: dispatch.id, code: dispatch.code })
    .from(dispatch)
    .where(
      and(
        eq(dispatch.state, 'accepted'),
        eq(dispatch.wms, wms),
        sql`exists (select 1 from ${shipment} where ${shipment.dispatchId} = ${dispatch.id})`,
      ),
    )
    .orderBy(sql`rand()`)
    .limit(limit);
}

/** What parcels held, and that each of their orders' channels is to be told the tracking number. */
export async function expectTracking(
  tx: Db,
  parcels: readonly {
    readonly shipmentId: number;
    readonly lines: readonly { lineKey: string; itemCode: string; orderKey: string; quantity: number }[];
    readonly orderKeys: readonly string[];
  }[],
): Promise<void> {
  await tx
    .insert(shipmentLine)
    .values(parcels.flatMap(({ shipmentId, lines }) => lines.map((line) => ({ shipmentId, ...line }))));
  const pending = { state: 'pending' as const, updatedAt: sql`now(6)` };
  await tx
    .insert(trackingUpload)
    .values(
      parcels.flatMap(({ shipmentId, orderKeys }) =>
        orderKeys.map((orderKey) => ({ orderKey, shipmentId, ...pending })),
      ),
    );
}

/** A gift tells of no record beside what was bought: that of its line may have another parcel. */
const tellsOfRecord = sql`(${orderLine.giftRule} is null or not exists (
  select 1 from ${shipmentLine} beside join ${orderLine} bought on bought.line_key = beside.line_key
  where beside.shipment_id = ${shipment.id} and beside.order_key = ${trackingUpload.orderKey}
    and bought.gift_rule is null))`;

/** The parcels of an order whose tracking number its source has not taken yet: a row for each record in them. */
export async function pendingUploads(db: Db, orderKey: string) {
  return db
    .selectDistinct({
      shipmentId: shipment.id,
      source: orderLine.connectionId,
      recordId: orderLine.recordId,
      carrier: shipment.carrier,
      carrierName: shipment.carrierName,
      trackingNumber: shipment.trackingNumber,
      shippedAt: shipment.shippedAt,
      /** Why it was refused before, or is not known to be told, if so. */
      lastReason: trackingUpload.reason,
    })
    .from(trackingUpload)
    .innerJoin(shipment, eq(shipment.id, trackingUpload.shipmentId))
    .innerJoin(
      shipmentLine,
      and(eq(shipmentLine.shipmentId, shipment.id), eq(shipmentLine.orderKey, trackingUpload.orderKey)),
    )
    .innerJoin(orderLine, eq(orderLine.key, shipmentLine.lineKey))
    .where(and(eq(trackingUpload.orderKey, orderKey), eq(trackingUpload.state, 'pending'), tellsOfRecord))
    .orderBy(asc(shipment.id));
}

export const UPLOAD_STATES = ['pending', 'done', 'refused'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

export interface UploadCursor {
  /** As {@link listUploads} gives it, to the microsecond. */
  readonly at: string;
  readonly orderKey: string;
  readonly shipmentId: number;
}

export interface UploadFilter {
  readonly state?: UploadState | undefined;
  readonly orderKey?: string | undefined;
  readonly shipmentId?: number | undefined;
  /** Only what changed before that: where a page of them ended. */
  readonly before?: UploadCursor | undefined;
  readonly limit: number;
}

/** Tracking numbers on their way back, the newest first. */
export async function listUploads(db: Db, { state, orderKey, shipmentId, before, limit }: UploadFilter) {
  const id = sql`(${trackingUpload.orderKey}, ${trackingUpload.shipmentId})`;
  return db
    .select({
      orderKey: trackingUpload.orderKey,
      shipmentId: trackingUpload.shipmentId,
      carrier: shipment.carrier,
      carrierName: shipment.carrierName,
      trackingNumber: shipment.trackingNumber,
      state: trackingUpload.state,
      reason: trackingUpload.reason,
      updatedAt: trackingUpload.updatedAt,
      at: exactTime(trackingUpload.updatedAt),
    })
    .from(trackingUpload)
    .innerJoin(shipment, eq(shipment.id, trackingUpload.shipmentId))
    .where(
      and(
        state === undefined ? undefined : eq(trackingUpload.state, state),
        orderKey === undefined ? undefined : eq(trackingUpload.orderKey, orderKey),
        shipmentId === undefined ? undefined : eq(trackingUpload.shipmentId, shipmentId),
        beforeMark(trackingUpload.updatedAt, id, before && markOf(before)),
      ),
    )
    .orderBy(desc(trackingUpload.updatedAt), desc(trackingUpload.orderKey), desc(trackingUpload.shipmentId))
    .limit(limit);
}

function markOf({ at, orderKey, shipmentId }: UploadCursor): TimeMark {
  return { at, id: sql`(${orderKey}, ${shipmentId})` };
}

/** It is to be told again; why it failed before stays until it is. */
export async function resendUploads(tx: Db, orderKey: string, shipmentId: number): Promise<void> {
  await tx
    .update(trackingUpload)
    .set({ state: 'pending', updatedAt: sql`now(6)` })
    .where(and(eq(trackingUpload.orderKey, orderKey), eq(trackingUpload.shipmentId, shipmentId)));
}

export type PendingUpload = Awaited<ReturnType<typeof pendingUploads>>[number];

export async function settleUpload(
  db: Db,
  orderKey: string,
  shipmentId: number,
  state: UploadState,
  reason: string | null,
): Promise<void> {
  await db
    .update(trackingUpload)
    .set({ state, reason: reason?.slice(0, 500) ?? null, updatedAt: sql`now(6)` })
    .where(and(eq(trackingUpload.orderKey, orderKey), eq(trackingUpload.shipmentId, shipmentId)));
}

export async function shipmentsOf(db: Db, orderKey: string) {
  return db
    .selectDistinct({
      id: shipment.id,
      wms: shipment.wms,
      carrier: shipment.carrier,
      carrierName: shipment.carrierName,
      trackingNumber: shipment.trackingNumber,
      shippedAt: shipment.shippedAt,
      upload: trackingUpload.state,
      uploadReason: trackingUpload.reason,
      uploadedAt: trackingUpload.updatedAt,
    })
    .from(trackingUpload)
    .innerJoin(shipment, eq(shipment.id, trackingUpload.shipmentId))
    .where(eq(trackingUpload.orderKey, orderKey))
    .orderBy(asc(shipment.id));
}

/** Whether a parcel of the order is still to be told to its source, or to be booked. */
export async function hasOpenParcels(db: Db, orderKey: string): Promise<boolean> {
  const booked = sql`exists (select 1 from ${sale}
    where ${sale.shipmentId} = ${trackingUpload.shipmentId} and ${sale.orderKey} = ${trackingUpload.orderKey})`;
  const rows = await db
    .select({ shipmentId: trackingUpload.shipmentId })
    .from(trackingUpload)
    .where(
      and(eq(trackingUpload.orderKey, orderKey), sql`(${trackingUpload.state} = 'pending' or not ${booked})`),
    )
    .limit(1);
  return rows.length > 0;
}
