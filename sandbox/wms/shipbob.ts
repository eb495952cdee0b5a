import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Carrier } from '../../domain/carrier';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { CallsPerMinute } from './calls-per-minute';
import { tellOfParcels } from './parcel-webhooks';
import {
  type Parcel,
  parcelsRoute,
  productsRoute,
  type productsSchema,
  Warehouse,
  type WarehouseOrder,
} from './warehouse';

const settingsSchema = z.strictObject({
  shipAfterMs: z.int().min(0).default(3_000),
  /** False makes a WMS that promises nothing when an order is sent twice. */
  rejectRepeatedReferences: z.boolean().default(true),
  /** How it words the refusal; the words are known from a client's notes only. */
  duplicateWords: z.string().default('Cannot insert order with existing ReferenceId'),
  /** 0: no limit. */
  callsPerMinute: z.int().min(0).default(150),
  /** Where `order.shipped` goes (POST /webhook); null: nowhere. */
  webhookUrl: z.url().nullable().default(null),
});

export interface ShipBobOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly token: string;
  readonly channelId: number;
  /** As a subscription is answered with: `whsec_` and the key in base64. */
  readonly webhookSecret?: string;
  /** What the warehouse stocks. Known items keep their level. */
  readonly products?: z.infer<typeof productsSchema>;
  readonly settings?: z.input<typeof settingsSchema>;
}

const VERSION = '/2026-07';
const MAX_LIMIT = 250;
// assumed: ShipBob lists no Korean carriers; its names of them.
const CARRIER_NAMES: Record<Carrier, string> = {
  cj: 'CJ Logistics',
  hanjin: 'Hanjin',
  lotte: 'Lotte Global Logistics',
  logen: 'Logen',
  post: 'Korea Post',
};
const STATUS = { open: 'Processing', shipped: 'Fulfilled', cancelled: 'Cancelled' };
const SHIPMENT_STATUS = { open: 'Processing', shipped: 'Completed', cancelled: 'Cancelled' };

const orderSchema = z.looseObject({
  reference_id: z.string().min(1).max(300),
  order_number: z.string().max(400).nullish(),
  shipping_method: z.string().min(1),
  type: z.enum(['DTC', 'DropShip', 'B2B']),
  recipient: z.looseObject({
    name: z.string().min(1),
    address: z.looseObject({
      address1: z.string().min(1),
      city: z.string().min(1),
      country: z.string().length(2),
      zip_code: z.string(),
    }),
  }),
  products: z
    .array(
      z.looseObject({
        reference_id: z.string().min(1),
        name: z.string().min(1),
        quantity: z.int().positive(),
      }),
    )
    .min(1),
});

/**
 * The ShipBob API of 2026-07 (developer.shipbob.com): a bearer token and a channel, one order a call, 422 for
 * a reference id that the channel has had before, 150 calls a minute with `x-retry-after`, one shipment an
 * order.
 *
 * assumed: a cancelled order's reference id stays taken; a cancellation that comes too late is a 200 whose
 * `canceled_shipment_results` say so; a page of inventory names the next by its address; a webhook's body is
 * the order.
 */
