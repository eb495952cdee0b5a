import { z } from 'zod';
import { problemsOf, type WmsLimits } from '../../../domain/wms-order';
import { stopwatch } from '../../json-call';
import { judgeRefusal } from '../call';
import { cancelAndLook, withReference } from '../cancel';
import { carrierCodes, KOREAN_CARRIERS } from '../carrier-codes';
import type {
  CreateOptions,
  CreateOutcome,
  CreateReply,
  Permit,
  Wms,
  WmsAdapter,
  WmsCapabilities,
  WmsOrder,
  WmsOrderFound,
  WmsOrderListed,
} from '../wms';
import {
  createdSchema,
  MAX_ITEMS,
  ORDER_CANCEL,
  ORDER_CREATE,
  ORDERS,
  ORDERS_SINCE,
  orderSchema,
  STOCK,
  stockSchema,
  toFound,
  toRequest,
} from './format';
import { type Mutated, ShipHeroApi } from './graphql';
import { shipmentsOf, shipmentsSince } from './shipments';
import { readWebhook } from './webhook';

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://public-api.shiphero.com'),
  refreshToken: z.string().min(1),
  /** The store under which the account shows our orders. */
  shopName: z.string().min(1).default('boosta'),
  shippingMethod: z.string().min(1).default('Standard'),
  /** Whose stock is read; left out: all warehouses' together. */
  warehouseId: z.string().min(1).optional(),
  /** assumed: ShipHero lists no Korean carriers; the account's own names of them. */
  carrierCodes: carrierCodes(KOREAN_CARRIERS),
  /** assumed: a shipment is listed at the latest so long after its created_date; read again each time. */
  shipmentOverlapSeconds: z.int().min(1).default(60),
  /** That `webhook_create` answered with; without it, none are taken. */
  webhookSecret: z.string().min(16).optional(),
});

const capabilities: WmsCapabilities = {
  // Nothing is documented of a repeated order_number.
  onRepeat: 'not-promised',
  // assumed: the documents do not say how soon an order is listed.
  lookup: { visibleAfterSeconds: 10 },
  ordersPerCall: 1,
  // assumed: a mutation costs 10 credits, of which 60 come back each second.
  callsPerMinute: 300,
  stock: 'on-hand',
  cancels: true,
  webhooks: true,
  list: { visibleAfterSeconds: 10 },
};

/** assumed: of all but the order numbers, which are cut to this. */
const LIMITS: WmsLimits = { name: 100, address: 300, deliveryMessage: 1_000, orderNumbers: 100 };

/** ShipHero's public API: GraphQL, exact look-up by order_number, nothing promised of one sent twice. */
export const shipHero: WmsAdapter = {
  name: 'shiphero',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(settings: z.infer<typeof settingsSchema>, permit: Permit): Wms {
  const api = new ShipHeroApi(settings, permit);

  async function find(code: string, timeoutMs?: number): Promise<WmsOrderFound[]> {
    const orders = await api.nodes(ORDERS, 'orders', { order_number: code }, orderSchema, timeoutMs);
    return orders.filter(({ order_number }) => order_number === code).map(toFound);
  }

  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const variables = { updated_from: from.toISOString() };
    const orders = await api.nodes(ORDERS_SINCE, 'orders', variables, orderSchema);
    return orders.map((order) => ({ code: order.order_number, ...toFound(order) }));
  }

  async function createOne(order: WmsOrder, options: CreateOptions): Promise<CreateReply> {
    const remaining = stopwatch(options.timeoutMs);
    const data = toRequest(order, settings);
    if (order.items.length > MAX_ITEMS)
      return {
        outcome: { kind: 'refused', reason: `more than ${MAX_ITEMS} items in one order` },
        exchange: { request: `not sent\n\n${JSON.stringify(data)}`, response: null, status: null },
      };
    const { result, exchange } = await api.mutate(ORDER_CREATE, { data }, options);
    const isKnown = async () => (await find(order.code, remaining())).length > 0;
    return { outcome: await judge(result, order, isKnown), exchange };
  }

  async function stock() {
    const variables = { warehouse_id: settings.warehouseId ?? null };
    const levels = new Map<string, number>();
    for (const { on_hand, product } of await api.nodes(STOCK, 'warehouse_products', variables, stockSchema))
      levels.set(product.sku, (levels.get(product.sku) ?? 0) + on_hand);
    return [...levels].map(([itemCode, quantity]) => ({ itemCode, quantity }));
  }

  return {
    capabilities,
    /** Several are never given: `ordersPerCall` is 1. */
    create: (orders, options) => Promise.all(orders.map((order) => createOne(order, options))),
    lookup: (code) => find(code),
    ordersSince,
    cancel: (code, reference, options) =>
      cancelAndLook(
        {
          look: async (timeoutMs) => withReference(await find(code, timeoutMs), reference),
          ask: (left) =>
            api.mutate(
              ORDER_CANCEL,
              { data: { order_id: reference, reason: 'cancelled by the customer' } },
              left,
            ),
        },
        options,
      ),
    shipmentsSince: (cursor) => shipmentsSince(api, settings, cursor),
    stock,
    webhook: (request) =>
      readWebhook(request, settings.webhookSecret, (id) => shipmentsOf(api, settings, id)),
  };
}

async function judge(
  result: Mutated,
  { code }: WmsOrder,
  isKnown: () => Promise<boolean>,
): Promise<CreateOutcome> {
  if (result.kind === 'refused') return judgeRefusal(result.reason, isKnown());
  if (result.kind !== 'data') return result;
  const order = createdSchema.safeParse(result.data).data?.order_create.order;
  if (order?.order_number === code) return { kind: 'done', reference: order.id };
  return { kind: 'unknown', reason: 'the answer does not speak of this order' };
}
