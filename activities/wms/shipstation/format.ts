import { z } from 'zod';
import type { WmsLimits } from '../../../domain/wms-order';
import { orderNumbersText } from '../call';
import type { WmsOrder, WmsOrderFound } from '../wms';
import { toLocal } from './time';

/** The wire format of ShipStation API v1 (docs.shipstation.com, "ShipStation V1 API"). */

export const orderSchema = z.looseObject({
  orderId: z.int(),
  orderKey: z.string(),
  orderStatus: z.string(),
});
export const ordersSchema = z.object({ orders: z.array(orderSchema), pages: z.int() });
export type ShipStationOrder = z.infer<typeof orderSchema>;

const resultSchema = z.object({
  orderId: z.int().nullable(),
  orderKey: z.string().nullable(),
  success: z.boolean(),
  errorMessage: z.string().nullish(),
});
export const resultsSchema = z.object({ results: z.array(resultSchema) });

export const shipmentSchema = z.object({
  shipmentId: z.int(),
  /** Null for a label that was made without an order. */
  orderKey: z.string().nullish(),
  createDate: z.iso.datetime({ local: true }),
  trackingNumber: z.string(),
  carrierCode: z.string(),
  isReturnLabel: z.boolean().nullish(),
  voided: z.boolean(),
  shipmentItems: z.array(z.object({ sku: z.string(), quantity: z.int() })),
});
export const shipmentsSchema = z.object({ shipments: z.array(z.unknown()), pages: z.int() });
export type Shipment = z.infer<typeof shipmentSchema>;

const CUSTOM_FIELD_MAX = 100;

/** assumed: of all but the custom field, whose length is documented. */
export const LIMITS: WmsLimits = {
  name: 100,
  address: 300,
  deliveryMessage: 1_000,
  orderNumbers: CUSTOM_FIELD_MAX,
};

/** The number is the caller key, because the look-up goes by it; people read the custom field. */
export function toRequest(order: WmsOrder) {
  const { code, recipient } = order;
  return {
    orderNumber: code,
    orderKey: code,
    orderDate: toLocal(order.orderedAt),
    orderStatus: 'awaiting_shipment',
    billTo: { name: recipient.name },
    shipTo: {
      name: recipient.name,
      street1: recipient.address,
      postalCode: recipient.postcode,
      country: 'KR',
      phone: recipient.phone,
    },
    customerNotes: recipient.deliveryMessage,
    internalNotes: recipient.phone2,
    items: order.items.map(({ itemCode, name, quantity }) => ({ sku: itemCode, name, quantity })),
    advancedOptions: { customField1: orderNumbersText(order, CUSTOM_FIELD_MAX), customField2: order.channel },
  };
}

export function toFound({ orderId, orderStatus }: ShipStationOrder): WmsOrderFound {
  const state = orderStatus === 'shipped' || orderStatus === 'cancelled' ? orderStatus : 'open';
  return { reference: String(orderId), state };
}

/** Its errors are `{message}`, those of its framework `{Message}`. */
export function messageOf(body: unknown): string {
  const said = z
    .object({ message: z.string().optional(), Message: z.string().optional() })
    .safeParse(body).data;
  return said?.message ?? said?.Message ?? 'refused without a reason';
}
