import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import type { JsonGet } from '../call';
import { readRows } from '../shipment-pages';
import type { ShipmentsRead, UnreadableRow, WmsShipment } from '../wms';
import {
  daysBefore,
  endOfSeoulDay,
  type FulfillmentOrder,
  hasLeft,
  type Release,
  readPages,
  readReleases,
  seoulDay,
  seoulDays,
  type Tracking,
  toState,
  trackingSchema,
} from './format';
import type { FulfillmentProducts } from './products';

/** The last history id read of each release_date that may still bring something. */
const cursorSchema = z.record(z.string().regex(/^\d{8}$/), z.int());

export interface ShipmentReads {
  readonly get: JsonGet;
  readonly products: FulfillmentProducts;
  readonly findOrders: (codes: readonly string[]) => Promise<FulfillmentOrder[]>;
  readonly lookBackDays: number;
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
}

/**
 * The feed of tracking numbers is kept per release_date, and a release may get its number days later: each
 * call reads on in every day of the look-back. A number whose order has not left yet is read again next
 * time, so a split order's parcels are told with the last of them. The feed speaks of no items: they are the
 * order's, or its releases' where it was split or given up in part.
 */
export async function shipmentsSince(reads: ShipmentReads, cursor: string | Date): Promise<ShipmentsRead> {
  const read =
    typeof cursor === 'string' ? cursorSchema.parse(JSON.parse(cursor)) : { [seoulDay(cursor)]: 0 };
  const days = daysToRead(Object.keys(read), reads.lookBackDays);
  const rows = new Map<string, Tracking[]>();
  const unreadable: UnreadableRow[] = [];
  for (const day of days) {
    const query = { release_date: day, last_history_id: String(read[day] ?? 0) };
    const listed = await readPages(reads.get, '/v2/release/recent_shipping_codes', query, z.unknown());
    const fitting = readRows(listed, trackingSchema, 'release_id');
    rows.set(day, fitting.rows);
    unreadable.push(...fitting.unreadable);
  }
  const all = [...rows.values()].flat();
  const orders = await reads.findOrders([...new Set(all.map((row) => row.company_order_code))]);
  const byId = new Map(orders.map((order) => [order.order_id, order]));
  const stateOf = ({ order_id }: Tracking) => {
    const order = byId.get(order_id);
    return order ? toState(order) : 'open';
  };
  const next = days.map((day) => [day, lastSettled(rows.get(day) ?? [], read[day] ?? 0, stateOf)]);
  const releases = await releasesInParts(reads, all, orders);
  const shipped = all.filter((row) => {
    const release = releases.get(row.release_id);
    return release ? hasLeft(release) : stateOf(row) === 'shipped';
  });
  return {
    shipments: await toShipments(shipped, byId, releases, reads),
    unreadable,
    more: false,
    cursor: JSON.stringify(Object.fromEntries(next)),
  };
}

/** The releases of the orders of which not simply all has left in one, by their numbers. */
async function releasesInParts(
  { get }: ShipmentReads,
  rows: readonly Tracking[],
  orders: readonly FulfillmentOrder[],
): Promise<Map<number, Release>> {
  const found = new Map<number, Release>();
  for (const order of orders) {
    const ids = rows.filter((row) => row.order_id === order.order_id).map((row) => row.release_id);
    const state = toState(order);
    const inParts = state === 'shipped' ? new Set(ids).size > 1 : state === 'cancelled' && ids.length > 0;
    if (!inParts) continue;
    for (const release of await readReleases(get, order)) found.set(release.release_id, release);
  }
  return found;
}

/** From the look-back before the last call (or the first day) to today. */
function daysToRead(read: readonly string[], lookBackDays: number): string[] {
  const today = seoulDay(new Date());
  const lastCall = read.toSorted().at(-1) ?? today;
  return seoulDays(daysBefore(lastCall < today ? lastCall : today, lookBackDays), today);
}

/** The id up to which nothing has to be read again: just before the first number that has not left yet. */
function lastSettled(rows: readonly Tracking[], read: number, stateOf: (row: Tracking) => string): number {
  const waiting = rows.filter((row) => stateOf(row) === 'open').map((row) => row.last_history_id - 1);
  const newest = Math.max(read, ...rows.map((row) => row.last_history_id));
  return Math.min(newest, ...waiting);
}

async function toShipments(
  rows: readonly Tracking[],
  orders: ReadonlyMap<number, FulfillmentOrder>,
  releases: ReadonlyMap<number, Release>,
  { products, carrierCodes }: ShipmentReads,
): Promise<WmsShipment[]> {
  const contents = await contentsOf(rows, orders, releases, products);
  return rows.map((row) => ({
    shipmentId: String(row.release_id),
    code: row.company_order_code,
    carrier: carrierCodes[row.delivery_agency_id] ?? {
      other: `delivery_agency_id ${row.delivery_agency_id}`,
    },
    trackingNumber: row.shipping_code,
    shippedAt: shippedAt(row),
    items: contents(row),
  }));
}

/** What is in each release, by our item codes. */
async function contentsOf(
  rows: readonly Tracking[],
  orders: ReadonlyMap<number, FulfillmentOrder>,
  releases: ReadonlyMap<number, Release>,
  products: FulfillmentProducts,
): Promise<(row: Tracking) => WmsShipment['items']> {
  const itemsOf = (row: Tracking) => orders.get(row.order_id)?.order_item_list ?? [];
  const codes = await products.codes(rows.flatMap(itemsOf).map((item) => item.sales_product_id));
  const isSplit = rows.some((row) => releases.get(row.release_id)?.release_item_list);
  const shippingCodes = isSplit ? await products.shippingCodes() : new Map<number, string>();
  return (row) =>
    releases.get(row.release_id)?.release_item_list?.map(({ shipping_product_id: id, quantity }) => ({
      itemCode: shippingCodes.get(id) ?? `shipping_product_id ${id}`,
      quantity,
    })) ??
    itemsOf(row).map(({ sales_product_id: id, quantity }) => ({
      itemCode: codes.get(id) ?? `sales_product_id ${id}`,
      quantity,
    }));
}

/** The feed knows the day only: its end, or now while the day lasts. */
function shippedAt({ create_dt }: Tracking): Date {
  const end = endOfSeoulDay(create_dt);
  const now = new Date();
  return end < now ? end : now;
}
