import { timingSafeEqual } from 'node:crypto';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Carrier } from '../../domain/carrier';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { CallsPerMinute } from './calls-per-minute';
import { tellOfParcels } from './parcel-webhooks';
import { type Parcel, parcelsRoute, Warehouse, type WarehouseOrder } from './warehouse';
import { peopleRoutes } from './warehouse-admin';

const settingsSchema = z.strictObject({
  shipAfterMs: z.int().min(0).default(3_000),
  /** More than one: an order leaves in parts. */
  parcelsPerOrder: z.int().min(1).default(1),
  /** False makes a WMS that promises nothing when an order is sent twice. */
  upsertByKey: z.boolean().default(true),
  /** Where SHIP_NOTIFY goes (POST /webhooks/subscribe, or the account's settings); null: nowhere. */
  webhookUrl: z.url().nullable().default(null),
  /** 0: no limit. */
  callsPerMinute: z.int().min(0).default(40),
  /** Smaller pages than asked for, so that few orders make many. */
  maxPageSize: z.int().min(1).max(500).default(500),
});

export interface ShipStationOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly settings?: z.input<typeof settingsSchema>;
}

const ZONE = 'America/Los_Angeles';
const MAX_PER_CALL = 100;
// assumed: ShipStation knows no Korean carriers; an account names its own.
const CARRIER_CODES: Record<Carrier, string> = {
  cj: 'cj_logistics',
  hanjin: 'hanjin',
  lotte: 'lotte_global',
  logen: 'logen',
  post: 'korea_post',
};
const OPEN_STATUSES = ['awaiting_payment', 'awaiting_shipment', 'on_hold'];

const orderSchema = z.looseObject({
  orderNumber: z.string().min(1).max(50),
  orderKey: z.string().min(1),
  orderDate: z.string().min(1),
  orderStatus: z.enum([...OPEN_STATUSES, 'shipped', 'cancelled']),
  billTo: z.looseObject({ name: z.string() }),
  shipTo: z.looseObject({ name: z.string().min(1), street1: z.string().min(1), postalCode: z.string() }),
  items: z.array(z.looseObject({ sku: z.string(), quantity: z.int().positive() })).min(1),
  advancedOptions: z.looseObject({ customField1: z.string().nullish() }).nullish(),
});

/**
 * ShipStation API v1: Basic authentication, upsert by orderKey, no stock, 40 calls a minute with
 * `X-Rate-Limit-*` headers, times of Los Angeles without an offset. A shipped or cancelled order is locked.
 *
 * assumed: a webhook's batchId is of one parcel; an order of which a part has shipped awaits shipment until the rest ships or is cancelled; the words
 * of a refusal (only `{message}` and the status 400 are documented), and that an order
 * refused in `createorders` is told by its own `errorMessage` while the others go through.
 */
export async function startShipStation(options: ShipStationOptions): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(
    options.dataDir,
    'shipstation',
    () => settings.value.shipAfterMs,
    () => settings.value.parcelsPerOrder,
  );
  const limit = new CallsPerMinute(() => settings.value.callsPerMinute);
  const basic = Buffer.from(
    `Basic ${Buffer.from(`${options.apiKey}:${options.apiSecret}`).toString('base64')}`,
  );
  const standIn = new StandIn({
    name: 'shipstation',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [...writes(warehouse, settings), ...reads(warehouse, settings)],
    gate: ({ headers }) => {
      warehouse.shipDue();
      const given = Buffer.from(headers.authorization ?? '');
      if (given.length !== basic.length || !timingSafeEqual(given, basic))
        return json(401, { message: 'Invalid API credentials' });
      return limit.take() ? undefined : refuseCall(limit);
    },
    rateLimited: () => refuseCall(limit),
    ledger: (query) => warehouse.ledger(query),
    settings,
    adminRoutes: [parcelsRoute(warehouse), ...peopleRoutes(warehouse)],
    events: ['webhook'],
    onStop: () => {
      stopTelling();
      warehouse.close();
    },
  });
  const stopTelling = tellOfParcels(warehouse, {
    url: () => settings.value.webhookUrl,
    strike: () => standIn.faults.strike('webhook'),
    toBody: ({ id }) => ({
      resource_url: `${standIn.url}/shipments?batchId=${id}&includeShipmentItems=False`,
      resource_type: 'SHIP_NOTIFY',
    }),
  });
  return standIn.start();
}

function refuseCall(limit: CallsPerMinute): StandInResponse {
  return json(
    429,
    { message: 'Too Many Requests' },
    {
      'x-rate-limit-limit': String(limit.perMinute || 40),
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': String(limit.resetSeconds()),
    },
  );
}

function writes(warehouse: Warehouse, settings: Settings<typeof settingsSchema>): Route[] {
  const put = (body: unknown) => upsert(warehouse, body, settings.value.upsertByKey);
  return [
    {
      method: 'POST',
      path: '/orders/createorder',
      endpoint: 'create',
      handle: (request) => {
        const result = put(jsonBody(request));
        return typeof result === 'string' ? json(400, { message: result }) : json(200, toOrder(result));
      },
    },
    {
      method: 'POST',
      path: '/orders/createorders',
      endpoint: 'create',
      handle: (request) => {
        const orders = z.array(z.unknown()).min(1).max(MAX_PER_CALL).safeParse(jsonBody(request));
        if (!orders.success) return json(400, { message: 'The request is invalid.' });
        const results = orders.data.map((order) => toResult(order, put(order)));
        return json(200, { hasErrors: results.some(({ success }) => !success), results });
      },
    },
  ];
}

