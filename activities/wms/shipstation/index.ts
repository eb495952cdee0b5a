import { z } from 'zod';
import { problemsOf } from '../../../domain/wms-order';
import { stopwatch } from '../../json-call';
import { jsonClient, judgeRefusal, partOf } from '../call';
import { cancelAndLook } from '../cancel';
import { carrierCodes, KOREAN_CARRIERS } from '../carrier-codes';
import { readRows, readShipmentPage, type ShipmentPage } from '../shipment-pages';
import type {
  CancelReply,
  CreateOptions,
  CreateOutcome,
  CreateReply,
  Permit,
  ShipmentsRead,
  Wms,
  WmsAdapter,
  WmsCapabilities,
  WmsOrder,
  WmsOrderListed,
  WmsShipment,
} from '../wms';
import {
  LIMITS,
  messageOf,
  orderSchema,
  ordersSchema,
  resultsSchema,
  type Shipment,
  type ShipStationOrder,
  shipmentSchema,
  shipmentsSchema,
  toFound,
  toRequest,
} from './format';
import { localReader, windowStart } from './time';
import { readWebhook } from './webhook';

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://ssapi.shipstation.com'),
  apiKey: z.string().min(1),
  apiSecret: z.string().min(1),
  /** assumed: ShipStation lists no Korean carriers; the account's own codes of them. */
  carrierCodes: carrierCodes(KOREAN_CARRIERS),
  /** assumed: a shipment is listed at the latest so long after its createDate; read again each time. */
  shipmentOverlapSeconds: z.int().min(1).default(60),
  /** Stands in the address given to ShipStation for its webhooks: …?secret=…; without it, none are taken. */
  webhookSecret: z.string().min(16).optional(),
});

const capabilities: WmsCapabilities = {
  onRepeat: 'same-order',
  lookup: { visibleAfterSeconds: 0 },
  ordersPerCall: 100,
  callsPerMinute: 40,
  stock: 'none',
  cancels: true,
  list: { visibleAfterSeconds: 0 },
  webhooks: true,
};

const PAGE_SIZE = 500;
/** Documented for a call whose content does not fit. */
const REFUSED_STATUS = 400;

