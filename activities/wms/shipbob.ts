import { z } from 'zod';
import { CARRIERS } from '../../domain/carrier';
import { problemsOf, type WmsLimits } from '../../domain/wms-order';
import { stopwatch, type WriteReply } from '../json-call';
import { jsonClient, judgeRefusal, orderNumbersText } from './call';
import { cancelAndLook, withReference } from './cancel';
import { readRows, readShipmentPage } from './shipment-pages';
import { isSigned, SECRET } from './standard-webhooks';
import { headerOf, jsonOf } from './webhook';
import type {
  CreateOptions,
  CreateOutcome,
  CreateReply,
  Permit,
  ShipmentsRead,
  WebhookReading,
  WebhookRequest,
  Wms,
  WmsAdapter,
  WmsCapabilities,
  WmsOrder,
  WmsOrderFound,
  WmsOrderListed,
  WmsShipment,
} from './wms';

/** The wire format of the ShipBob API (developer.shipbob.com). */

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://api.shipbob.com'),
  apiVersion: z.string().min(1).default('2026-07'),
  /** A personal access token, with orders_read, orders_write and inventory_read. */
  token: z.string().min(1),
  /** The channel in which the orders are made; reference ids are unique within it. */
  channelId: z.int(),
  /** As the account's ship option mapping names it. */
  shippingMethod: z.string().min(1).default('Standard'),
  /** assumed: ShipBob lists no Korean carriers; its names of them. */
  carrierCodes: z.record(z.string(), z.enum(CARRIERS)).default({
    'CJ Logistics': 'cj',
    Hanjin: 'hanjin',
    'Lotte Global Logistics': 'lotte',
    Logen: 'logen',
    'Korea Post': 'post',
  }),
  /** assumed: an order is listed at the latest so long after its last_update_at; read again each time. */
  shipmentOverlapSeconds: z.int().min(1).default(60),
  /** Of the webhook subscription; without it, none are taken. */
  webhookSecret: z.string().regex(SECRET).optional(),
});
type Settings = z.infer<typeof settingsSchema>;

const capabilities: WmsCapabilities = {
  onRepeat: 'refused',
  // assumed: the documents do not say how soon an order is listed.
  lookup: { visibleAfterSeconds: 10 },
  ordersPerCall: 1,
  callsPerMinute: 150,
  stock: 'on-hand',
  cancels: true,
  webhooks: true,
  list: { visibleAfterSeconds: 10 },
};

const PAGE_SIZE = 250;
/** The topics that tell of an order's shipments; others speak of one shipment, of returns or of bills. */
const ORDER_TOPICS: readonly string[] = ['order.shipped', 'order.delivered'];
/** Documented as the client's own mistakes. Anything else below 500 has been said by nobody we know. */
const REFUSALS = [400, 404, 422];

const shipmentSchema = z.object({
  id: z.int(),
  status: z.string(),
  last_update_at: z.iso.datetime({ offset: true }),
  actual_fulfillment_date: z.iso.datetime({ offset: true }).nullish(),
  tracking: z.object({ carrier: z.string().nullish(), tracking_number: z.string().nullish() }).nullish(),
  products: z.array(
    z.object({
      reference_id: z.string(),
      // assumed: a product of ours is one inventory item; its quantity is that of the product.
      inventory_items: z.array(z.object({ quantity: z.int() })),
    }),
  ),
});
const orderSchema = z.object({
  id: z.int(),
  reference_id: z.string(),
  status: z.string(),
  shipments: z.array(shipmentSchema),
});
type Order = z.infer<typeof orderSchema>;

/** Somebody else's order may have no reference id. */
const listedSchema = orderSchema.omit({ shipments: true }).extend({ reference_id: z.string().nullish() });
const createdSchema = orderSchema.pick({ id: true, reference_id: true });
const levelsSchema = z.object({
  items: z.array(z.object({ sku: z.string().nullable(), total_on_hand_quantity: z.int() })),
  next: z.string().nullish(),
});

/** assumed: of all but the order numbers, which are cut to this. */
const LIMITS: WmsLimits = { name: 100, address: 300, deliveryMessage: 1_000, orderNumbers: 400 };