/** @returns the order, or why it is refused. */
function upsert(warehouse: Warehouse, body: unknown, byKey: boolean): WarehouseOrder | string {
  const parsed = orderSchema.safeParse(body);
  if (!parsed.success)
    return `The request is invalid: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`;
  const { orderKey, orderStatus, items, advancedOptions } = parsed.data;
  const order = {
    code: orderKey,
    orderNumbers: advancedOptions?.customField1 ?? '',
    items: items.map(({ sku, quantity }) => ({ itemCode: sku, quantity })),
    content: parsed.data,
  };
  const existing = byKey ? warehouse.byCode(orderKey).at(-1) : undefined;
  if (existing && existing.state !== 'open')
    return `Order ${orderKey} is ${existing.state} and cannot be modified.`;
  if (existing && orderStatus === 'cancelled') {
    warehouse.cancel(existing.id);
    return existing;
  }
  if (!OPEN_STATUSES.includes(orderStatus)) return `An order cannot be created as ${orderStatus}.`;
  if (!existing) return warehouse.accept(order);
  warehouse.change(existing.id, order);
  return existing;
}

const keysSchema = z.object({ orderKey: z.string().nullish(), orderNumber: z.string().nullish() }).catch({});

function toResult(body: unknown, result: WarehouseOrder | string) {
  const { orderKey = null, orderNumber = null } = keysSchema.parse(body);
  return typeof result === 'string'
    ? { orderId: null, orderNumber, orderKey, success: false, errorMessage: result }
    : { orderId: result.id, orderNumber, orderKey, success: true, errorMessage: null };
}

function reads(warehouse: Warehouse, settings: Settings<typeof settingsSchema>): Route[] {
  const paged: Paged = (...of) => page(settings.value.maxPageSize, ...of);
  return [
    {
      method: 'GET',
      path: '/orders',
      endpoint: 'lookup',
      handle: ({ query }) => {
        // orderNumber "starts with" is documented; our orders have the same number and key.
        const found = warehouse.startingWith(query.get('orderNumber') ?? '');
        const from = startOf(query);
        const since = found.filter(({ acceptedAt }) => acceptedAt >= from);
        return paged(query, 'orders', since, toOrder);
      },
    },
    {
      method: 'GET',
      path: '/orders/:orderId',
      endpoint: 'lookup',
      handle: ({ params }) => {
        const order = warehouse.orders[Number(params.orderId) - 1];
        return order ? json(200, toOrder(order)) : json(404, { message: 'Resource not found' });
      },
    },
    {
      method: 'GET',
      path: '/shipments',
      endpoint: 'shipments',
      handle: (request) => shipments(warehouse, request, paged),
    },
  ];
}

/** In milliseconds; 0 where none is asked for. */
function startOf(query: URLSearchParams): number {
  const start = query.get('createDateStart');
  return start ? DateTime.fromISO(start, { zone: ZONE }).toMillis() : 0;
}

function shipments(warehouse: Warehouse, { query }: StandInRequest, paged: Paged): StandInResponse {
  const from = startOf(query);
  // Parcels are in order of time: the new ones are the end of the list.
  const first = warehouse.parcels.findLastIndex(({ at }) => at < from) + 1;
  const batch = query.get('batchId');
  const asked = warehouse.parcels.slice(first).filter(({ id }) => batch === null || String(id) === batch);
  const withItems = query.get('includeShipmentItems') === 'true';
  return paged(query, 'shipments', asked, (parcel) => toShipment(parcel, withItems));
}

function toOrder(order: WarehouseOrder) {
  const { content, state } = order;
  const orderStatus = state === 'open' ? content.orderStatus : state;
  return { ...content, orderId: order.id, orderStatus, createDate: localTime(order.acceptedAt) };
}

function toShipment({ id, order, items, carrier, trackingNumber, at }: Parcel, withItems: boolean) {
  return {
    shipmentId: id,
    orderId: order.id,
    orderKey: order.code,
    orderNumber: order.content.orderNumber,
    createDate: localTime(at),
    shipDate: localTime(at).slice(0, 10),
    trackingNumber,
    carrierCode: CARRIER_CODES[carrier],
    isReturnLabel: false,
    voided: false,
    shipmentItems: withItems ? items.map(({ itemCode, quantity }) => ({ sku: itemCode, quantity })) : null,
  };
}

const offsets = new Map<number, number>();

/** Los Angeles' clock. Its offset is worked out once an hour: a list has hundreds of times. */
function localTime(at: number): string {
  const hour = Math.floor(at / 3_600_000);
  const offset = offsets.get(hour) ?? DateTime.fromMillis(at, { zone: ZONE }).offset;
  offsets.set(hour, offset);
  return `${new Date(at + offset * 60_000).toISOString().slice(0, -1)}0000`;
}

type Paged = <Row>(
  query: URLSearchParams,
  name: string,
  rows: readonly Row[],
  toJson: (row: Row) => unknown,
) => StandInResponse;

function page<Row>(
  maxSize: number,
  query: URLSearchParams,
  name: string,
  rows: readonly Row[],
  toJson: (row: Row) => unknown,
): StandInResponse {
  const current = Math.max(1, Number(query.get('page') ?? 1));
  const size = Math.min(maxSize, Number(query.get('pageSize') ?? 100));
  return json(200, {
    [name]: rows.slice((current - 1) * size, current * size).map(toJson),
    total: rows.length,
    page: current,
    pages: Math.ceil(rows.length / size),
  });
}
