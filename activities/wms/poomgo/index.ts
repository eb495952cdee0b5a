import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';
import { problemsOf, type WmsLimits } from '../../../domain/wms-order';
import { orUnavailable, stopwatch } from '../../json-call';
import { asNotReceived, OutsideUnavailable } from '../../outcome';
import { eachOnce, unsent } from '../call';
import type {
  CancelOutcome,
  CancelReply,
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
import { poomgoClient } from './client';
import {
  createdSchema,
  deletedSchema,
  GONE,
  orderSchema,
  REFUSED_STATUS,
  refusalSchema,
  toFound,
  toRequest,
} from './format';
import { PoomgoResources } from './resources';
import { PoomgoShipments, utcDay } from './shipments';

const HOUR_SECONDS = 3_600;
const DAY_MS = 24 * HOUR_SECONDS * 1_000;

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://api.poomgo.com/open-api'),
  apiKey: z.string().min(1),
  /** 판매처 계정 고유 번호: the seller's account that orders are filed under. */
  channelAccountId: z.int(),
  /**
   * assumed: the staff have taken in every order after so long; a weekend and a holiday are in it. Whoever
   * knows better for his warehouse says so: an unknown outcome stays open as long.
   */
  takenInWithinSeconds: z
    .int()
    .min(0)
    .default(96 * HOUR_SECONDS),
  /** By logisticsPartnerName. assumed: all but CJ's, which is in the guide. */
  carrierCodes: z.record(z.string(), z.enum(CARRIERS)).default({
    CJ대한통운: 'cj',
    한진택배: 'hanjin',
    롯데택배: 'lotte',
    로젠택배: 'logen',
    우체국택배: 'post',
  }),
  /** assumed: a parcel is listed at the latest so long after its closedAt; read again each time. */
  shipmentOverlapSeconds: z.int().min(1).default(60),
});

const TAKEN_IN = { visibleAfterSeconds: 96 * HOUR_SECONDS };

const capabilities: WmsCapabilities = {
  onRepeat: 'not-promised',
  lookup: TAKEN_IN,
  // There is a call for several (`temp-orders`), but what it answers is not documented.
  ordersPerCall: 1,
  // assumed: no limit is documented.
  callsPerMinute: 300,
  stock: 'on-hand',
  cancels: true,
  webhooks: false,
  list: TAKEN_IN,
};

/** assumed: of all but the order numbers, which are cut to this. */
const LIMITS: WmsLimits = { name: 50, address: 300, deliveryMessage: 300, orderNumbers: 500 };

/**
 * Poomgo 품고 (its public open API guide). What is sent becomes a temporary order 임시 주문서; only when the
 * staff take it in (접수) is it an order, which can be found and no longer be deleted.
 */
export const poomgo: WmsAdapter = {
  name: 'poomgo',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(settings: z.infer<typeof settingsSchema>, permit: Permit): Wms {
  const client = poomgoClient(settings.baseUrl, settings.apiKey, permit);
  const resources = new PoomgoResources(client);
  const shipments = new PoomgoShipments(client, settings);
  const visible = { visibleAfterSeconds: settings.takenInWithinSeconds };

  async function createOne(order: WmsOrder, options: CreateOptions): Promise<CreateReply> {
    const remaining = stopwatch(options.timeoutMs);
    const itemCodes = order.items.map(({ itemCode }) => itemCode);
    const ids = await orUnavailable(resources.ids(itemCodes, remaining()));
    if (ids instanceof OutsideUnavailable) return unsent(order, asNotReceived(ids));
    const missing = itemCodes.find((code) => !ids.has(code));
    if (missing !== undefined)
      return unsent(order, { kind: 'refused', reason: `the WMS has no resource ${missing}` });
    const request = toRequest(order, ids, settings.channelAccountId);
    const { result, exchange } = await client.put('/oms/temp-order', request, {
      ...options,
      timeoutMs: remaining(),
    });
    return { outcome: result.kind === 'answered' ? judgeCreation(result) : result, exchange };
  }

  async function lookup(code: string, timeoutMs?: number): Promise<WmsOrderFound[]> {
    const rows = await client.rows('/oms/orders', { orderCode: code }, orderSchema, timeoutMs);
    return eachOnce(rows.map(toListed))
      .filter((order) => order.code === code)
      .map(({ reference, state }) => ({ reference, state }));
  }

  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const days = { createdAtFrom: utcDay(from.getTime()), createdAtTo: utcDay(Date.now() + DAY_MS) };
    const rows = await client.rows('/oms/orders', days, orderSchema);
    return eachOnce(rows.map(toListed));
  }

  /** A temporary order can be deleted; one that the staff have taken in only they can stop. */
  async function cancel(code: string, reference: string, options: CreateOptions): Promise<CancelReply> {
    const remaining = stopwatch(options.timeoutMs);
    const isTemporary = /^\d+$/.test(reference);
    if (!isTemporary) {
      const exchange = { request: `POST /oms/orders\n\n${code}`, response: null, status: null };
      return { outcome: judgeTakenIn(await orUnavailable(lookup(code, remaining()))), exchange };
    }
    const { result, exchange } = await client.remove(`/oms/temp-order/${reference}`, options);
    if (result.kind !== 'answered') return { outcome: result, exchange };
    if (result.status < 300 && deletedSchema.safeParse(result.body).success)
      return { outcome: { kind: 'cancelled' }, exchange };
    const reason = refusalSchema.safeParse(result.body).data?.message ?? 'the answer is not understood';
    if (!reason.includes(GONE)) return { outcome: { kind: 'unknown', reason }, exchange };
    const found = await orUnavailable(lookup(code, remaining()));
    // Gone, and not taken in: it was deleted. assumed: what is taken in is listed from that moment on.
    const isDeleted = !(found instanceof OutsideUnavailable) && found.length === 0;
    return { outcome: isDeleted ? { kind: 'cancelled' } : judgeTakenIn(found), exchange };
  }

  return {
    capabilities: { ...capabilities, lookup: visible, list: visible },
    create: (orders, options) => Promise.all(orders.map((order) => createOne(order, options))),
    lookup,
    ordersSince,
    cancel,
    shipmentsSince: (cursor) => shipments.since(cursor),
    stock: () => resources.stock(),
  };
}

function judgeCreation({ status, body }: { status: number; body: unknown }): CreateOutcome {
  const created = status < 300 ? createdSchema.safeParse(body).data : undefined;
  if (created) return { kind: 'done', reference: String(created.id) };
  const reason = refusalSchema.safeParse(body).data?.message;
  if (status === REFUSED_STATUS && reason !== undefined) return { kind: 'refused', reason };
  return { kind: 'unknown', reason: `HTTP ${status}: ${reason ?? 'the answer is not understood'}` };
}

function toListed(order: z.infer<typeof orderSchema>): WmsOrderListed {
  return { code: order.orderCode, ...toFound(order) };
}

function judgeTakenIn(found: WmsOrderFound[] | OutsideUnavailable): CancelOutcome {
  if (found instanceof OutsideUnavailable) return { kind: 'unknown', reason: found.message };
  if (found.length === 0) return { kind: 'unknown', reason: 'the WMS does not list it any more' };
  const hasShipped = found.some(({ state }) => state === 'shipped');
  return {
    kind: 'too-late',
    reason: hasShipped ? 'the order has shipped' : 'the staff have taken it in, and only they can stop it',
  };
}
