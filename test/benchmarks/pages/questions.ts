import { writeCursor } from '../../../client/api/cursor';
import { LIST_KINDS } from '../../../domain/list-kind';
import { SALES_BY } from '../../../domain/sale';
import { seoulDay } from '../../../domain/seoul';
import type { Subjects } from './subjects';

/** One thing that a page asks. */
export interface Question {
  /** As the API's contract has it. */
  readonly route: string;
  /** Its parameters, and what is special about it. */
  readonly what: string;
  readonly path: string;
  /** How many pages of a list further on the one is that is measured. */
  readonly pagesOn: number;
  readonly status: number;
  /** The small house that it is compared with: the one that differs by nothing but what is stored. */
  readonly beside: SmallHouse;
}

/** Quiet: few orders, as few each day. Busy: few as well, but in the last days as many as the large one. */
export type SmallHouse = 'quiet' | 'busy';

/** What goes through everything there is, since that is what it is for: nobody asks it along with a page. */
export const READS_EVERYTHING = ['/api/sales/check'];

type Values = Readonly<Record<string, string | number>>;
type Asked = readonly [route: string, params?: Values, query?: Values, more?: Partial<Question>];

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => seoulDay(new Date(Date.now() - days * DAY_MS));
const around = (moment: string) => ({
  from: seoulDay(new Date(Date.parse(moment) - 15 * DAY_MS)),
  to: seoulDay(new Date(Date.parse(moment) + 15 * DAY_MS)),
});
const DEEP = { pagesOn: 20 };

/** All that the console's pages ask, with filters as people set them. @param ordersADay of the house. */
export function questionsOf(house: Subjects, ordersADay: number): Question[] {
  return [
    ...today(),
    ...orders(house, ordersADay),
    ...matching(house),
    ...catalogue(house),
    ...gifts(house),
    ...dispatch(house),
    ...stock(house),
    ...collection(),
    ...sales(),
    ...uploads(house),
    ...administration(house),
  ].map(asQuestion);
}

