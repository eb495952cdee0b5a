import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';
import { problemsOf } from '../../../domain/wms-order';
import { eachOnce, jsonClient } from '../call';
import type { Permit, Wms, WmsAdapter, WmsCapabilities, WmsOrderFound, WmsOrderListed } from '../wms';
import { cancelOrder } from './cancel';
import { createOrders } from './create';
import {
  type FulfillmentOrder,
  LIMITS,
  orderSchema,
  readPages,
  seoulDay,
  seoulDays,
  signatureHeaders,
  toState,
} from './format';
import { FulfillmentProducts } from './products';
import { shipmentsSince } from './shipments';

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://napi.sbfulfillment.co.kr'),
  environment: z.enum(['live', 'sandbox']).default('live'),
  companyCode: z.string().min(1),
  accessKey: z.string().min(1),
  secretKey: z.string().min(1),
  /** 1 parcel 택배, 2 direct 직송, 3 before dawn 새벽배송, 4 same day 당일배송. */
  shippingMethodId: z.int().min(1).max(4).default(1),
  /** assumed: a release gets its tracking number at the latest so many days after its release_date. */
  lookBackDays: z.int().min(0).max(31).default(7),
  /** By delivery_agency_id. */
  carrierCodes: z
    .record(z.string(), z.enum(CARRIERS))
    .default({ 1: 'lotte', 2: 'hanjin', 3: 'logen', 4: 'cj', 5: 'post' }),
});

const capabilities: WmsCapabilities = {
  onRepeat: 'refused',
  lookup: { visibleAfterSeconds: 0 },
  ordersPerCall: 100,
  // assumed: the guide keeps the right to limit calls, but names no number.
  callsPerMinute: 6_000,
  stock: 'on-hand',
  cancels: true,
  list: { visibleAfterSeconds: 0 },
  webhooks: false,
};

const CODES_PER_CALL = 100;

/**
 * Sabangnet Fulfillment 사방넷 풀필먼트 API 2.0 (its public developer guide, ver2). It refuses a
 * company_order_code that it has, unless all that order's releases were cancelled.
 */
export const sabangnetFulfillment: WmsAdapter = {
  name: 'sabangnet-fulfillment',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(
  { baseUrl, shippingMethodId, lookBackDays, carrierCodes, ...account }: z.infer<typeof settingsSchema>,
  permit: Permit,
): Wms {
  const { get, post } = jsonClient(baseUrl, permit, () => signatureHeaders(account));
  const products = new FulfillmentProducts(get);

  async function findOrders(codes: readonly string[], timeoutMs?: number): Promise<FulfillmentOrder[]> {
    const found: FulfillmentOrder[] = [];
    for (let first = 0; first < codes.length; first += CODES_PER_CALL) {
      const asked = codes.slice(first, first + CODES_PER_CALL);
      const query = { company_order_codes: asked.join(',') };
      const rows = await readPages(get, '/v2/request/orders', query, orderSchema, timeoutMs);
      found.push(...rows.filter((row) => asked.includes(row.company_order_code)));
    }
    return found;
  }

  /**
   * By the day for which they were requested, which is the day on which they were sent.
   * assumed: the list of orders takes `request_shipping_dt`, as the guide says of the releases'.
   */
  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const listed: WmsOrderListed[] = [];
    for (const request_shipping_dt of seoulDays(seoulDay(from), seoulDay(new Date()))) {
      const rows = await readPages(get, '/v2/request/orders', { request_shipping_dt }, orderSchema);
      listed.push(...rows.map((order) => ({ code: order.company_order_code, ...toFound(order) })));
    }
    return eachOnce(listed);
  }

  const calls = { get, post, products, findOrders, shippingMethodId, lookBackDays, carrierCodes };
  return {
    capabilities,
    create: (orders, options) => createOrders(calls, orders, options),
    lookup: async (code) => (await findOrders([code])).map(toFound),
    ordersSince,
    cancel: (code, reference, options) => cancelOrder(calls, code, reference, options),
    shipmentsSince: (cursor) => shipmentsSince(calls, cursor),
    stock: () => products.stock(),
  };
}

function toFound(order: FulfillmentOrder): WmsOrderFound {
  return { reference: String(order.order_id), state: toState(order) };
}
