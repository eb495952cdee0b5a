import { z } from 'zod';
import { CARRIERS } from '../../../domain/carrier';
import { seoulDay } from '../../../domain/seoul';
import { problemsOf, type WmsLimits } from '../../../domain/wms-order';
import { type JsonAnswer } from '../../json-call';
import { eachOnce, notOffered } from '../call';
import { cancelAndLook, withReference } from '../cancel';
import type {
  CancelReply,
  CreateOptions,
  CreateOutcome,
  CreateReply,
  Permit,
  Wms,
  WmsAdapter,
  WmsCapabilities,
  WmsOrder,
  WmsOrderListed,
  WmsStockLevel,
} from '../wms';
import { errorOf, FasstoClient } from './client';
import {
  DECLINED,
  DONE,
  deliverySchema,
  goodsSchema,
  resultsSchema,
  stockSchema,
  toFound,
  toRequest,
} from './format';
import { shipmentsSince } from './shipments';

const settingsSchema = z.strictObject({
  baseUrl: z.url().default('https://fmsapi.fassto.ai'),
  apiCd: z.string().min(1),
  apiKey: z.string().min(1),
  /** 고객사 코드. */
  cstCd: z.string().regex(/^\w+$/),
  /** By parcelNm. assumed: its guide lists no names. */
  carrierCodes: z.record(z.string(), z.enum(CARRIERS)).default({
    CJ대한통운: 'cj',
    한진택배: 'hanjin',
    롯데택배: 'lotte',
    로젠택배: 'logen',
    우체국택배: 'post',
  }),
  /** assumed: a parcel is listed at the latest so many days after the day it left. */
  lookBackDays: z.int().min(0).max(31).default(3),
});

const capabilities: WmsCapabilities = {
  // Nothing is documented of a repeated ordNo.
  onRepeat: 'not-promised',
  // Its list takes an ordNo; whether exactly, and beyond its days, is not documented.
  lookup: 'none',
  // It takes several, but an answer that is lost would leave a person to ask about all of them.
  ordersPerCall: 1,
  // assumed: no limit is documented.
  callsPerMinute: 300,
  // Whether stockQty, what is on hand, counts damaged pieces is not documented.
  stock: 'available',
  cancels: true,
  webhooks: false,
  // assumed: an order is listed as soon as it is made, under the day of its ordDt.
  list: { visibleAfterSeconds: 0 },
};

const DAY_MS = 24 * 3_600_000;

/** assumed: of all but the order numbers, which are cut to this. */
const LIMITS: WmsLimits = { name: 50, address: 300, deliveryMessage: 300, orderNumbers: 500 };

/** FASSTO 파스토 open API V1. It promises nothing of an order that is sent twice, and finds none by our key. */
export const fassto: WmsAdapter = {
  name: 'fassto',
  capabilities,
  preview: (order) => problemsOf(order, LIMITS),
  connect: (settings, permit) => connect(settingsSchema.parse(settings), permit),
};

function connect(
  { baseUrl, apiCd, apiKey, ...settings }: z.infer<typeof settingsSchema>,
  permit: Permit,
): Wms {
  const { cstCd } = settings;
  const client = new FasstoClient({ baseUrl, apiCd, apiKey }, permit);

  async function createOne(order: WmsOrder, options: CreateOptions): Promise<CreateReply> {
    const { result, exchange } = await client.send(
      'POST',
      `/api/v1/delivery/parcel/${cstCd}`,
      [toRequest(order)],
      options,
    );
    return { outcome: result.kind === 'answered' ? judgeCreation(result, order.code) : result, exchange };
  }

  /** A day at a time: how many days it gives at once is not documented. */
  async function ordersSince(from: Date): Promise<WmsOrderListed[]> {
    const today = seoulDay(new Date());
    const listed: WmsOrderListed[] = [];
    for (let at = from.getTime(); seoulDay(new Date(at)) <= today; at += DAY_MS) {
      const day = seoulDay(new Date(at));
      const rows = await client.list(`/api/v1/delivery/${cstCd}/${day}/${day}/ALL/1`, deliverySchema);
      listed.push(...rows.map((row) => ({ code: row.ordNo, ...toFound(row) })));
    }
    return eachOnce(listed);
  }

  /** Its list by the slip's number shows what was cancelled, too. */
  function cancel(code: string, reference: string, options: CreateOptions): Promise<CancelReply> {
    const path = `/api/v1/delivery/detail/${cstCd}/${reference}`;
    const look = async (timeoutMs: number) => {
      const rows = await client.list(path, deliverySchema, timeoutMs);
      return withReference(rows.filter(({ ordNo }) => ordNo === code).map(toFound), reference);
    };
    const request = [{ slipNo: reference, ordNo: code }];
    const ask = (left: CreateOptions) =>
      client.send('PATCH', `/api/v1/delivery/cancel/${cstCd}`, request, left);
    return cancelAndLook({ look, ask }, options);
  }

  async function stock(): Promise<WmsStockLevel[]> {
    const goods = await client.list(`/api/v1/goods/${cstCd}`, goodsSchema);
    const rows = await client.list(`/api/v1/stock/list/${cstCd}`, stockSchema);
    const quantities = new Map(goods.map(({ cstGodCd }) => [cstGodCd, 0]));
    for (const { cstGodCd, canStockQty } of rows)
      quantities.set(cstGodCd, (quantities.get(cstGodCd) ?? 0) + canStockQty);
    return [...quantities].map(([itemCode, quantity]) => ({ itemCode, quantity }));
  }

  return {
    capabilities,
    create: (orders, options) => Promise.all(orders.map((order) => createOne(order, options))),
    lookup: () => notOffered('look-up by ordNo'),
    ordersSince,
    cancel,
    shipmentsSince: (cursor) => shipmentsSince(client, settings, cursor),
    stock,
  };
}

/** What an answer says of one order. */
function resultOf(answer: JsonAnswer, code: string) {
  if (errorOf(answer) !== undefined) return undefined;
  return resultsSchema.safeParse(answer.body).data?.data.find(({ orderNo }) => orderNo === code);
}

function refusalOf(answer: JsonAnswer, code: string): string {
  return errorOf(answer) ?? resultOf(answer, code)?.msg ?? 'the answer does not speak of this order';
}

/** Its error codes are not documented, nor which of them may come after an order was made. */
function judgeCreation(answer: JsonAnswer, code: string): CreateOutcome {
  const own = resultOf(answer, code);
  if (own?.code === DONE && own.fmsSlipNo) return { kind: 'done', reference: own.fmsSlipNo };
  const isRefused = own?.code === DECLINED || String(answer.status) === DECLINED;
  return { kind: isRefused ? 'refused' : 'unknown', reason: refusalOf(answer, code) };
}
