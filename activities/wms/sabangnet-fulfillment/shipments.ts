import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import type { JsonGet } from '../call';
import type { WmsShipment } from '../wms';
import {
  daysBefore,
  endOfSeoulDay,
  type FulfillmentOrder,
  readPages,
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
 * time. The feed speaks of no items: they are the order's, which is one release as long as nobody splits it.
 */
export async function shipmentsSince(
  reads: ShipmentReads,
  cursor: string | null,
): Promise<{ shipments: WmsShipment[]; cursor: string }> {
  const read = cursorSchema.parse(JSON.parse(cursor ?? '{}'));
  const days = daysToRead(Object.keys(read), reads.lookBackDays);
  const rows = new Map<string, Tracking[]>();
  for (const day of days) {
    const query = { release_date: day, last_history_id: String(read[day] ?? 0) };
    rows.set(day, await readPages(reads.get, '/v2/release/recent_shipping_codes', query, trackingSchema));
  }
  const all = [...rows.values()].flat();
  const orders = await reads.findOrders([...new Set(all.map((row) => row.company_order_code))]);
  const byId = new Map(orders.map((order) => [order.order_id, order]));
  const stateOf = ({ order_id }: Tracking) => {
    const order = byId.get(order_id);
    return order ? toState(order) : 'open';
  };
  const next = days.map((day) => [day, lastSettled(rows.get(day) ?? [], read[day] ?? 0, stateOf)]);
  const shipped = all.filter((row) => stateOf(row) === 'shipped');
  return {
    shipments: await toShipments(shipped, byId, reads),
    cursor: JSON.stringify(Object.fromEntries(next)),
  };
}

/** From the look-back before the last call (or before today, the first time) to today. */
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
  { products, carrierCodes }: ShipmentReads,
): Promise<WmsShipment[]> {
  const itemsOf = (row: Tracking) => orders.get(row.order_id)?.order_item_list ?? [];
  const codes = await products.codes(rows.flatMap(itemsOf).map((item) => item.sales_product_id));
  return rows.map((row) => ({
    shipmentId: String(row.release_id),
    code: row.company_order_code,
    carrier: carrierCodes[row.delivery_agency_id] ?? {
      other: `delivery_agency_id ${row.delivery_agency_id}`,
    },
    trackingNumber: row.shipping_code,
    shippedAt: shippedAt(row),
    items: itemsOf(row).map(({ sales_product_id, quantity }) => ({
      itemCode: codes.get(sales_product_id) ?? `sales_product_id ${sales_product_id}`,
      quantity,
    })),
  }));
}

/** The feed knows the day only: its end, or now while the day lasts. */
function shippedAt({ create_dt }: Tracking): Date {
  const end = endOfSeoulDay(create_dt);
  const now = new Date();
  return end < now ? end : now;
}
