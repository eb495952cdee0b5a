import { z } from 'zod';
import { orderKey } from '../../../domain/order-key';
import { type Channel, HUB_CHANNELS } from '../../catalogue';
import { json, jsonBody, type Route } from '../../stand-in/message';
import { type Entry, handMadeSchema } from './entries';
import { hubTime, MALL_NAMES } from './fields';
import type { HubRecord } from './hub-record';
import type { HubState } from './hub-state';

const daySchema = z.strictObject({
  seed: z.int(),
  orders: z.int().min(0).max(99_999),
  overSeconds: z.number().min(0).default(0),
  /** The day on which they were placed; yesterday in Korea, unless given. */
  date: z.iso.date().optional(),
  /** All malls of the hub, unless given. */
  channels: z.array(z.enum(HUB_CHANNELS)).min(1).optional(),
});
const recordsSchema = z.strictObject({
  records: z
    .array(
      handMadeSchema.extend({
        idx: z
          .string()
          .regex(/^[0-9A-Za-z-]{1,40}$/)
          .optional(),
      }),
    )
    .min(1)
    .max(10_000),
});
const claimSchema = z.strictObject({
  idx: z.string(),
  /** CLAME_STATUS_GUBUN, in the mall's words. */
  words: z.string().min(1),
  /** A claim whose words move on; a new one, unless given. */
  number: z.string().optional(),
});
const cancellationsSchema = z.strictObject({ idx: z.array(z.string()).min(1) });

const DAY_MS = 86_400_000;

/** The hub's own admin routes. */
export function adminRoutes(state: HubState, record: (entry: Entry) => void, clock: () => number): Route[] {
  return [
    route('POST', '/admin/days', (body) => {
      const day = daySchema.parse(body);
      const known = state.days.find(({ seed, orders }) => seed === day.seed && orders === day.orders);
      if (known) return { ...known, isNew: false };
      const now = clock();
      const sameSeed = state.days.find(({ seed }) => seed === day.seed);
      const date = day.date ?? sameSeed?.date ?? kstDay(now - DAY_MS);
      const { channels = [...HUB_CHANNELS] } = day;
      const entry: Entry = { type: 'day', ...day, channels, date, startedAt: now };
      record(entry);
      return { ...entry, isNew: true };
    }),
    route('POST', '/admin/records', (body) => {
      const { records } = recordsSchema.parse(body);
      return {
        idx: records.map(({ idx, ...made }) => {
          const given = idx ?? state.nextHandMadeIdx();
          record({ type: 'record', idx: given, at: clock(), made });
          return given;
        }),
      };
    }),
    route('POST', '/admin/cancellations', (body) => {
      const { idx } = cancellationsSchema.parse(body);
      const known = idx.filter((each) => state.byIdx.has(each));
      record({ type: 'cancel', at: clock(), idx: known });
      return { cancelled: known };
    }),
    route('POST', '/admin/claims', (body) => {
      const { idx, words, number = state.nextClaimNumber() } = claimSchema.parse(body);
      if (!state.byIdx.has(idx)) return { number: null };
      record({ type: 'claim', at: clock(), number, idx, words });
      return { number };
    }),
  ];
}

function route(method: string, path: string, answer: (body: unknown) => unknown): Route {
  return { method, path, endpoint: 'admin', handle: (request) => json(200, answer(jsonBody(request))) };
}

/** `yyyy-mm-dd` in Korea. */
function kstDay(at: number): string {
  return hubTime(at).replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3');
}

const CHANNEL_OF = new Map<string, Channel>(HUB_CHANNELS.map((channel) => [MALL_NAMES[channel], channel]));

/**
 * `GET /admin/ledger`: all that the hub has offered, with what became of it. `?summary=1` counts only,
 * `?keys=1` adds the order keys.
 */
export function ledger(state: HubState, query: URLSearchParams, now: number): unknown {
  const records = state.all(now);
  const orders = ordersOf(records);
  const cancelled = records.filter((record) => record.isCancelled(now));
  const summary = {
    orders: orders.size,
    lines: records.length,
    linesRead: records.filter((record) => record.read).length,
    linesCancelled: cancelled.length,
    ordersCancelled: [...orders.values()].filter((lines) => lines.every((line) => line.isCancelled(now)))
      .length,
    linesShipped: records.filter((record) => record.invoices.length > 0).length,
    linesStillToCome: state.waiting,
  };
  if (query.get('keys') === '1') return { ...summary, keys: [...orders.keys()] };
  if (query.get('summary') === '1') return summary;
  return {
    ...summary,
    entries: [...orders].map(([key, lines]) => ({
      key,
      // What was cancelled before anybody has read it is not confirmed by reading it.
      acknowledged: lines.every((line) => line.read || line.isCancelled(now)),
      recipient: recipientOf(lines[0]),
      lines: lines.map((line) => entry(line, now)),
    })),
  };
}

function ordersOf(records: readonly HubRecord[]): Map<string, HubRecord[]> {
  const orders = new Map<string, HubRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    const lines = orders.get(key);
    if (lines) lines.push(record);
    else orders.set(key, [record]);
  }
  return orders;
}

/** Computed once a record: the summary is asked for again and again. */
const keys = new WeakMap<HubRecord, string>();

function keyOf(record: HubRecord): string {
  const known = keys.get(record);
  if (known !== undefined) return known;
  const { fields, idx } = record;
  const channel = CHANNEL_OF.get(fields.MALL_ID ?? '');
  const key = channel && fields.ORDER_ID?.trim() ? orderKey(channel, fields.ORDER_ID) : `unreadable ${idx}`;
  keys.set(record, key);
  return key;
}

function recipientOf(record: HubRecord | undefined) {
  const { RECEIVE_NAME = '', RECEIVE_ZIPCODE = '', RECEIVE_ADDR = '' } = record?.fields ?? {};
  return { name: RECEIVE_NAME, postcode: RECEIVE_ZIPCODE, address: RECEIVE_ADDR };
}

function entry(record: HubRecord, now: number) {
  const { SALE_CNT = '' } = record.fields;
  return {
    idx: record.idx,
    lineNumber: record.fields.MALL_ORDER_SEQ ?? '',
    deal: record.fields.PRODUCT_NAME ?? '',
    option: record.fields.SKU_VALUE ?? '',
    quantity: SALE_CNT,
    cancelledQuantity: record.isCancelled(now) ? SALE_CNT : '0',
    amount: record.fields.TOTAL_COST ?? '',
    paid: record.fields.PAY_COST ?? '',
    collectedAt: new Date(record.collectedAt).toISOString(),
    read: record.read,
    status: record.status(now, null),
    invoices: record.invoices.map(({ carrierCode, invoice, at }) => ({
      carrierCode,
      number: invoice,
      at: new Date(at).toISOString(),
    })),
  };
}
