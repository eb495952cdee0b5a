import { z } from 'zod';
import type { ClaimedLine } from '../../../domain/claim';
import type { BookClaim } from '../../marketplaces/book-order';
import type { OrderBook } from '../../marketplaces/order-book';
import { jsonBody, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import { hubTime } from '../sabangnet-xml/fields';
import { ok, parsed, Refusal } from './answers';
import { claimStatusOf, type HubLine, itemsOf, linesOf, STATUS_CODES, spaced, statusOf } from './lines';
import type { HubSettings } from './settings';

const DAY_MS = 86_400_000;
/** As documented: an order list covers two months where it holds items of the mall's own, a claim list 180 days. */
const ORDER_DAYS = 62;
const CLAIM_DAYS = 180;

/** Of the hub's some hundred items those that the stand-in has something to say in. */
const ORDER_ITEMS = new Set(
  `SB_ORD_NO SHOP_ORD_NO SHOP_ORD_SEQ SHOP_NM shmaId SHOP_LOGIN_ID ORDER_STATUS ORDER_DT REG_DATE
  RECEIVER_NM RECEIVER_CEL RECEIVER_TEL RECEIVER_ZIPCODE RECEIVER_ADDR DELIVERY_MSG CM_PRD_NM CM_SKU_NM ORD_CNT
  ORDER_TOT_AMT PAY_TOT_AMT CT_DELIVERY_COST WAYBILL_NO LOGISTICS_CD`.split(/\s+/),
);
const CLAIM_ITEMS = new Set([...ORDER_ITEMS, 'CLAIM_SRNO', 'CLAIM_STS_DIV_CD', 'CLAIM_TEXT', 'CLAIM_DT']);

const moment = z.string().regex(/^\d{8}(\d{6})?$/, 'is neither yyyyMMdd nor yyyyMMddHHmmss');
const statuses = z.enum([...Object.keys(STATUS_CODES), ...Object.values(STATUS_CODES)]);
const yesOrNo = z.enum(['Y', 'N']);
const page = z.int().min(1);
const responseItems = z.array(z.string()).min(1);

const orderQuery = z.strictObject({
  startDate: moment,
  endDate: moment,
  dateSearchCondition: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  page,
  perPage: z.int().min(50).max(1_000),
  // As documented: who does not say no takes new orders over by reading them.
  updateOrderStsYn: yesOrNo.default('Y'),
  orderStatusList: z.array(statuses).optional(),
  responseItems,
});
const claimQuery = z.strictObject({
  startDate: moment,
  endDate: moment,
  page,
  perPage: z.int().min(50).max(500),
  responseItems,
});

/** @throws Refusal */
export function listOrders(request: StandInRequest, book: OrderBook, settings: HubSettings): StandInResponse {
  const query = parsed(orderQuery, jsonBody(request));
  const { from, to } = stretchOf(query, ORDER_DAYS);
  requireKnown(query.responseItems, ORDER_ITEMS);
  const now = book.clock();
  const lines = linesOf(book).filter((line) => {
    const at = momentOf(line, query.dateSearchCondition);
    const status = statusOf(line, now, settings);
    const isWanted = query.orderStatusList?.some((each) => each === status || each === STATUS_CODES[status]);
    return at !== undefined && at >= from && at <= to && (isWanted ?? true);
  });
  const shown = lines.slice((query.page - 1) * query.perPage, query.page * query.perPage);
  const rows = shown.map((line) => {
    const status = statusOf(line, now, settings);
    const invoice = line.order.invoicesOf(line.line.lineNumber).at(-1);
    return {
      ...itemsOf(line),
      ORDER_STATUS: settings.statusAs === 'code' ? STATUS_CODES[status] : status,
      WAYBILL_NO: invoice?.number ?? null,
      LOGISTICS_CD: invoice?.carrierCode ?? null,
    };
  });
  book.markRead(shown.map(({ order }) => order));
  if (query.updateOrderStsYn === 'Y') confirm(shown, book);
  return listed(rows, lines.length, query, settings);
}

function confirm(lines: readonly HubLine[], book: OrderBook): void {
  const fresh = lines.filter(({ order }) => order.acknowledgedAt === null).map(({ order }) => order.serial);
  if (fresh.length > 0) book.record({ type: 'acknowledge', at: book.clock(), serials: [...new Set(fresh)] });
}

function momentOf({ order, line }: HubLine, condition: 1 | 2 | 3): string | undefined {
  const shippedAt = order.invoicesOf(line.lineNumber).at(0)?.at;
  const at = { 1: order.order.placedAt.getTime(), 2: order.offeredAt, 3: shippedAt }[condition];
  return at === undefined ? undefined : hubTime(at);
}

/** @throws Refusal */
export function listClaims(request: StandInRequest, book: OrderBook, settings: HubSettings): StandInResponse {
  const query = parsed(claimQuery, jsonBody(request));
  const { from, to } = stretchOf(query, CLAIM_DAYS);
  requireKnown(query.responseItems, CLAIM_ITEMS);
  const lines = linesOf(book);
  const rows = book
    .claims()
    .filter(({ claim }) => hubTime(claim.at) >= from && hubTime(claim.at) <= to)
    .flatMap(({ claim, order }) =>
      claim.lines.flatMap((claimed) => {
        const of = lines.find((each) => each.order === order && each.line.lineNumber === claimed.lineNumber);
        return of === undefined ? [] : [claimRow(of, claim, claimed)];
      }),
    );
  const shown = rows.slice((query.page - 1) * query.perPage, query.page * query.perPage);
  return listed(shown, rows.length, query, settings);
}

/** Assumed: a claim that comes to nothing says so by this word, and one of a part of a line by its ORD_CNT. */
function claimRow(of: HubLine, claim: BookClaim, { lineNumber, quantity }: ClaimedLine) {
  const isWithdrawn = of.order.stateOf(claim) === 'withdrawn';
  const words = { cancellation: '취소철회', return: '반품철회', exchange: '교환철회' }[claim.kind];
  return {
    ...itemsOf(of),
    ORD_CNT: String(quantity),
    CLAIM_SRNO: `${claim.claimId}-${lineNumber}`,
    CLAIM_STS_DIV_CD: isWithdrawn ? words : claimStatusOf(of.order, claim),
    CLAIM_TEXT: '단순 변심',
    CLAIM_DT: spaced(claim.at),
  };
}

/** Both ends are part of it, as `yyyymmddhhmmss`. */
function stretchOf({ startDate, endDate }: { startDate: string; endDate: string }, mostDays: number) {
  const from = startDate.padEnd(14, '0');
  const to = endDate.length === 8 ? `${endDate}235959` : endDate;
  const days = (timeOf(to) - timeOf(from)) / DAY_MS;
  if (!(days >= 0 && days <= mostDays))
    throw new Refusal(400, 'INVALID_REQUEST', `조회기간은 ${mostDays}일 이내여야 합니다.`);
  return { from, to };
}

function timeOf(second: string): number {
  return Date.parse(second.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
}

function requireKnown(names: readonly string[], known: ReadonlySet<string>): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Refusal(400, 'INVALID_REQUEST', `응답 항목이 아닙니다: ${unknown}`);
}

function listed(
  rows: readonly Readonly<Record<string, string | null>>[],
  total: number,
  query: { page: number; perPage: number; responseItems: readonly string[] },
  { emptyAs }: HubSettings,
): StandInResponse {
  if (total === 0 && emptyAs === '404') throw new Refusal(404, '404', '조회 결과가 없습니다.');
  const totalPage = Math.ceil(total / query.perPage);
  return ok({
    results: rows.map((row) =>
      Object.fromEntries(query.responseItems.map((name) => [name, row[name] ?? null])),
    ),
    totalItemCnt: total,
    totalPage,
    hasNext: query.page < totalPage,
  });
}