/** ShipStation API v1: upserts by `orderKey`; a shipped or cancelled order is locked. */
export const shipStation: WmsAdapter = {
  name: 'shipstation',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(settings: z.infer<typeof settingsSchema>, permit: Permit): Wms {
  const basic = Buffer.from(`${settings.apiKey}:${settings.apiSecret}`).toString('base64');
  const { get, post } = jsonClient(settings.baseUrl, permit, () => ({ authorization: `Basic ${basic}` }));

  async function listOrders(
    query: Readonly<Record<string, string>>,
    timeoutMs?: number,
  ): Promise<ShipStationOrder[]> {
    const params = new URLSearchParams({ ...query, pageSize: String(PAGE_SIZE) });
    const orders: ShipStationOrder[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await get(`/orders?${params.toString()}&page=${page}`, ordersSchema, timeoutMs);
      pages = answer.pages;
      orders.push(...answer.orders);
    }
    return orders;
  }

  async function find(code: string, timeoutMs?: number): Promise<ShipStationOrder[]> {
    const found = await listOrders({ orderNumber: code }, timeoutMs);
    // The look-up is "starts with".
    return found.filter(({ orderKey }) => orderKey === code);
  }

  /** The oldest first: what comes in meanwhile moves no page. */
  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const query = { createDateStart: windowStart(from), sortBy: 'CreateDate', sortDir: 'ASC' };
    return (await listOrders(query)).map((order) => ({ code: order.orderKey, ...toFound(order) }));
  }

  async function create(orders: readonly WmsOrder[], options: CreateOptions): Promise<CreateReply[]> {
    const remaining = stopwatch(options.timeoutMs);
    const contents = orders.map(toRequest);
    const { result, exchange } = await post('/orders/createorders', contents, options);
    if (result.kind !== 'answered')
      return contents.map((content) => ({ outcome: result, exchange: partOf(exchange, content, undefined) }));
    const results = resultsSchema.safeParse(result.body).data?.results ?? [];
    const replies: CreateReply[] = [];
    for (const content of contents) {
      const own = results.find(({ orderKey }) => orderKey === content.orderKey);
      // A call refused as a whole is this order's refusal only if it was the only one.
      const wholeCall =
        result.status === REFUSED_STATUS && orders.length === 1 ? messageOf(result.body) : undefined;
      const refusal = own?.success === false ? (own.errorMessage ?? 'refused without a reason') : wholeCall;
      let outcome: CreateOutcome = { kind: 'unknown', reason: 'the answer does not speak of this order' };
      if (own?.success && own.orderId !== null) outcome = { kind: 'done', reference: String(own.orderId) };
      else if (refusal !== undefined)
        outcome = await judgeRefusal(
          refusal,
          find(content.orderKey, remaining()).then((found) => found.length > 0),
        );
      replies.push({ outcome, exchange: partOf(exchange, content, own) });
    }
    return replies;
  }

  /** Marked as cancelled, not deleted: a late request with the same key is then refused, not created anew. */
  async function cancel(code: string, reference: string, options: CreateOptions): Promise<CancelReply> {
    let order: ShipStationOrder | undefined;
    const look = async (timeoutMs: number) => {
      order = await get(`/orders/${reference}`, orderSchema, timeoutMs);
      return toFound(order);
    };
    const ask = (left: CreateOptions) =>
      post('/orders/createorder', { ...order, orderKey: code, orderStatus: 'cancelled' }, left);
    return cancelAndLook({ look, ask }, options);
  }

  /** The oldest first, by their createDate. */
  function shipmentsSince(cursor: string | Date): Promise<ShipmentsRead> {
    return readShipmentPage(cursor, settings.shipmentOverlapSeconds, (from, page) =>
      readPage({ createDateStart: windowStart(from), sortBy: 'CreateDate', sortDir: 'ASC' }, page),
    );
  }

  async function readPage(given: Readonly<Record<string, string>>, at: string | null): Promise<ShipmentPage> {
    const page = at ?? '1';
    const paging = { includeShipmentItems: 'true', pageSize: String(PAGE_SIZE), page };
    const query = new URLSearchParams({ ...given, ...paging });
    const answer = await get(`/shipments?${query.toString()}`, shipmentsSchema);
    const readTime = localReader();
    const { rows, unreadable } = readRows(answer.shipments, shipmentSchema, 'shipmentId');
    const parcels = rows.filter(({ voided, isReturnLabel }) => !voided && !isReturnLabel);
    return {
      shipments: parcels.map((row) => toShipment(row, readTime(row.createDate))),
      unreadable,
      seen: rows.map(({ createDate }) => readTime(createDate)),
      next: Number(page) < answer.pages ? String(Number(page) + 1) : null,
    };
  }

  function toShipment(row: Shipment, shippedAt: Date): WmsShipment {
    return {
      shipmentId: String(row.shipmentId),
      code: row.orderKey ?? '',
      carrier: settings.carrierCodes[row.carrierCode] ?? { other: row.carrierCode },
      trackingNumber: row.trackingNumber,
      shippedAt,
      items: row.shipmentItems.map(({ sku, quantity }) => ({ itemCode: sku, quantity })),
    };
  }

  const lookup = async (code: string) => (await find(code)).map(toFound);
  const webhook: Wms['webhook'] = (request) =>
    readWebhook(request, settings.webhookSecret, async (query) => {
      const shipments: WmsShipment[] = [];
      // What cannot be read is found, and told of, by polling.
      for (let next: string | null = '1'; next !== null; ) {
        const page: ShipmentPage = await readPage(Object.fromEntries(query), next);
        shipments.push(...page.shipments);
        next = page.next;
      }
      return shipments;
    });
  const stock = () => Promise.resolve([]);
  return { capabilities, create, lookup, ordersSince, cancel, shipmentsSince, stock, webhook };
}
