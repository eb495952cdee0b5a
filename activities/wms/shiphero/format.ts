import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import { orderNumbersText } from '../call';
import type { UnreadableRow, WmsOrder, WmsOrderFound, WmsShipment } from '../wms';

/** ShipHero's public GraphQL schema (developer.shiphero.com), as far as we use it. */

export const ORDER_CREATE = `mutation ($data: CreateOrderInput!) {
  order_create(data: $data) { request_id order { id order_number } }
}`;

export const ORDER_CANCEL = `mutation ($data: CancelOrderInput!) {
  order_cancel(data: $data) { request_id order { id fulfillment_status } }
}`;

export const ORDERS = `query ($order_number: String, $after: String) {
  orders(order_number: $order_number) {
    data(first: 25, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id order_number fulfillment_status } }
    }
  }
}`;

/** assumed: an order is updated when it is created at the latest. */
export const ORDERS_SINCE = `query ($updated_from: ISODateTime, $after: String) {
  orders(updated_from: $updated_from) {
    data(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { id order_number fulfillment_status } }
    }
  }
}`;

const SHIPMENT_FIELDS = `
  id
  created_date
  order { order_number }
  shipping_labels { id tracking_number carrier }
  line_items(first: 100) { edges { node { quantity shipping_label_id line_item { sku } } } }`;

/** A call may cost 4,004 credits at most, by what it could bring: pages are small. */
export const SHIPMENTS = `query ($date_from: ISODateTime, $after: String) {
  shipments(date_from: $date_from, voided: false) {
    data(first: 20, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { ${SHIPMENT_FIELDS} } }
    }
  }
}`;

export const SHIPMENT = `query ($id: String!) {
  shipment(id: $id) { data { ${SHIPMENT_FIELDS} } }
}`;

/** More could not be read back from a shipment. */
export const MAX_ITEMS = 100;

export const STOCK = `query ($warehouse_id: String, $after: String) {
  warehouse_products(warehouse_id: $warehouse_id, active: true) {
    data(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { on_hand product { sku } } }
    }
  }
}`;

export const createdSchema = z.object({
  order_create: z.object({ order: z.object({ id: z.string(), order_number: z.string() }) }),
});

export const orderSchema = z.object({
  id: z.string(),
  order_number: z.string(),
  fulfillment_status: z.string(),
});

export const shipmentSchema = z.object({
  /** assumed: UTC where it has no offset. */
  created_date: z.iso.datetime({ offset: true, local: true }).transform(toInstant),
  /** Null for a shipment that was made without an order. */
  order: z.object({ order_number: z.string() }).nullable(),
  shipping_labels: z.array(
    z.object({ id: z.string(), tracking_number: z.string().nullable(), carrier: z.string().nullable() }),
  ),
  line_items: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          quantity: z.int(),
          shipping_label_id: z.string().nullish(),
          /** Null once its line has been taken out of the order. */
          line_item: z.object({ sku: z.string() }).nullable(),
        }),
      }),
    ),
  }),
});
export type Shipment = z.infer<typeof shipmentSchema>;

export const stockSchema = z.object({ on_hand: z.int(), product: z.object({ sku: z.string() }) });

/** The order number is the caller key, because the look-up goes by it; people read the packing note and the store's own id. */
export function toRequest(order: WmsOrder, account: { shopName: string; shippingMethod: string }) {
  const { code, recipient } = order;
  const orderNumbers = orderNumbersText(order, 100);
  const notes = [orderNumbers, order.channel, recipient.deliveryMessage, recipient.phone2];
  return {
    order_number: code,
    partner_order_id: orderNumbers,
    shop_name: account.shopName,
    fulfillment_status: 'pending',
    order_date: order.orderedAt.toISOString(),
    // assumed: prices are wanted, and used for nothing but paperwork.
    subtotal: '0.00',
    total_price: '0.00',
    packing_note: notes.filter((note) => note !== null && note !== '').join(' · '),
    shipping_lines: { title: account.shippingMethod, price: '0.00' },
    shipping_address: {
      // assumed: the label shows both, and an empty one is taken. A Korean name is not taken apart.
      first_name: recipient.name,
      last_name: '',
      address1: recipient.address,
      // assumed: a city is wanted; a Korean address begins with it.
      city: recipient.address.split(' ', 1)[0],
      zip: recipient.postcode,
      country: 'KR',
      phone: recipient.phone,
    },
    line_items: order.items.map(({ itemCode, name, quantity }, index) => ({
      sku: itemCode,
      partner_line_item_id: `${code}-${index + 1}`,
      product_name: name,
      price: '0.00',
      quantity,
      quantity_pending_fulfillment: quantity,
      fulfillment_status: 'pending',
    })),
  };
}

/** assumed: any other status (pending, and those that an account makes for itself) is of an open order. */
export function toFound({ id, fulfillment_status }: z.infer<typeof orderSchema>): WmsOrderFound {
  if (fulfillment_status === 'canceled') return { reference: id, state: 'cancelled' };
  return { reference: id, state: fulfillment_status === 'fulfilled' ? 'shipped' : 'open' };
}

/**
 * A parcel for each label. assumed: a shipment has its labels when it is listed, and an item names its label
 * where there are several.
 */
export function toShipments(
  { created_date, order, shipping_labels, line_items }: Shipment,
  carrierCodes: Readonly<Record<string, Carrier>>,
): WmsShipment[] {
  if (order === null) return [];
  const items = line_items.edges.map(({ node }) => node);
  return shipping_labels.flatMap((label): WmsShipment[] => {
    if (!label.tracking_number) return [];
    const name = label.carrier ?? 'a carrier without a name';
    const inside =
      shipping_labels.length === 1 ? items : items.filter((item) => item.shipping_label_id === label.id);
    return [
      {
        shipmentId: label.id,
        code: order.order_number,
        carrier: carrierCodes[name] ?? { other: name },
        trackingNumber: label.tracking_number,
        shippedAt: created_date,
        items: inside.map(({ line_item, quantity }) => ({
          itemCode: line_item?.sku ?? 'not told',
          quantity,
        })),
      },
    ];
  });
}

/** Whether one of its labels has no number yet; of a shipment without an order, nobody waits for one. */
export function awaitsNumber({ order, shipping_labels }: Shipment): boolean {
  return order !== null && shipping_labels.some((label) => !label.tracking_number);
}

export function withoutNumber({ order, shipping_labels }: Shipment): UnreadableRow[] {
  const missing = shipping_labels.filter((label) => !label.tracking_number);
  const reason = `it has no tracking number; its order is ${order?.order_number ?? 'none'}`;
  return missing.map(({ id }) => ({ id: `label ${id}`, reason }));
}

function toInstant(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
