import { z } from 'zod';
import { jsonBody, type Route, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import type { OrderBook } from '../order-book';
import { type Answers, BadRequest, kst } from './answers';
import {
  changedAt,
  claimWordsOf,
  lastChangeOf,
  type ProductOrder,
  statusOf,
  withBrokenBytes,
  writeDetail,
} from './product-order';
import type { Products } from './products';
import type { NaverStandInSettings } from './settings';

const PRODUCT_ORDERS = '/external/v1/pay-order/seller/product-orders';
const DAY_MS = 86_400_000;
const PER_CALL = 300;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00$/;

export interface Shop {
  readonly book: OrderBook;
  readonly products: Products;
  readonly answers: Answers;
  readonly settings: () => NaverStandInSettings;
}

/** Every product order that has been paid by now, by its number. */
export function productOrdersOf(book: OrderBook): Map<string, ProductOrder> {
  return new Map(
    book.offered().flatMap((order) => order.order.lines.map((line) => [line.lineNumber, { order, line }])),
  );
}

export function reads(shop: Shop): Route[] {
  return [
    {
      method: 'GET',
      path: `${PRODUCT_ORDERS}/last-changed-statuses`,
      endpoint: 'changes',
      handle: ({ query }) => changes(shop, query),
    },
    {
      method: 'POST',
      path: `${PRODUCT_ORDERS}/query`,
      endpoint: 'details',
      handle: (request) => details(shop, request),
    },
  ];
}

function changes({ book, answers, settings }: Shop, query: URLSearchParams): StandInResponse {
  const now = book.clock();
  const from = timeOf(query, 'lastChangedFrom') ?? Number.NaN;
  const to = timeOf(query, 'lastChangedTo') ?? from + DAY_MS;
  if (Number.isNaN(from)) throw badParameter('lastChangedFrom');
  if (to < from) throw badParameter('lastChangedTo');
  if (to - from > DAY_MS) throw new BadRequest(400, '104139', '조회 가능한 날짜 범위를 초과하였습니다.');
  const moreSequence = query.get('moreSequence');
  const changed = [...productOrdersOf(book)]
    .map(([id, productOrder]) => ({ id, productOrder, at: changedAt(productOrder, now) }))
    .filter(({ id, at }) => at >= from && at <= to && (at > from || id >= (moreSequence ?? '')))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const page = changed.slice(0, limitOf(query));
  const first = changed[page.length];
  if (page.length === 0 && settings().noChanges === 'no-data') return answers.success(undefined);
  return answers.success({
    lastChangeStatuses: page.map(({ id, productOrder, at }) => ({
      orderId: productOrder.order.order.orderNumber,
      productOrderId: id,
      lastChangedType: lastChangeOf(productOrder, now),
      lastChangedDate: kst(at),
      paymentDate: kst(productOrder.order.offeredAt),
      productOrderStatus: statusOf(productOrder, now),
      ...claimWordsOf(productOrder, now),
      receiverAddressChanged: false,
    })),
    ...(first === undefined ? {} : { more: { moreFrom: kst(first.at), moreSequence: first.id } }),
    count: page.length,
  });
}

function timeOf(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (!TIME.test(given)) throw badParameter(name);
  return Date.parse(given);
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get('limitCount') ?? PER_CALL);
  if (!Number.isInteger(limit) || limit < 1) throw badParameter('limitCount');
  return Math.min(limit, PER_CALL);
}

const detailsSchema = z.object({
  productOrderIds: z.array(z.string()).min(1).max(PER_CALL),
  quantityClaimCompatibility: z.literal(true),
});

function details({ book, products, answers, settings }: Shop, request: StandInRequest): StandInResponse {
  const parsed = detailsSchema.safeParse(jsonBody(request));
  if (!parsed.success) throw badParameter(String(parsed.error.issues[0]?.path[0] ?? 'body'));
  const { withheld } = settings();
  const known = productOrdersOf(book);
  const asked = parsed.data.productOrderIds
    .filter((id) => !withheld.includes(id))
    .flatMap((id) => known.get(id) ?? []);
  book.markRead([...new Set(asked.map(({ order }) => order))]);
  const now = book.clock();
  const response = answers.success(asked.map((each) => writeDetail(each, products, now)));
  return { ...response, body: withBrokenBytes(String(response.body)) };
}

export function badParameter(name: string): BadRequest {
  return new BadRequest(400, '4000', `잘못된 요청 파라미터입니다. (${name})`);
}
