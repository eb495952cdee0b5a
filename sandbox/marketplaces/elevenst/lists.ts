import type { ClaimKind, ClaimState } from '../../../domain/claim';
import { seoulTime } from '../../../domain/seoul';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import type { BookOrder } from '../book-order';
import type { Desk } from './desk';
import { claimRows, linesOf, orderRow, ordNoOf, stateOf, stateRow } from './rows';
import { listResult, orderList, type Row } from './xml';

const DAY_MS = 86_400_000;

/** What a list of orders refuses, each under numbers of its own. */
interface Limits {
  readonly days: number;
  readonly codes: { readonly start: string; readonly end: string; readonly tooLong: string };
}

const NEW_ORDERS: Limits = { days: 8, codes: { start: '-3103', end: '-3104', tooLong: '-3105' } };
const IN_PREPARATION: Limits = { days: 8, codes: { start: '-3303', end: '-3304', tooLong: '-3305' } };
const CANCELLATIONS: Limits = { days: 31, codes: { start: '-28007', end: '-28006', tooLong: '-28008' } };
const RETURNS: Limits = { days: 31, codes: { start: '-29007', end: '-29006', tooLong: '-29008' } };

const CLAIM_LISTS: readonly (readonly [string, ClaimKind, ClaimState, Limits])[] = [
  ['cancelorders', 'cancellation', 'requested', CANCELLATIONS],
  ['canceledorders', 'cancellation', 'done', CANCELLATIONS],
  ['withdrawcanceledorders', 'cancellation', 'withdrawn', CANCELLATIONS],
  ['returnorders', 'return', 'requested', RETURNS],
  ['returnedorders', 'return', 'done', RETURNS],
  ['retractretorders', 'return', 'withdrawn', RETURNS],
  ['exchangeorders', 'exchange', 'requested', RETURNS],
  ['exchangedorders', 'exchange', 'done', RETURNS],
  ['retractexcorders', 'exchange', 'withdrawn', RETURNS],
];

/** What 11st can be asked for; the guide: an interval takes in both its ends. */
export function listRoutes(desk: Desk): Route[] {
  return [
    list('complete', '/rest/ordservices/complete', NEW_ORDERS, (from, to) => newOrders(desk, from, to)),
    list('packaging', '/rest/ordservices/packaging', IN_PREPARATION, (from, to) =>
      inPreparation(desk, from, to),
    ),
    {
      method: 'GET',
      path: '/rest/ordservices/complete/:ordNo',
      endpoint: 'order',
      handle: ({ params: { ordNo = '' } }) => {
        const order = desk.byOrdNo(ordNo);
        return answer(order === undefined ? [] : orderRows(desk, [order], () => true), NOTHING);
      },
    },
    ...['orderlistall', 'orderlistalladdr'].map((path) => stateRoute(desk, path)),
    ...CLAIM_LISTS.map(([path, kind, state, limits]) =>
      list(path, `/rest/claimservice/${path}`, limits, (from, to) => {
        const rows = desk.book
          .claims()
          .filter(({ claim, order }) => claim.kind === kind && order.stateOf(claim) === state)
          .filter(({ claim }) => isWithin(state === 'requested' ? claim.at : claim.changedAt, from, to))
          .flatMap(({ claim, order }) => claimRows(order, claim));
        return answer(
          rows.slice(0, desk.settings.longestList),
          desk.settings.emptyClaimsAs === '0' ? NOTHING : NO_CLAIM,
        );
      }),
    ),
  ];
}

const NOTHING = listResult('0', '조회된 결과가 없습니다.');
const NO_CLAIM = listResult('-1', '해당 건이 없습니다.');

function answer(rows: readonly Row[], empty: StandInResponse): StandInResponse {
  return rows.length === 0 ? empty : orderList(rows);
}

function list(
  endpoint: string,
  path: string,
  { days, codes }: Limits,
  read: (from: number, to: number) => StandInResponse,
): Route {
  return {
    method: 'GET',
    path: `${path}/:from/:to`,
    endpoint,
    handle: ({ params }) => {
      const [from, to] = [minute(params.from), minute(params.to)];
      if (from === undefined)
        return listResult(codes.start, 'start_dt의 조회 기간의 포멧이 올바르지 않습니다.');
      if (to === undefined) return listResult(codes.end, 'end_dt의 조회 기간의 포멧이 올바르지 않습니다.');
      if (to - from >= days * DAY_MS) return listResult(codes.tooLong, '최대 조회기간을 초과하였습니다.');
      return read(from, to);
    },
  };
}

function minute(text = ''): number | undefined {
  const at = /^\d{12}$/.test(text) ? seoulTime(text).getTime() : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function isWithin(at: number, from: number, to: number): boolean {
  return at >= from && at <= to;
}

function newOrders(desk: Desk, from: number, to: number): StandInResponse {
  const open = desk.book
    .offered()
    .filter((order) => order.acknowledgedAt === null && isWithin(order.offeredAt, from, to));
  return answer(
    orderRows(desk, open, (state) => state === '202'),
    NOTHING,
  );
}

function inPreparation(desk: Desk, from: number, to: number): StandInResponse {
  const by = ({ offeredAt, acknowledgedAt }: BookOrder) =>
    desk.settings.packagingBy === 'paid' ? offeredAt : (acknowledgedAt ?? 0);
  const taken = desk.book
    .offered()
    .filter((order) => order.acknowledgedAt !== null && isWithin(by(order), from, to));
  return answer(
    orderRows(desk, taken, (state) => state === '301'),
    NOTHING,
  );
}

/** Assumed: of a line, what was cancelled is not in the lists any more; a line without a piece is not there. */
function orderRows(desk: Desk, orders: readonly BookOrder[], wanted: (state: string) => boolean): Row[] {
  const now = desk.book.clock();
  const lines = orders
    .flatMap((order) => linesOf(order).map((line) => ({ order, line })))
    .filter(({ order, line }) => order.cancelledUnits(line, now) < line.quantity)
    .filter(({ order, line }) => wanted(stateOf(order, line, now)))
    .slice(0, desk.settings.longestList);
  desk.book.markRead(lines.map(({ order }) => order));
  return lines.map(({ order, line }) => orderRow(order, line, now));
}

/** 주문번호별 주문상태 and 배송정보; the second has the recipient as well, which nobody asks for here. */
function stateRoute(desk: Desk, path: string): Route {
  return {
    method: 'GET',
    path: `/rest/claimservice/${path}/:ordNos`,
    endpoint: path,
    handle: ({ params: { ordNos = '' } }: StandInRequest) => {
      const numbers = ordNos.split(',');
      if (numbers.length > 100)
        return listResult('-28003', '주문번호의 갯수는 최대 100개 까지만 가능 합니다.');
      const now = desk.book.clock();
      const found = desk.book.offered().filter((order) => numbers.includes(ordNoOf(order)));
      return answer(
        found.flatMap((order) => linesOf(order).map((line) => stateRow(order, line, now))),
        NO_CLAIM,
      );
    },
  };
}