export async function startShipBob(options: ShipBobOptions): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(options.dataDir, 'shipbob', () => settings.value.shipAfterMs);
  warehouse.stock((options.products ?? []).filter(({ itemCode }) => !warehouse.products.has(itemCode)));
  const limit = new CallsPerMinute(() => settings.value.callsPerMinute);
  const refuseCall = () => {
    const message = `Rate limit is exceeded. Try again in ${limit.resetSeconds()} seconds.`;
    return json(429, { statusCode: 429, message }, { 'x-retry-after': String(limit.resetSeconds()) });
  };
  const standIn = new StandIn({
    name: 'shipbob',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [...writes(warehouse, settings), ...reads(warehouse)],
    gate: ({ headers }) => {
      warehouse.shipDue();
      const given = Buffer.from(headers.authorization ?? '');
      const expected = Buffer.from(`Bearer ${options.token}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return json(401, { message: 'Unauthorized' });
      if (headers.shipbob_channel_id !== String(options.channelId))
        return json(403, { message: 'Forbidden' });
      return limit.take() ? undefined : refuseCall();
    },
    rateLimited: refuseCall,
    serverError: () => json(500, { message: 'An error has occurred.' }),
    ledger: (query) => warehouse.ledger(query),
    settings,
    adminRoutes: [parcelsRoute(warehouse), productsRoute(warehouse)],
    events: ['webhook'],
    onStop: () => {
      stopTelling();
      warehouse.close();
    },
  });
  const stopTelling = tellOfParcels(warehouse, {
    url: () => settings.value.webhookUrl,
    strike: () => standIn.faults.strike('webhook'),
    toBody: ({ order }) => toOrder(order),
    headers: (body) => sign(options.webhookSecret ?? '', body),
  });
  return standIn.start();
}

/** As Standard Webhooks are. */
function sign(secret: string, body: string): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hmac = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`,
    'x-webhook-topic': 'order.shipped',
  };
}

function writes(warehouse: Warehouse, settings: Settings<typeof settingsSchema>): Route[] {
  return [
    {
      method: 'POST',
      path: `${VERSION}/order`,
      endpoint: 'create',
      handle: (request) => {
        const parsed = orderSchema.safeParse(jsonBody(request));
        if (!parsed.success) return json(400, z.flattenError(parsed.error).fieldErrors);
        const { rejectRepeatedReferences, duplicateWords } = settings.value;
        const { reference_id, order_number, products } = parsed.data;
        if (rejectRepeatedReferences && warehouse.byCode(reference_id).length > 0)
          return json(422, { '': [duplicateWords] });
        const order = warehouse.accept({
          code: reference_id,
          orderNumbers: order_number ?? reference_id,
          items: products.map((product) => ({ itemCode: product.reference_id, quantity: product.quantity })),
          content: parsed.data,
        });
        return json(201, toOrder(order));
      },
    },
    {
      method: 'POST',
      // `{orderId}:cancel`
      path: `${VERSION}/order/:action`,
      endpoint: 'cancel',
      handle: ({ params }) => {
        const [, id] = /^(\d+):cancel$/.exec(params.action ?? '') ?? [];
        const order = warehouse.orders[Number(id) - 1];
        if (!order) return json(404, { message: 'Not Found' });
        if (order.state === 'open') warehouse.cancel(order.id);
        const is_success = order.state === 'cancelled';
        const reason = is_success ? '' : 'The shipment has been picked, packed or shipped.';
        return json(200, {
          order: toOrder(order),
          canceled_shipment_results: [{ shipment_id: order.id, action: 'Cancel', is_success, reason }],
        });
      },
    },
  ];
}

function reads(warehouse: Warehouse): Route[] {
  return [
    {
      method: 'GET',
      path: `${VERSION}/order`,
      endpoint: 'lookup',
      accepts: ({ query }) => query.has('ReferenceIds'),
      handle: ({ query }) => {
        const codes = new Set((query.get('ReferenceIds') ?? '').split(','));
        return page(
          query,
          [...codes].flatMap((code) => warehouse.byCode(code)),
        );
      },
    },
    {
      method: 'GET',
      path: `${VERSION}/order`,
      endpoint: 'lookup',
      accepts: ({ query }) => query.has('StartDate'),
      handle: ({ query }) => {
        const after = Date.parse(query.get('StartDate') ?? '');
        const found = warehouse.orders.filter(({ acceptedAt }) => acceptedAt >= after);
        return page(query, inOrder(query, found));
      },
    },
    { method: 'GET', path: `${VERSION}/order`, endpoint: 'shipments', handle: (r) => updated(warehouse, r) },
    {
      method: 'GET',
      path: `${VERSION}/inventory-level`,
      endpoint: 'stock',
      handle: ({ query }) => levels(warehouse, query),
    },
  ];
}

/** Orders, by the time of their creation, with a shipment that was updated since. */
function updated(warehouse: Warehouse, { query }: StandInRequest): StandInResponse {
  const since = Date.parse(query.get('LastUpdateStartDate') ?? '') || 0;
  const needsTracking = query.get('HasTracking') === 'true';
  const found = warehouse.orders.filter(
    (order) => updatedAt(order) >= since && (!needsTracking || order.parcels.length > 0),
  );
  return page(query, inOrder(query, found));
}

function inOrder(query: URLSearchParams, oldestFirst: readonly WarehouseOrder[]): readonly WarehouseOrder[] {
  return query.get('SortOrder') === 'Oldest' ? oldestFirst : oldestFirst.toReversed();
}

function updatedAt({ parcels, acceptedAt }: WarehouseOrder): number {
  return parcels.at(-1)?.at ?? acceptedAt;
}

function page(query: URLSearchParams, orders: readonly WarehouseOrder[]): StandInResponse {
  const current = Math.max(1, Number(query.get('Page') ?? 1));
  const size = Math.min(MAX_LIMIT, Number(query.get('Limit') ?? 50));
  const headers = { 'total-count': String(orders.length), 'page-number': String(current) };
  return json(200, orders.slice((current - 1) * size, current * size).map(toOrder), headers);
}

function levels(warehouse: Warehouse, query: URLSearchParams): StandInResponse {
  const size = Math.min(MAX_LIMIT, Number(query.get('PageSize') ?? 50));
  const first = Number(query.get('Cursor') ?? 0);
  const products = [...warehouse.products.values()];
  const items = products.slice(first, first + size).map(({ id, itemCode, name, onHand }) => ({
    inventory_id: id,
    name,
    sku: itemCode,
    total_on_hand_quantity: onHand,
  }));
  const after = first + size;
  const next = after < products.length ? `${VERSION}/inventory-level?PageSize=${size}&Cursor=${after}` : null;
  return json(200, { items, next });
}

function toOrder(order: WarehouseOrder) {
  return {
    ...order.content,
    id: order.id,
    created_date: toTime(order.acceptedAt),
    status: STATUS[order.state],
    shipments: [toShipment(order, order.parcels[0])],
  };
}

function toShipment(order: WarehouseOrder, parcel: Parcel | undefined) {
  return {
    id: order.id,
    order_id: order.id,
    reference_id: order.code,
    status: SHIPMENT_STATUS[order.state],
    last_update_at: toTime(updatedAt(order)),
    actual_fulfillment_date: parcel ? toTime(parcel.at) : null,
    tracking: parcel
      ? { carrier: CARRIER_NAMES[parcel.carrier], tracking_number: parcel.trackingNumber }
      : null,
    products: order.items.map(({ itemCode, quantity }) => ({
      reference_id: itemCode,
      sku: itemCode,
      inventory_items: [{ name: itemCode, quantity }],
    })),
  };
}

/** With an offset, as ShipBob writes times. */
function toTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}