/** ShipBob: refuses a reference id that its channel has had before, for ever. */
export const shipBob: WmsAdapter = {
  name: 'shipbob',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(settings: Settings, permit: Permit): Wms {
  const { get, post } = jsonClient(settings.baseUrl, permit, () => ({
    authorization: `Bearer ${settings.token}`,
    shipbob_channel_id: String(settings.channelId),
  }));
  const path = (rest: string) => `/${settings.apiVersion}/${rest}`;

  async function find(code: string, timeoutMs?: number): Promise<WmsOrderFound[]> {
    const query = new URLSearchParams({ ReferenceIds: code, Limit: String(PAGE_SIZE) });
    const orders = await get(path(`order?${query.toString()}`), z.array(orderSchema), timeoutMs);
    return orders.filter(({ reference_id }) => reference_id === code).map(toFound);
  }

  /** The oldest first: what comes in meanwhile moves no page. */
  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const since = { StartDate: from.toISOString(), SortOrder: 'Oldest', Limit: String(PAGE_SIZE) };
    const listed: WmsOrderListed[] = [];
    for (let page = 1, more = true; more; page += 1) {
      const query = new URLSearchParams({ ...since, Page: String(page) });
      const orders = await get(path(`order?${query.toString()}`), z.array(listedSchema));
      listed.push(...orders.map((order) => ({ code: order.reference_id ?? '', ...toFound(order) })));
      more = orders.length === PAGE_SIZE;
    }
    return listed;
  }

  /** Several are never given: `ordersPerCall` is 1. */
  async function create(orders: readonly WmsOrder[], options: CreateOptions): Promise<CreateReply[]> {
    const remaining = stopwatch(options.timeoutMs);
    return Promise.all(
      orders.map(async (order) => {
        const { result, exchange } = await post(path('order'), toRequest(order, settings), options);
        const isKnown = async () => (await find(order.code, remaining())).length > 0;
        return { outcome: await judge(result, order, isKnown), exchange };
      }),
    );
  }

  /** By their last_update_at, but in the order of their creation. */
  function shipmentsSince(cursor: string | Date): Promise<ShipmentsRead> {
    return readShipmentPage(cursor, settings.shipmentOverlapSeconds, async (from, at) => {
      const page = Number(at ?? 1);
      const query = new URLSearchParams({
        HasTracking: 'true',
        LastUpdateStartDate: from.toISOString(),
        SortOrder: 'Oldest',
        Limit: String(PAGE_SIZE),
        Page: String(page),
      });
      const listed = await get(path(`order?${query.toString()}`), z.array(z.unknown()));
      const { rows, unreadable } = readRows(listed, orderSchema, 'id');
      return {
        shipments: rows.flatMap((order) => toShipments(order, settings)),
        unreadable,
        seen: rows.flatMap(({ shipments }) => shipments.map((each) => new Date(each.last_update_at))),
        next: listed.length === PAGE_SIZE ? String(page + 1) : null,
      };
    });
  }

  /** Inventory that ShipBob made up itself has no SKU, and is none of ours. */
  async function stock() {
    const levels = [];
    for (let next: string | null = path(`inventory-level?PageSize=${PAGE_SIZE}`); next !== null; ) {
      const page: z.infer<typeof levelsSchema> = await get(next, levelsSchema);
      for (const { sku, total_on_hand_quantity } of page.items)
        if (sku !== null) levels.push({ itemCode: sku, quantity: total_on_hand_quantity });
      next = page.next ? pathOf(page.next, settings.baseUrl) : null;
    }
    return levels;
  }

  return {
    capabilities,
    create,
    lookup: (code) => find(code),
    ordersSince,
    cancel: (code, reference, options) =>
      cancelAndLook(
        {
          look: async (timeoutMs) => withReference(await find(code, timeoutMs), reference),
          ask: (left) => post(path(`order/${reference}:cancel`), {}, left),
        },
        options,
      ),
    shipmentsSince,
    stock,
    webhook: async (request) => readWebhook(request, settings),
  };
}

