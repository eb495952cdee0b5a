import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Carrier } from '../../domain/carrier';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { itemsLeft } from './parts';
import { badRequest, CODES, registerOrder, requestCancel } from './sabangnet-fulfillment-requests';
import {
  type NewOrder,
  type Parcel,
  parcelsRoute,
  productsRoute,
  type productsSchema,
  seoulDay,
  Warehouse,
  type WarehouseOrder,
} from './warehouse';
import { peopleRoutes } from './warehouse-admin';

const settingsSchema = z.strictObject({
  shipAfterMs: z.int().min(0).default(3_000),
  /** More than one: an order is split into releases. */
  parcelsPerOrder: z.int().min(1).default(1),
  /** False makes a WMS that promises nothing when an order is sent twice. */
  rejectRepeatedCodes: z.boolean().default(true),
  /** assumed: the warehouse answers a request to cancel at once; false leaves it waiting (cancel_status 1). */
  approveCancelAtOnce: z.boolean().default(true),
});

export interface SabangnetFulfillmentOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly companyCode: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** What the warehouse stocks; orders of anything else are refused. Known items keep their level. */
  readonly products?: z.infer<typeof productsSchema>;
  readonly settings?: z.input<typeof settingsSchema>;
}

const PAGE_SIZE = 100;
const MAX_PER_CALL = 100;
const AGENCY_IDS: Record<Carrier, number> = { lotte: 1, hanjin: 2, logen: 3, cj: 4, post: 5 };
const UNAUTHORIZED = json(401, { code: CODES.unauthorized, message: '인증에 실패했습니다.' });

/**
 * Sabangnet Fulfillment 사방넷 풀필먼트 API 2.0, as its public developer guide describes it: signed headers,
 * `{code, message, response}` envelopes, a repeated company_order_code refused unless its releases were
 * cancelled. A release is a parcel; an order is one release, unless it leaves in parts.
 *
 * assumed: a release lists its items (`release_item_list`); an order is 출고완료 once all its releases are, and
 * 출고취소 once what had not left is cancelled; a bulk registration takes what fits (`processed_data_list`, documented) and lists the rest
 * (`error_data_list`, not documented); release_date is the day in Seoul on which the order was accepted;
 * sales and shipping products are linked one to one and carry the same code.
 */
export async function startSabangnetFulfillment(
  options: SabangnetFulfillmentOptions,
): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(
    options.dataDir,
    'sabangnet-fulfillment',
    () => settings.value.shipAfterMs,
    () => settings.value.parcelsPerOrder,
  );
  warehouse.stock((options.products ?? []).filter(({ itemCode }) => !warehouse.products.has(itemCode)));
  return new StandIn({
    name: 'sabangnet-fulfillment',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [...writes(warehouse, settings), ...reads(warehouse), ...productReads(warehouse)],
    gate: (request) => {
      warehouse.shipDue();
      return signatureFits(request, options) ? undefined : UNAUTHORIZED;
    },
    // assumed: the guide speaks of limits, but names neither numbers nor headers.
    rateLimited: () =>
      json(429, { code: CODES.tooMany, message: 'Too Many Requests' }, { 'retry-after': '2' }),
    ledger: (query) => warehouse.ledger(query),
    settings,
    adminRoutes: [parcelsRoute(warehouse), productsRoute(warehouse), ...peopleRoutes(warehouse)],
    onStop: () => warehouse.close(),
  }).start();
}

function signatureFits({ headers }: StandInRequest, options: SabangnetFulfillmentOptions): boolean {
  const { authorization, credential, signature } = headers;
  const today = seoulDay(Date.now());
  const hex = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex');
  const expected = Buffer.from(
    Buffer.from(hex(hex(options.secretKey, today), options.accessKey)).toString('base64'),
  );
  const given = Buffer.from(String(signature));
  return (
    (authorization === 'LIVE-HMAC-SHA256' || authorization === 'API.SENDBOX-HMAC-SHA256') &&
    credential === `${options.companyCode}/${options.accessKey}/${today}/srwms_request` &&
    given.length === expected.length &&
    timingSafeEqual(given, expected)
  );
}

function writes(warehouse: Warehouse, settings: Settings<typeof settingsSchema>): Route[] {
  const register = (body: unknown) => registerOrder(warehouse, body, settings.value.rejectRepeatedCodes);
  return [
    post('/v2/request/order', 'create', (request) => {
      const result = register(jsonBody(request));
      return 'id' in result ? ok(toReceipt(result)) : json(400, result);
    }),
    post('/v2/request/orders', 'create', (request) => {
      const parsed = bulkSchema.safeParse(jsonBody(request));
      if (!parsed.success) return json(400, badRequest(parsed.error));
      return registerAll(parsed.data.request_data_list, register);
    }),
    post('/v2/request/order_cancel', 'cancel', (request) => {
      const result = requestCancel(warehouse, jsonBody(request), settings.value.approveCancelAtOnce);
      if (!('order' in result)) return json(400, result);
      const { id } = result.order;
      return ok({ cancel_id: id, order_id: id, release_id: id, cancel_status: result.cancelStatus });
    }),
  ];
}

const bulkSchema = z.looseObject({ request_data_list: z.array(z.unknown()).min(1).max(MAX_PER_CALL) });

function registerAll(
  orders: readonly unknown[],
  register: (body: unknown) => ReturnType<typeof registerOrder>,
): StandInResponse {
  const processed: unknown[] = [];
  const errors: unknown[] = [];
  for (const order of orders) {
    const result = register(order);
    if ('id' in result) processed.push(toReceipt(result));
    else errors.push({ ...namedSchema.parse(order), ...result });
  }
  return ok({
    processed_count: processed.length,
    processed_data_list: processed,
    error_count: errors.length,
    error_data_list: errors,
  });
}

