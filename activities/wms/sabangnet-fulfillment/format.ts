import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { WmsLimits } from '../../../domain/wms-order';
import { type JsonGet, orderNumbersText } from '../call';
import type { WmsOrder, WmsOrderFound } from '../wms';

/** The wire format of Sabangnet Fulfillment API 2.0: field names, codes and lengths of its developer guide. */

const OK = '9999';

/** The guide's samples give numbers as strings now and then. */
export const numberSchema = z.coerce.number().int();

export const receiptSchema = z.object({ order_id: numberSchema, company_order_code: z.string() });

/** A refusal is an envelope with another code than 9999; the codes themselves are not documented. */
export const refusalSchema = z.object({
  code: z.string().refine((code) => code !== OK),
  message: z.string(),
});

export const createdSchema = z.object({ code: z.literal(OK), response: receiptSchema });

export const bulkCreatedSchema = z.object({
  code: z.literal(OK),
  response: z.object({
    processed_data_list: z.array(receiptSchema),
    // assumed: how it tells what it did not take. An order in neither list stays unknown.
    error_data_list: z
      .array(z.object({ company_order_code: z.string(), code: z.string(), message: z.string() }))
      .catch([]),
  }),
});

export const orderSchema = receiptSchema.extend({
  order_status: numberSchema,
  request_shipping_dt: z.string(),
  order_item_list: z.array(z.object({ sales_product_id: numberSchema, quantity: numberSchema })),
});

export const releaseSchema = z.object({
  order_id: numberSchema,
  release_id: numberSchema,
  /** 7 출고완료, 9 출고취소; lower ones are still to leave. */
  release_status: numberSchema,
  // assumed: its name and content. An order that was not split does not need it.
  release_item_list: z
    .array(z.object({ shipping_product_id: numberSchema, quantity: numberSchema }))
    .optional(),
});

export const cancelSchema = z.object({
  code: z.literal(OK),
  /** 1 asked for, 2 approved, 3 declined. */
  response: z.object({ cancel_status: numberSchema }),
});

export const trackingSchema = z.object({
  last_history_id: numberSchema,
  order_id: numberSchema,
  company_order_code: z.string(),
  release_id: numberSchema,
  delivery_agency_id: numberSchema,
  shipping_code: z.string(),
  create_dt: z.string(),
});

export type FulfillmentOrder = z.infer<typeof orderSchema>;
export type Release = z.infer<typeof releaseSchema>;
export type Tracking = z.infer<typeof trackingSchema>;

/**
 * Every row of a list, page by page.
 *
 * @throws OutsideUnavailable
 */
export async function readPages<Row extends z.ZodType>(
  get: JsonGet,
  path: string,
  query: Readonly<Record<string, string>>,
  rowSchema: Row,
  timeoutMs?: number,
): Promise<z.output<Row>[]> {
  const schema = z.object({
    code: z.literal(OK),
    response: z.object({ total_page: numberSchema, data_list: z.array(rowSchema) }),
  });
  const rows: z.output<Row>[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const params = new URLSearchParams({ ...query, page: String(page) });
    const { response } = await get(`${path}?${params.toString()}`, schema, timeoutMs);
    pages = response.total_page;
    rows.push(...response.data_list);
  }
  return rows;
}

/** The releases of an order. @throws OutsideUnavailable */
export async function readReleases(
  get: JsonGet,
  { order_id, company_order_code, request_shipping_dt }: FulfillmentOrder,
  timeoutMs?: number,
): Promise<Release[]> {
  const query = { request_shipping_dt, company_order_code };
  const rows = await readPages(get, '/v2/release/shipping_codes', query, releaseSchema, timeoutMs);
  return rows.filter((release) => release.order_id === order_id);
}

const ADDRESS_MAX = 150;
const MESSAGE_MAX = 150;
const MEMO_MAX = 500;

/** The address goes into two fields. assumed: a name's length. */
export const LIMITS: WmsLimits = {
  name: 50,
  address: 2 * ADDRESS_MAX,
  deliveryMessage: MESSAGE_MAX,
  orderNumbers: MEMO_MAX,
};

/** 발주 등록: what one order looks like, single or in bulk. */
export function toRequest(order: WmsOrder, ids: ReadonlyMap<string, number>, shippingMethodId: number) {
  const { recipient } = order;
  return {
    company_order_code: order.code,
    shipping_method_id: shippingMethodId,
    request_shipping_dt: seoulDay(new Date()),
    buyer_name: recipient.name,
    receiver_name: recipient.name,
    tel1: recipient.phone,
    tel2: recipient.phone2 ?? '',
    zipcode: recipient.postcode,
    shipping_address1: recipient.address.slice(0, ADDRESS_MAX),
    shipping_address2: recipient.address.slice(ADDRESS_MAX),
    shipping_message: recipient.deliveryMessage?.slice(0, MESSAGE_MAX) ?? '',
    memo1: orderNumbersText(order, MEMO_MAX),
    memo2: order.channel,
    order_item_list: order.items.map(({ itemCode, quantity }) => ({
      sales_product_id: ids.get(itemCode),
      quantity,
    })),
  };
}

/** order_status: 1 출고요청전, 3 출고요청, 5 송장등록완료, 7 출고완료, 9 출고취소. */
export function toState({ order_status }: FulfillmentOrder): WmsOrderFound['state'] {
  if (order_status === 7) return 'shipped';
  return order_status === 9 ? 'cancelled' : 'open';
}

/** A split order has several releases, some of which may have left. */
export function hasLeft({ release_status }: Release): boolean {
  return release_status === 7;
}

export function isToLeave({ release_status }: Release): boolean {
  return release_status < 7;
}

/** The three headers of every call; the signature holds for a day in Seoul. */
export function signatureHeaders(account: {
  readonly environment: 'live' | 'sandbox';
  readonly companyCode: string;
  readonly accessKey: string;
  readonly secretKey: string;
}) {
  const day = seoulDay(new Date());
  const hmac = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex');
  const signed = hmac(hmac(account.secretKey, day), account.accessKey);
  return {
    // The guide's own spelling.
    authorization: account.environment === 'live' ? 'LIVE-HMAC-SHA256' : 'API.SENDBOX-HMAC-SHA256',
    credential: `${account.companyCode}/${account.accessKey}/${day}/srwms_request`,
    signature: Buffer.from(signed).toString('base64'),
  };
}

const DAY_MS = 24 * 3_600_000;
/** Seoul has no daylight saving. */
const SEOUL_MS = 9 * 3_600_000;

/** YYYYMMDD. */
export function seoulDay(at: Date): string {
  return new Date(at.getTime() + SEOUL_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The last moment of a day given as YYYYMMDD. */
export function endOfSeoulDay(day: string): Date {
  return new Date(startOfDay(day) + DAY_MS - 1);
}

/** The days from the earlier to the later, both included. */
export function seoulDays(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = startOfDay(first); at <= startOfDay(last); at += DAY_MS) days.push(seoulDay(new Date(at)));
  return days;
}

/** The day so many days before. */
export function daysBefore(day: string, count: number): string {
  return seoulDay(new Date(startOfDay(day) - count * DAY_MS));
}

function startOfDay(day: string): number {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00+09:00`);
}
