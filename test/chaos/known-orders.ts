import { eq } from 'drizzle-orm';
import type { Db } from '../../db/database';
import {
  acknowledgement,
  claim,
  order,
  orderLine,
  recipient,
  shipment,
  shipmentLine,
  trackingUpload,
} from '../../db/schema';
import { groupBy } from '../../domain/group-by';

type Row<Table extends { $inferSelect: unknown }, Column extends keyof Table['$inferSelect']> = Pick<
  Table['$inferSelect'],
  Column
>;

/** A parcel with lines of the order, and whether the source has been told its number. */
export interface KnownParcel {
  readonly number: string;
  readonly state: Row<typeof trackingUpload, 'state'>['state'];
  readonly lineNumbers: readonly string[];
}

/** An order as the database has it, with what it says that the source was told. */
export interface KnownOrder extends Row<typeof order, 'key' | 'source' | 'stage'> {
  readonly recipient: Row<typeof recipient, 'name' | 'postcode' | 'address'> | undefined;
  readonly lines: readonly Row<
    typeof orderLine,
    'lineNumber' | 'deal' | 'option' | 'quantity' | 'cancelledQuantity'
  >[];
  /** A state for each record that the source is to be told of. */
  readonly acknowledgements: readonly Row<typeof acknowledgement, 'state'>['state'][];
  readonly claims: readonly Row<typeof claim, 'claimId' | 'kind' | 'outcome' | 'answer'>[];
  readonly parcels: readonly KnownParcel[];
}

export async function readKnownOrders(db: Db): Promise<KnownOrder[]> {
  const orders = await db.select({ key: order.key, source: order.source, stage: order.stage }).from(order);
  const recipients = new Map((await db.select().from(recipient)).map((row) => [row.orderKey, row]));
  const lines = groupBy(await db.select().from(orderLine), (row) => row.orderKey);
  const told = groupBy(await db.select().from(acknowledgement), (row) => row.orderKey);
  const claims = groupBy(await db.select().from(claim), (row) => row.orderKey);
  const parcels = groupBy(await readParcelLines(db), (row) => row.orderKey);
  return orders.map((one) => ({
    ...one,
    recipient: recipients.get(one.key),
    lines: lines.get(one.key) ?? [],
    acknowledgements: (told.get(one.key) ?? []).map(({ state }) => state),
    claims: claims.get(one.key) ?? [],
    parcels: [...groupBy(parcels.get(one.key) ?? [], (row) => row.shipmentId).values()].flatMap(toParcel),
  }));
}

/** What every parcel held of each order. */
function readParcelLines(db: Db) {
  return db
    .select({
      orderKey: trackingUpload.orderKey,
      shipmentId: trackingUpload.shipmentId,
      state: trackingUpload.state,
      number: shipment.trackingNumber,
      lineNumber: orderLine.lineNumber,
    })
    .from(trackingUpload)
    .innerJoin(shipment, eq(shipment.id, trackingUpload.shipmentId))
    .innerJoin(shipmentLine, eq(shipmentLine.shipmentId, shipment.id))
    .innerJoin(orderLine, eq(orderLine.key, shipmentLine.lineKey))
    .where(eq(orderLine.orderKey, trackingUpload.orderKey));
}

function toParcel(rows: Awaited<ReturnType<typeof readParcelLines>>): KnownParcel[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { number, state } = first;
  return [{ number, state, lineNumbers: rows.map(({ lineNumber }) => lineNumber) }];
}