const namedSchema = z.object({ company_order_code: z.string() }).catch({ company_order_code: '' });

function reads(warehouse: Warehouse): Route[] {
  return [
    get('/v2/request/orders', 'lookup', ({ query }) => {
      // assumed: without codes, the orders of a request_shipping_dt are listed.
      const day = query.get('request_shipping_dt');
      if (day !== null) {
        const ofDay = warehouse.orders.filter(({ content }) => content.request_shipping_dt === day);
        return page(query, ofDay, toOrder);
      }
      // assumed: the codes are separated by commas.
      const codes = new Set((query.get('company_order_codes') ?? '').split(',').slice(0, MAX_PER_CALL));
      return page(
        query,
        [...codes].flatMap((code) => warehouse.byCode(code)),
        toOrder,
      );
    }),
    get('/v2/release/shipping_codes', 'releases', ({ query }) => {
      const orders = warehouse.byCode(query.get('company_order_code') ?? '');
      const day = query.get('request_shipping_dt');
      return page(
        query,
        orders
          .filter(({ content }) => content.request_shipping_dt === day)
          .flatMap((order) => toReleases(order, warehouse)),
        (release) => release,
      );
    }),
    get('/v2/release/recent_shipping_codes', 'shipments', ({ query }) => {
      const last = Number(query.get('last_history_id') ?? 0);
      const parcels = warehouse.parcelsOfDay(query.get('release_date') ?? '');
      return page(query, parcels.slice(parcels.findLastIndex(({ id }) => id <= last) + 1), toTracking);
    }),
  ];
}

function productReads(warehouse: Warehouse): Route[] {
  const products = () => [...warehouse.products.values()];
  return [
    get('/v2/product/sales_products', 'products', ({ query }) =>
      page(query, products(), ({ id, itemCode, name }) => ({
        sales_product_id: id,
        sales_product_code: itemCode,
        product_name: name,
      })),
    ),
    get('/v2/product/shipping_products', 'products', ({ query }) =>
      page(query, products(), ({ id, itemCode, name }) => ({
        shipping_product_id: id,
        product_code: itemCode,
        product_name: name,
      })),
    ),
    get('/v2/inventory/stocks', 'stock', ({ query }) => {
      const asked = [...query].filter(([name]) => name.startsWith('shipping_product_ids['));
      const ids = new Set(asked.slice(0, MAX_PER_CALL).map(([, id]) => Number(id)));
      return page(
        query,
        products().filter(({ id }) => ids.has(id)),
        toStock,
      );
    }),
  ];
}

function toStock({ id, onHand }: { id: number; onHand: number }) {
  return {
    shipping_product_id: id,
    total_stock: onHand,
    receiving_stock: 0,
    normal_stock: onHand,
    order_stock: 0,
    shipping_stock: 0,
    damaged_stock: 0,
    return_stock: 0,
  };
}

function toReceipt({ id, code }: WarehouseOrder) {
  return { order_id: id, order_code: `SB${String(id).padStart(10, '0')}`, company_order_code: code };
}

/** order_status: 3 출고요청, 7 출고완료, 9 출고취소. */
function toOrder(order: WarehouseOrder) {
  const order_status = { open: 3, shipped: 7, cancelled: 9 }[order.state];
  return { ...order.content, ...toReceipt(order), order_status };
}

/** What has left, and what is left; release_status: 1 출고요청, 7 출고완료, 9 출고취소. */
function toReleases(order: WarehouseOrder, warehouse: Warehouse) {
  const left = itemsLeft(order);
  const rest = left.length > 0 ? [{ items: left, status: order.state === 'cancelled' ? 9 : 1 }] : [];
  const releases = [...order.parcels.map(({ items }) => ({ items, status: 7 })), ...rest];
  return releases.map(({ items, status }, n) => ({
    ...toReceipt(order),
    release_id: releaseId(order, n),
    release_status: status,
    release_item_list: toItemList(items, warehouse),
  }));
}

/** Releases beyond the first are numbered apart, and never like another order's. */
function releaseId(order: WarehouseOrder, n: number): number {
  return order.id + n * 1_000_000;
}

function toItemList(items: NewOrder['items'], { products }: Warehouse) {
  return items.map(({ itemCode, quantity }) => ({
    shipping_product_id: products.get(itemCode)?.id,
    quantity,
  }));
}

function toTracking({ id, order, carrier, trackingNumber, at }: Parcel) {
  return {
    last_history_id: id,
    order_id: order.id,
    company_order_code: order.code,
    release_id: releaseId(
      order,
      order.parcels.findIndex((parcel) => parcel.id === id),
    ),
    delivery_agency_id: AGENCY_IDS[carrier],
    shipping_code: trackingNumber,
    create_dt: seoulDay(at),
  };
}

function ok(response: unknown): StandInResponse {
  return json(200, { code: CODES.ok, message: 'ok', response });
}

function page<Row>(
  query: URLSearchParams,
  rows: readonly Row[],
  toJson: (row: Row) => unknown,
): StandInResponse {
  const current = Math.max(1, Number(query.get('page') ?? 1));
  return ok({
    total_count: rows.length,
    total_page: Math.ceil(rows.length / PAGE_SIZE),
    current_page: current,
    data_list: rows.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE).map(toJson),
  });
}

function get(path: string, endpoint: string, handle: Route['handle']): Route {
  return { method: 'GET', path, endpoint, handle };
}

function post(path: string, endpoint: string, handle: Route['handle']): Route {
  return { method: 'POST', path, endpoint, handle };
}
