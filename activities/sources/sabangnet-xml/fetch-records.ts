import type { TimeWindow } from '../../../domain/order';
import { OutsideUnavailable } from '../../outcome';
import { hubDay } from '../sabangnet/hub-time';
import type { FetchedPage, FetchedRecord } from '../source';
import { cutResponse, type HubList, idPattern } from './cut-response';
import { CLAIM_FIELDS, CLAIM_NUMBER } from './decode-claim';
import { ORDER_FIELDS } from './decode-order';
import type { Hub } from './hub';

const PAGE = 500;
const DAY_MS = 86_400_000;

/** One of the hub's lists, and how it is asked for. */
interface AskedList extends HubList {
  readonly endpoint: string;
  readonly names: { readonly from: string; readonly to: string; readonly fields: string };
  readonly fields: readonly string[];
  readonly lookBack: 'lookBackDays' | 'claimLookBackDays';
}

const ORDERS: AskedList = {
  of: 'orders',
  id: idPattern('IDX'),
  prefix: '',
  endpoint: 'xml_order_info.html',
  names: { from: 'ORD_ST_DATE', to: 'ORD_ED_DATE', fields: 'ORD_FIELD' },
  fields: ORDER_FIELDS,
  lookBack: 'lookBackDays',
};

const CLAIMS: AskedList = {
  of: 'claims',
  id: idPattern(CLAIM_NUMBER),
  prefix: 'claim-',
  endpoint: 'xml_clm_info.html',
  names: { from: 'CLM_ST_DATE', to: 'CLM_ED_DATE', fields: 'CLM_FIELD' },
  fields: CLAIM_FIELDS,
  lookBack: 'claimLookBackDays',
};

const AT_CLAIMS = /^claims\/(\d+)$/;

/**
 * What the hub collected on the days that the window touches, and some days before for what has changed since:
 * orders first, whatever their status (reading turns 신규주문 into 주문확인, so that asking for new ones would lose
 * those whose answer got lost), then claims.
 *
 * @param from `orders`, or `claims/` with the number of orders before them: a list comes as one answer, so that it
 *   is read anew from its beginning.
 * @throws OutsideUnavailable without the auth key and without personal data in it.
 */
export async function* fetchRecords(
  hub: Hub,
  window: TimeWindow,
  from?: string,
): AsyncGenerator<FetchedPage> {
  const { readsClaims } = hub.settings;
  let orders = AT_CLAIMS.exec(from ?? '')?.[1];
  if (orders === undefined) {
    const records = await readList(hub, window, ORDERS);
    orders = String(records.length);
    yield* pagesOf(records, 0, 'orders', readsClaims ? `claims/${orders}` : undefined);
  }
  if (!readsClaims) return;
  yield* pagesOf(await readList(hub, window, CLAIMS), Number(orders), `claims/${orders}`, undefined);
}

/**
 * @param before how many records were announced before these.
 * @param again where reading goes on while there are more of these.
 * @param after where it goes on after the last one.
 */
function* pagesOf(
  records: readonly FetchedRecord[],
  before: number,
  again: string,
  after: string | undefined,
): Generator<FetchedPage> {
  const announced = before + records.length;
  for (let at = 0; at === 0 || at < records.length; at += PAGE) {
    const next = at + PAGE < records.length ? again : after;
    yield { records: records.slice(at, at + PAGE), announced, ...(next === undefined ? {} : { next }) };
  }
}

async function readList(hub: Hub, window: TimeWindow, list: AskedList): Promise<FetchedRecord[]> {
  const body = await askFor(hub, window, list);
  try {
    return cutResponse(body, hub.settings.encoding, list);
  } catch (error) {
    if (error instanceof OutsideUnavailable) throw new OutsideUnavailable(hub.withoutKey(error.message));
    throw error;
  }
}

async function askFor(hub: Hub, { from, to }: TimeWindow, list: AskedList): Promise<Uint8Array> {
  const { names, fields, endpoint } = list;
  const days = hub.settings[list.lookBack];
  const { result } = await hub.call(endpoint, {
    root: 'SABANG_ORDER_LIST',
    data: [
      {
        [names.from]: hubDay(new Date(from.getTime() - days * DAY_MS)),
        // Assumed: the last day is part of the answer; the window itself ends before `to`.
        [names.to]: hubDay(new Date(Math.max(from.getTime(), to.getTime() - 1))),
        [names.fields]: fields.join('|'),
        ...(hub.settings.encoding === 'utf-8' ? { LANG: 'UTF-8' } : {}),
      },
    ],
  });
  const what = `Sabangnet ${list.of}`;
  if (result.kind !== 'answered') throw new OutsideUnavailable(`${what}: ${result.reason}`);
  const { status, headers, body } = result;
  if (status === 200) return body;
  const seconds = Number(headers['retry-after']);
  const retryAfterMs = status === 429 && seconds >= 0 ? seconds * 1_000 : undefined;
  throw new OutsideUnavailable(`${what}: HTTP ${status}`, retryAfterMs);
}