function asQuestion([route, params = {}, query = {}, more = {}]: Asked): Question {
  const path = Object.entries(params).reduce(
    (so, [name, value]) => so.replace(`{${name}}`, encodeURIComponent(value)),
    route,
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const filters = Object.entries(query).map(([name, value]) => `${name}=${name === 'cursor' ? '…' : value}`);
  const deep = more.pagesOn === undefined ? [] : [`page ${more.pagesOn + 1}`];
  return {
    route,
    what: [...filters, ...deep].join(' '),
    path: search.size === 0 ? path : `${path}?${search}`,
    pagesOn: 0,
    status: 200,
    beside: 'busy',
    ...more,
  };
}

function today(): Asked[] {
  return [
    ['/api/today'],
    ['/api/tasks'],
    ['/api/tasks', {}, { kind: 'shortage' }],
    ['/api/tasks', {}, { kind: 'ship_by_passed' }],
    ['/api/session'],
  ];
}

function orders(house: Subjects, ordersADay: number): Asked[] {
  const list = (query: Values, more: Partial<Question> = {}): Asked => ['/api/orders', {}, query, more];
  const year = { from: daysAgo(364), to: daysAgo(0) };
  // As many orders as a workbook is made of, whatever the size of the house.
  const days = Math.max(1, Math.round(2_740 / ordersADay));
  return [
    list({}),
    list({}, DEEP),
    list({ cursor: writeCursor({ orderedAt: house.orderedAt, key: house.order }) }),
    list({ limit: 200 }),
    list({ stage: 'done' }, DEEP),
    list({ stage: 'dispatched' }),
    list({ stage: 'matched' }),
    list({ waiting: 'shortage' }),
    list({ channel: 'coupang' }, DEEP),
    list({ source: 'naver' }),
    list({ channel: 'ssg', stage: 'cancelled' }),
    list({ channel: 'sample', stage: 'dispatched' }),
    list({ source: 'elevenst', stage: 'cancelled' }),
    list({ channel: 'coupang', waiting: 'held' }),
    list({ channel: 'kakao', from: daysAgo(60), to: daysAgo(30) }),
    list({ stage: 'cancelled', ...year }),
    list({ channel: 'sample', stage: 'cancelled', ...year }),
    list({ from: daysAgo(200), to: daysAgo(200) }),
    list({ q: house.number }),
    list({ q: house.order }),
    list({ q: house.tracking }),
    list({ q: house.lastFour }),
    list({ q: house.name }),
    list({ q: house.name.slice(0, 2) }),
    list({ q: house.choseong }),
    list({ q: house.choseong }, DEEP),
    list({ q: house.choseong, stage: 'cancelled' }),
    list({ q: house.name.slice(0, 2), waiting: 'shortage' }),
    list({ q: house.choseong, channel: 'sample', ...year }),
    list({ q: house.choseong, ...around(house.orderedAt) }),
    list({ q: '없는이름' }),
    ['/api/orders/export', {}, { from: daysAgo(days), to: daysAgo(1) }],
    ['/api/order-choices'],
    ['/api/order-views'],
    ...[house.order, house.returned, house.unknown, house.cancelled].map(
      (key): Asked => ['/api/orders/{channel}/{number}', partsOf(key)],
    ),
    [
      '/api/orders/{channel}/{number}',
      { channel: 'coupang', number: '9-no-such-order' },
      {},
      { status: 404 },
    ],
    ['/api/orders/{channel}/{number}/together', partsOf(house.accepted)],
    ...['cancel', 'resend-tracking'].map(
      (command): Asked => [
        '/api/orders/{channel}/{number}/preview/{command}',
        { ...partsOf(house.accepted), command },
      ],
    ),
    ['/api/bulk-jobs'],
    ['/api/bulk-jobs/{id}', { id: house.job }],
    ['/api/bulk-jobs/{id}/rows', { id: house.job }, { state: 'done', limit: 200 }],
  ];
}

function partsOf(key: string): Values {
  const [channel = '', number = ''] = key.split('/');
  return { channel, number };
}

function matching({ unknownDeal, knownDeal }: Subjects): Asked[] {
  return [
    ['/api/matching/waiting'],
    ['/api/matching/people'],
    ['/api/matching/matches'],
    ['/api/matching/matches', {}, { q: '김치' }],
    ['/api/matching/deals/{dealKey}', { dealKey: unknownDeal }],
    ['/api/matching/deals/{dealKey}', { dealKey: knownDeal }],
    ['/api/matching/deals/{dealKey}/undo', { dealKey: knownDeal }],
  ];
}

function catalogue({ shortItem }: Subjects): Asked[] {
  return [
    ['/api/items'],
    ['/api/items', {}, { q: '김' }],
    ['/api/items/{code}', { code: shortItem }],
    ['/api/configurations'],
    ['/api/configurations/{code}', { code: 'C-KIM-1' }],
    ...LIST_KINDS.map((kind): Asked => ['/api/lists/{kind}/file', { kind }]),
  ];
}

function gifts({ order, gift }: Subjects): Asked[] {
  return [
    ['/api/gifts/rules'],
    ['/api/gifts/rules/{id}', { id: gift }],
    ['/api/gifts/of-order', {}, { key: order }],
  ];
}

function dispatch(house: Subjects): Asked[] {
  const list = (query: Values, more: Partial<Question> = {}): Asked => [
    '/api/dispatch/dispatches',
    {},
    query,
    more,
  ];
  return [
    ['/api/dispatch/wmses'],
    list({ wms: 'fulfillment', state: 'accepted' }),
    list({ wms: 'fulfillment', state: 'shipped' }, DEEP),
    list({ wms: 'fulfillment', state: 'cancelled' }),
    list({ wms: 'shipstation', state: 'rejected' }),
    list({ state: 'ready' }),
    list({ state: 'cancelled' }),
    ['/api/dispatch/doubtful'],
    ['/api/dispatch/orders/{channel}/{number}', partsOf(house.unknown)],
    ['/api/dispatch/differences'],
    ['/api/dispatch/routes'],
    ['/api/dispatch/packing/groups'],
    ['/api/dispatch/packing/proposals'],
    ['/api/dispatch/packing/windows'],
    ['/api/dispatch/packing/rules'],
    ['/api/dispatch/cut-over', {}, { from: 'fulfillment', to: 'shipstation' }],
  ];
}

function stock({ shortItem: itemCode, orderedAt }: Subjects): Asked[] {
  const place = { wms: 'fulfillment', itemCode };
  return [
    ['/api/stock/levels'],
    ['/api/stock/levels', {}, { only: 'short' }],
    ['/api/stock/levels', {}, { wms: 'fulfillment', search: '김' }],
    ['/api/stock/levels/{wms}/{itemCode}', place],
    ['/api/stock/levels/{wms}/{itemCode}/ledger', place],
    ['/api/stock/levels/{wms}/{itemCode}/ledger', place, {}, DEEP],
    ['/api/stock/levels/{wms}/{itemCode}/at', place, { at: orderedAt }],
    ['/api/stock/levels/{wms}/{itemCode}/waiting', place, { limit: 200 }],
    ['/api/stock/shortages'],
    ['/api/stock/holds'],
  ];
}

function collection(): Asked[] {
  const source = { source: 'coupang' };
  const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  return [
    ['/api/collection/schedules'],
    ['/api/collection/sources'],
    ['/api/collection/sources/{source}/coverage', source],
    ['/api/collection/sources/{source}/coverage', source, { from: at(31), to: at(1) }],
    ['/api/collection/sources/{source}/coverage', source, { from: at(301), to: at(271) }],
    ['/api/collection/sources/{source}/runs', source, {}, DEEP],
    ['/api/collection/sources/{source}/backfills', source],
    ['/api/collection/channels'],
    ...['awaited', 'done', 'none'].map((answer): Asked => ['/api/collection/claims', {}, { answer }]),
    ['/api/collection/claims', {}, { answer: 'done' }, { pagesOn: 3 }],
    ...['refused', 'pending', 'done'].map((state): Asked => ['/api/collection/tracking', {}, { state }]),
    ['/api/collection/tracking', {}, { state: 'done' }, DEEP],
  ];
}

/** Over long, a house has as many sums as it sells each thing on each channel, month after month. */
const OVER_LONG = { beside: 'quiet' } as const;

function sales(): Asked[] {
  const year = { from: daysAgo(364), to: daysAgo(0) };
  const half = { from: daysAgo(181), to: daysAgo(0), against: 'previous' };
  return [
    ...SALES_BY.map((by): Asked => ['/api/sales', {}, { ...year, by }, OVER_LONG]),
    ...SALES_BY.map((by): Asked => ['/api/sales', {}, { ...half, by }, OVER_LONG]),
    ['/api/sales', {}, { from: daysAgo(0), to: daysAgo(0), by: 'channel' }],
    ['/api/sales/export', {}, { ...year, by: 'item' }, OVER_LONG],
    ['/api/sales/cross', {}, { ...year, by: 'day', across: 'channel' }, OVER_LONG],
    ['/api/sales/cross', {}, { ...year, by: 'item', across: 'channel' }, OVER_LONG],
    ['/api/sales/cross/export', {}, { ...year, by: 'configuration', across: 'channel' }, OVER_LONG],
    ['/api/sales/settlements', {}, year, OVER_LONG],
    ['/api/fee-rules'],
  ];
}

function uploads({ draft, upload }: Subjects): Asked[] {
  return [
    ['/api/uploads'],
    ['/api/uploads/templates'],
    ['/api/uploads/templates/{name}/file', { name: 'b2b' }],
    ['/api/uploads/drafts/{id}', { id: draft }],
    ['/api/uploads/drafts/{id}/progress', { id: draft }],
    ['/api/uploads/drafts/{id}/marked', { id: draft }],
    ['/api/uploads/{id}', { id: upload }],
    ['/api/uploads/{id}/orders', { id: upload }],
  ];
}

function administration({ order }: Subjects): Asked[] {
  const list = (query: Values, more: Partial<Question> = {}): Asked => ['/api/audit', {}, query, more];
  return [
    list({}),
    list({}, DEEP),
    list({ actor: 'park' }),
    list({ actor: 'park', action: 'task.close' }),
    list({ action: 'order.reveal', from: daysAgo(200), to: daysAgo(100) }),
    list({ subject: order }),
    ['/api/audit/names'],
    ['/api/users'],
    ['/api/tokens'],
    ['/api/connections'],
    ['/api/alerts'],
    ['/api/retention'],
    ['/api/retention/preview'],
  ];
}
