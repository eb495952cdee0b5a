import { z } from 'zod';
import type { Carrier } from '../../domain/carrier';
import { connection } from './shiphero-graphql';
import type { Parcel, Product, Warehouse, WarehouseOrder } from './warehouse';

/** An error of ShipHero's own: the field is null, and the error has a number. */
export class FieldError extends Error {
  override readonly name = 'FieldError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

type Args = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly mutates: boolean;
  /** One of everything it can answer, to check a selection against. */
  readonly outline: unknown;
  /** @throws FieldError */
  resolve(warehouse: Warehouse, args: Args): unknown;
}

const INVALID = 3;
const NOT_FOUND = 5;
// assumed: ShipHero lists no Korean carriers; an account names its own.
const CARRIERS: Record<Carrier, string> = {
  cj: 'cj_logistics',
  hanjin: 'hanjin',
  lotte: 'lotte_global',
  logen: 'logen',
  post: 'korea_post',
};
const STATUS = { open: 'pending', shipped: 'fulfilled', cancelled: 'canceled' };

const orderSchema = z.strictObject({
  order_number: z.string().min(1),
  partner_order_id: z.string(),
  shop_name: z.string().min(1),
  fulfillment_status: z.string(),
  order_date: z.iso.datetime({ offset: true }),
  subtotal: z.string(),
  total_price: z.string(),
  packing_note: z.string().optional(),
  shipping_lines: z.strictObject({ title: z.string().min(1), price: z.string() }),
  shipping_address: z.strictObject({
    first_name: z.string().min(1),
    last_name: z.string(),
    address1: z.string().min(1),
    city: z.string().min(1),
    zip: z.string(),
    country: z.string().length(2),
    phone: z.string(),
  }),
  line_items: z
    .array(
      z.strictObject({
        sku: z.string(),
        partner_line_item_id: z.string(),
        product_name: z.string(),
        price: z.string(),
        quantity: z.int().positive(),
        quantity_pending_fulfillment: z.int(),
        fulfillment_status: z.string(),
      }),
    )
    .min(1),
});

const order = { id: '', order_number: '', partner_order_id: '', fulfillment_status: '', shop_name: '' };
const mutation = { request_id: '', complexity: 0, order };
const answer = (node: unknown) => ({ request_id: '', complexity: 0, data: connection([node]) });

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  order_create: { mutates: true, outline: mutation, resolve: create },
  order_cancel: { mutates: true, outline: mutation, resolve: cancel },
  orders: {
    mutates: false,
    outline: answer(order),
    resolve: orders,
  },
  shipments: { mutates: false, outline: answer(toShipment(null)), resolve: shipments },
  shipment: {
    mutates: false,
    outline: { request_id: '', complexity: 0, data: toShipment(null) },
    resolve: shipment,
  },
  warehouse_products: {
    mutates: false,
    outline: answer(toStock({ id: 0, itemCode: '', name: '', onHand: 0 })),
    resolve: (warehouse) => found([...warehouse.products.values()].map(toStock)),
  },
};

function create(warehouse: Warehouse, { data }: Args) {
  const parsed = orderSchema.safeParse(data);
  if (!parsed.success) throw new FieldError(INVALID, z.prettifyError(parsed.error));
  const { order_number, partner_order_id, line_items } = parsed.data;
  const unknown = line_items.find(({ sku }) => warehouse.products.size > 0 && !warehouse.products.has(sku));
  if (unknown) throw new FieldError(NOT_FOUND, `Product ${unknown.sku} not found`);
  const made = warehouse.accept({
    code: order_number,
    orderNumbers: partner_order_id,
    items: line_items.map(({ sku, quantity }) => ({ itemCode: sku, quantity })),
    content: parsed.data,
  });
  return { ...mutation, order: toOrder(made) };
}

function cancel(warehouse: Warehouse, { data }: Args) {
  const { order_id } = z.object({ order_id: z.string() }).catch({ order_id: '' }).parse(data);
  const made = warehouse.orders.find(({ id }) => orderId(id) === order_id);
  if (!made) throw new FieldError(NOT_FOUND, 'Order not found');
  if (made.state === 'shipped') throw new FieldError(INVALID, 'Order is already fulfilled');
  if (made.state === 'open') warehouse.cancel(made.id);
  return { ...mutation, order: toOrder(made) };
}

function orders(warehouse: Warehouse, { order_number, updated_from }: Args) {
  if (typeof updated_from !== 'string') return found(warehouse.byCode(String(order_number)).map(toOrder));
  const from = Date.parse(updated_from);
  const updatedAt = ({ parcels, acceptedAt }: WarehouseOrder) => parcels.at(-1)?.at ?? acceptedAt;
  return found(warehouse.orders.filter((one) => updatedAt(one) >= from).map(toOrder));
}

function shipments(warehouse: Warehouse, { date_from }: Args) {
  const from = typeof date_from === 'string' ? Date.parse(date_from) : 0;
  const first = warehouse.parcels.findLastIndex(({ at }) => at < from) + 1;
  return found(warehouse.parcels.slice(first).map(toShipment));
}

function shipment(warehouse: Warehouse, { id }: Args) {
  const parcel = warehouse.parcels.find((one) => toId('Shipment', one.id) === id);
  if (!parcel) throw new FieldError(NOT_FOUND, 'Shipment not found');
  return { request_id: '', complexity: 0, data: toShipment(parcel) };
}

function found(rows: readonly unknown[]) {
  return { request_id: '', complexity: 0, data: connection(rows) };
}

function toOrder({ id, code, state, content }: WarehouseOrder) {
  return {
    id: orderId(id),
    order_number: code,
    partner_order_id: content.partner_order_id,
    fulfillment_status: STATUS[state],
    shop_name: content.shop_name,
  };
}

/** Of no parcel: its outline. */
function toShipment(parcel: Parcel | null) {
  const label = `label-${parcel?.id ?? 0}`;
  const items = parcel?.order.items ?? [{ itemCode: '', quantity: 0 }];
  return {
    id: toId('Shipment', parcel?.id ?? 0),
    // As ShipHero writes it: UTC, without saying so.
    created_date: new Date(parcel?.at ?? 0).toISOString().replace('Z', ''),
    voided: false,
    order: parcel ? toOrder(parcel.order) : order,
    shipping_labels: [
      {
        id: label,
        tracking_number: parcel ? parcel.trackingNumber : '',
        carrier: parcel ? CARRIERS[parcel.carrier] : '',
      },
    ],
    line_items: connection(
      items.map(({ itemCode, quantity }) => ({
        quantity,
        shipping_label_id: label,
        line_item: { sku: itemCode },
      })),
    ),
  };
}

/** The body of the webhook "Shipment Update": nothing in it names a label. */
export function toUpdate({ id, order: { code }, items, trackingNumber }: Parcel) {
  const line_items = items.map(({ itemCode, quantity }) => ({ sku: itemCode, quantity }));
  return {
    test: '0',
    webhook_type: 'Shipment Update',
    fulfillment: {
      shipment_id: id,
      shipment_uuid: toId('Shipment', id),
      order_number: code,
      tracking_number: trackingNumber,
      line_items,
    },
  };
}

function toStock({ itemCode, onHand }: Product) {
  return { on_hand: onHand, product: { sku: itemCode } };
}

/** Opaque to clients. */
export function orderId(id: number): string {
  return toId('Order', id);
}

function toId(kind: string, id: number): string {
  return Buffer.from(`${kind}:${id}`).toString('base64');
}