/** Signed as Standard Webhooks are. assumed: the body of these topics is the order as it is listed. */
function readWebhook(request: WebhookRequest, settings: Settings): WebhookReading {
  const secret = settings.webhookSecret;
  if (secret === undefined || !isSigned(request, secret)) return { kind: 'unsigned' };
  if (!ORDER_TOPICS.includes(headerOf(request, 'x-webhook-topic') ?? ''))
    return { kind: 'shipments', shipments: [] };
  const order = orderSchema.safeParse(jsonOf(request));
  if (!order.success) return { kind: 'unreadable', reason: z.prettifyError(order.error) };
  return { kind: 'shipments', shipments: toShipments(order.data, settings) };
}

async function judge(
  result: WriteReply['result'],
  { code }: WmsOrder,
  isKnown: () => Promise<boolean>,
): Promise<CreateOutcome> {
  if (result.kind !== 'answered') return result;
  const { status, body } = result;
  const created = createdSchema.safeParse(body).data;
  if (status < 300 && created?.reference_id === code) return { kind: 'done', reference: String(created.id) };
  if (!REFUSALS.includes(status)) return { kind: 'unknown', reason: `HTTP ${status}, not understood` };
  const reason = reasonOf(body);
  // The words are not documented; where they are others, whether the order is known says what they mean.
  return /existing ReferenceId/i.test(reason)
    ? { kind: 'duplicate', reason }
    : judgeRefusal(reason, isKnown());
}

/** A problem by field, as ASP.NET writes it: `{"": ["…"], "Recipient.Name": ["…"]}`. */
function reasonOf(body: unknown): string {
  const fields = z.record(z.string(), z.array(z.string())).safeParse(body).data ?? {};
  const said = Object.entries(fields).map(([field, words]) => `${field} ${words.join(', ')}`.trim());
  return said.join('; ') || 'refused without a reason';
}

function toRequest(order: WmsOrder, { shippingMethod }: Settings) {
  const { recipient, code } = order;
  const notes = { 'delivery message': recipient.deliveryMessage, 'second phone': recipient.phone2 };
  return {
    reference_id: code,
    order_number: orderNumbersText(order, 400),
    type: 'DTC',
    shipping_method: shippingMethod,
    purchase_date: order.orderedAt.toISOString(),
    sales_channel: order.channel,
    recipient: {
      name: recipient.name,
      phone_number: recipient.phone,
      address: {
        address1: recipient.address,
        // assumed: a city is required; a Korean address begins with it.
        city: recipient.address.split(' ', 1)[0],
        zip_code: recipient.postcode,
        country: 'KR',
      },
    },
    products: order.items.map(({ itemCode, name, quantity }) => ({ reference_id: itemCode, name, quantity })),
    // assumed: the warehouse is shown an order's tags.
    tags: Object.entries(notes).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
  };
}

function toFound({ id, status }: Pick<Order, 'id' | 'status'>): WmsOrderFound {
  const reference = String(id);
  if (status === 'Cancelled') return { reference, state: 'cancelled' };
  const hasLeft = status === 'Fulfilled' || status === 'PartiallyFulfilled';
  return { reference, state: hasLeft ? 'shipped' : 'open' };
}

/** assumed: a shipment has left once it is Completed; before that, its label may only have been printed. */
function toShipments({ reference_id, shipments }: Order, { carrierCodes }: Settings): WmsShipment[] {
  return shipments.flatMap(({ id, status, tracking, products, ...times }) => {
    if (status !== 'Completed' || !tracking?.tracking_number) return [];
    const name = tracking.carrier ?? 'a carrier without a name';
    return {
      shipmentId: String(id),
      code: reference_id,
      carrier: carrierCodes[name] ?? { other: name },
      trackingNumber: tracking.tracking_number,
      shippedAt: new Date(times.actual_fulfillment_date ?? times.last_update_at),
      items: products.map((product) => ({
        itemCode: product.reference_id,
        quantity: product.inventory_items[0]?.quantity ?? 0,
      })),
    };
  });
}

/** The address of the next page, on our own server whatever host it names: the token goes along. */
function pathOf(address: string, baseUrl: string): string {
  const { pathname, search } = new URL(address, baseUrl);
  return pathname + search;
}
