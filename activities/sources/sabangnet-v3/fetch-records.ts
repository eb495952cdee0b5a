import type { TimeWindow } from '../../../domain/order';
import type { FetchedPage } from '../source';
import type { HubApi } from './api';
import { toRecord } from './identify';
import { claimItems, claimsCollected, daysBefore, orderItems, ordersCollected } from './lists';
import { type HubList, readPage } from './read-page';

/** Where reading a window has come to. */
interface Place {
  readonly list: 'orders' | 'claims';
  readonly page: number;
  /** How long the list was when the page before was read. */
  readonly total: number;
  /** Records of the lists before. */
  readonly before: number;
}

const BEGINNING: Place = { list: 'orders', page: 1, total: 0, before: 0 };

/**
 * What the hub collected in the window, and some days before for what has changed since: orders first, then claims.
 *
 * @param from list, page, length of the list and of the one before it, separated by slashes.
 * @throws OutsideUnavailable
 */
export async function* fetchRecords(
  api: HubApi,
  window: TimeWindow,
  from?: string,
): AsyncGenerator<FetchedPage> {
  const lists = listsOf(api, window);
  let place: Place | undefined = from === undefined ? BEGINNING : placeIn(from);
  while (place !== undefined) {
    const { records, total } = await readPage(api, lists[place.list], place.page);
    if (total < place.total) {
      // A record left the list, and one that was to come has moved to a page that was read already.
      place = { ...place, page: 1, total: 0 };
      continue;
    }
    const next = after(api, place, total);
    yield {
      records: records.map((body) => toRecord(body, api.settings)),
      announced: place.before + total,
      ...(next === undefined ? {} : { next: named(next) }),
    };
    place = next;
  }
}

function listsOf({ settings }: HubApi, window: TimeWindow): Record<Place['list'], HubList> {
  const { lookBackDays, claimLookBackDays } = settings;
  return {
    orders: ordersCollected(daysBefore(window, lookBackDays), orderItems(settings)),
    claims: claimsCollected(daysBefore(window, claimLookBackDays), claimItems(settings)),
  };
}

function after({ settings }: HubApi, place: Place, total: number): Place | undefined {
  const { perPage, readsClaims } = settings;
  if (place.page * perPage < total) return { ...place, page: place.page + 1, total };
  if (place.list === 'claims' || !readsClaims) return undefined;
  return { list: 'claims', page: 1, total: 0, before: total };
}

function named({ list, page, total, before }: Place): string {
  return [list, page, total, before].join('/');
}

/** What is none of ours is read from the beginning: that loses nothing. */
function placeIn(from: string): Place {
  const [, list, page, total, before] = /^(orders|claims)\/(\d+)\/(\d+)\/(\d+)$/.exec(from) ?? [];
  if (list !== 'orders' && list !== 'claims') return BEGINNING;
  return { list, page: Number(page), total: Number(total), before: Number(before) };
}
