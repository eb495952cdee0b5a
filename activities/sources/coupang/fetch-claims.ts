import type { TimeWindow } from '../../../domain/order';
import { seoulDay, seoulStamp } from '../../../domain/seoul';
import { OutsideUnavailable } from '../../outcome';
import { cutArray } from '../json-records';
import type { FetchedRecord } from '../source';
import type { Wing } from './client';
import { exchangeKind } from './exchange';
import { MINUTE_MS, minutesOf } from './minutes';
import { receiptKind } from './receipt';
import { numberIn, readable, recordsOf } from './records';
import { envelopeOf, minuteOf } from './wire';
import { withdrawalKind } from './withdrawal';

/** 출고중지요청, 반품접수, 쿠팡확인요청, 반품완료, in the order in which a receipt goes through them. */
const STATUSES = ['RU', 'UC', 'PR', 'CC'] as const;

const DAY_MS = 86_400_000;
const WITHDRAWALS_PER_PAGE = 100;
const EXCHANGES_PER_PAGE = 50;
/** Exchanges are given for less than seven days at once, receipts for 31. */
const EXCHANGE_HOURS = 6 * 24;
const RECEIPT_HOURS = 30 * 24;

/**
 * What customers have taken back. A claim stands under the time at which it was made, whatever becomes of it, so
 * that open ones are looked at again for some days; one that the seller did not have yet is over at once.
 */
export async function* fetchClaims(wing: Wing, window: TimeWindow): AsyncGenerator<FetchedRecord[]> {
  const { lookBackMinutes, sliceMinutes, claimLookBackDays } = wing.settings;
  const lately = minutesOf(window, lookBackMinutes * MINUTE_MS, sliceMinutes / 60);
  const forDays = minutesOf(window, claimLookBackDays * DAY_MS, RECEIPT_HOURS);
  const questions = [
    ...lately.map((slice) => ({ slice, of: { cancelType: 'CANCEL' } })),
    ...forDays.flatMap((slice) => STATUSES.map((status) => ({ slice, of: { status } }))),
  ];
  const listed = new Set<string | undefined>();
  for (const { slice, of } of questions) {
    const receipts = await askReceipts(wing, slice, of);
    for (const receipt of receipts) listed.add(numberIn(readable(receipt), 'receiptId'));
    yield receipts.flatMap((receipt) => recordsOf(receipt, receiptKind));
  }
  for (const slice of minutesOf(window, claimLookBackDays * DAY_MS, EXCHANGE_HOURS))
    yield* exchangesOf(wing, slice);
  // Assumed: a receipt that is withdrawn is listed no more; one that is listed still was withdrawn in part only.
  for await (const withdrawals of withdrawalsOf(wing, window))
    yield withdrawals
      .filter((withdrawal) => !listed.has(numberIn(readable(withdrawal), 'cancelId')))
      .flatMap((withdrawal) => recordsOf(withdrawal, withdrawalKind));
}

async function askReceipts(
  wing: Wing,
  { from, to }: TimeWindow,
  of: Readonly<Record<string, string>>,
): Promise<Uint8Array[]> {
  const asked = { searchType: 'timeFrame', createdAtFrom: minuteOf(from), createdAtTo: minuteOf(to), ...of };
  return cutArray(await wing.read(wing.ofVendor('/returnRequests'), asked), ['data']);
}

async function* exchangesOf(wing: Wing, { from, to }: TimeWindow): AsyncGenerator<FetchedRecord[]> {
  const asked = {
    createdAtFrom: seoulStamp(from),
    createdAtTo: seoulStamp(to),
    maxPerPage: String(EXCHANGES_PER_PAGE),
  };
  for (let nextToken: string | undefined = ''; nextToken !== undefined; ) {
    const page = nextToken === '' ? asked : { ...asked, nextToken };
    const body = await wing.read(wing.ofVendor('/exchangeRequests'), page);
    yield cutArray(body, ['data']).flatMap((exchange) => recordsOf(exchange, exchangeKind));
    nextToken = nextPage(body, 'nextToken', nextToken);
  }
}

/** By the day on which they were withdrawn; at most seven days at once. */
async function* withdrawalsOf(wing: Wing, { from, to }: TimeWindow): AsyncGenerator<Uint8Array[]> {
  const asked = {
    dateFrom: seoulDay(new Date(from.getTime() - wing.settings.lookBackMinutes * MINUTE_MS)),
    dateTo: seoulDay(to),
    sizePerPage: String(WITHDRAWALS_PER_PAGE),
  };
  for (let pageIndex: string | undefined = '1'; pageIndex !== undefined; ) {
    const body = await wing.read(wing.ofVendor('/returnWithdrawRequests'), { ...asked, pageIndex });
    yield cutArray(body, ['data']);
    pageIndex = nextPage(body, 'nextPageIndex', pageIndex);
  }
}

/** @throws OutsideUnavailable for a page that names itself as the next one: it would be read for ever. */
function nextPage(body: Uint8Array, field: 'nextToken' | 'nextPageIndex', here: string): string | undefined {
  const next = envelopeOf(body)?.[field] || undefined;
  if (next !== here) return next;
  throw new OutsideUnavailable(`Coupang's pages do not end: ${field} stays the same`);
}
