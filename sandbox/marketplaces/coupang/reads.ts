import { seoulDay } from '../../../domain/seoul';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';

import { Refusal, success } from './answers';
import { type BoxStatus, boxById, boxesOf, isGone, type Shop, statusOf } from './boxes';
import { exchangeOf, listingOfClaim, receiptById, receiptOf, withdrawalOf } from './receipt';
import { sheetOf } from './sheet';
import { type Stretch, stretchOf } from './times';

export const VENDOR = '/v2/providers/openapi/apis/api/v4/vendors/:vendorId';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export function reads(shop: Shop, vendorId: string): Route[] {
  return [
    get('/ordersheets', 'ordersheets', ({ query }) => listSheets(shop, query)),
    get('/ordersheets/:shipmentBoxId', 'ordersheet', (request) => oneSheet(shop, request)),
    get('/returnRequests', 'returnRequests', ({ query }) => listReceipts(shop, query)),
    get('/returnRequests/:receiptId', 'returnRequest', ({ params }) => {
      const receipt = receiptById(shop, params['receiptId'] ?? '');
      return success([receiptOf(shop, receipt, receipt.listing)]);
    }),
    get('/returnWithdrawRequests', 'withdrawals', ({ query }) => listWithdrawals(shop, vendorId, query)),
    get('/exchangeRequests', 'exchanges', ({ query }) => listExchanges(shop, vendorId, query)),
  ];
}

function get(path: string, endpoint: string, handle: (request: StandInRequest) => StandInResponse): Route {
  return { method: 'GET', path: VENDOR + path, endpoint, handle };
}

/** By the minute of a day, all at once. */
function listSheets(shop: Shop, query: URLSearchParams): StandInResponse {
  only(query, ['searchType', 'createdAtFrom', 'createdAtTo', 'status']);
  const stretch = stretchOf(query, 'minute');
  if (stretch.to - stretch.from >= DAY_MS) throw new Refusal(400, '24시간 이내의 구간만 조회할 수 있습니다.');
  const status = query.get('status');
  if (!isStatus(status)) throw new Refusal(400, 'status should be one of the order statuses');
  const made = shop.book.offered().filter(({ offeredAt }) => isWithin(shop, offeredAt, stretch));
  const boxes = made.flatMap((order) => boxesOf(shop, order)).filter((box) => !isGone(shop, box));
  const listed = boxes.filter((box) => statusOf(shop, box) === status);
  shop.book.markRead(listed.map(({ order }) => order));
  return success(
    listed.map((box) => sheetOf(shop, box)),
    { nextToken: '' },
  );
}

const STATUSES = [
  'ACCEPT',
  'INSTRUCT',
  'DEPARTURE',
  'DELIVERING',
  'FINAL_DELIVERY',
  'NONE_TRACKING',
] as const;

function isStatus(given: string | null): given is BoxStatus {
  return STATUSES.some((status) => status === given);
}

function isWithin({ settings }: Shop, at: number, { from, to }: Stretch): boolean {
  return at >= from && at < (settings().lastMinute === 'included' ? to + MINUTE_MS : to);
}

function oneSheet(shop: Shop, { params }: StandInRequest): StandInResponse {
  const given = params['shipmentBoxId'] ?? '';
  const box = /^\d{1,18}$/.test(given) ? boxById(shop, BigInt(given)) : undefined;
  if (box === undefined) throw new Refusal(400, `shipmentBoxId (${given}) is not found.`);
  if (isGone(shop, box)) throw new Refusal(400, '해당 주문이 취소 또는 반품되었습니다.');
  shop.book.markRead([box.order]);
  return success(sheetOf(shop, box));
}

const MONTH_MS = 31 * DAY_MS;

function listReceipts(shop: Shop, query: URLSearchParams): StandInResponse {
  only(query, ['searchType', 'createdAtFrom', 'createdAtTo', 'status', 'cancelType']);
  const stretch = stretchOf(query, 'minute');
  if (stretch.to - stretch.from > MONTH_MS) throw new Refusal(400, 'The maximum view duration is 31 days');
  const status = query.get('status');
  const type = query.get('cancelType') ?? 'RETURN';
  if (type === 'RETURN' && status === null)
    throw new Refusal(400, "OrderId can't be null, if doesn't pass the parameter status");
  if (type === 'CANCEL' && status !== null)
    throw new Refusal(400, 'status is not supported for cancelType CANCEL');
  const receipts = shop.book.claims().flatMap((claim) => {
    const listing = listingOfClaim(claim);
    const isMeant =
      listing?.receiptType === type && (status === null || listing.statuses.some((s) => s === status));
    const isShown = isMeant && isWithin(shop, claim.claim.at, stretch);
    return isShown ? [receiptOf(shop, claim, listing)] : [];
  });
  return success(receipts, { nextToken: '' });
}

function listWithdrawals({ book }: Shop, vendorId: string, query: URLSearchParams): StandInResponse {
  only(query, ['dateFrom', 'dateTo', 'pageIndex', 'sizePerPage']);
  const from = query.get('dateFrom') ?? '';
  const to = query.get('dateTo') ?? '';
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (!(days >= 0 && days < 7)) throw new Refusal(400, 'The maximum view duration is 7 days');
  const withdrawn = book.claims().filter(({ claim, order }) => {
    const day = seoulDay(new Date(claim.changedAt));
    const isMeant = claim.kind !== 'exchange' && order.stateOf(claim) === 'withdrawn' && !claim.answered;
    return isMeant && day >= from && day <= to;
  });
  const size = Math.min(100, Number(query.get('sizePerPage') ?? 10));
  const page = Number(query.get('pageIndex') ?? 1);
  const shown = withdrawn.slice((page - 1) * size, page * size).map((claim) => withdrawalOf(claim, vendorId));
  return success(shown, { nextPageIndex: page * size < withdrawn.length ? String(page + 1) : '' });
}

function listExchanges(shop: Shop, vendorId: string, query: URLSearchParams): StandInResponse {
  only(query, ['createdAtFrom', 'createdAtTo', 'status', 'maxPerPage', 'nextToken']);
  const { from, to } = stretchOf(query, 'second');
  if (to - from >= 7 * DAY_MS) throw new Refusal(400, 'createdAtTo - createdAtFrom should less then 7day');
  const asked = shop.book
    .claims()
    .filter(({ claim: { kind, at } }) => kind === 'exchange' && at >= from && at <= to);
  const first = Number(query.get('nextToken') ?? 0);
  const next = first + Math.min(Number(query.get('maxPerPage') ?? 10), shop.settings().exchangesPerPage);
  const shown = asked.slice(first, next).map((claim) => exchangeOf(claim, vendorId));
  return success(shown, { nextToken: next < asked.length ? String(next) : '' });
}

/** @throws Refusal where a question holds what it must not, as `timeFrame` takes no pages. */
function only(query: URLSearchParams, names: readonly string[]): void {
  const other = [...query.keys()].find((name) => !names.includes(name));
  if (other !== undefined) throw new Refusal(400, `${other} is not supported`);
  if (names.includes('searchType') && query.get('searchType') !== 'timeFrame')
    throw new Refusal(400, 'searchType should be timeFrame');
}
