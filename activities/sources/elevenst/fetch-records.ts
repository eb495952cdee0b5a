import type { TimeWindow } from '../../../domain/order';
import { seoulMinute, seoulTime } from '../../../domain/seoul';
import { OutsideUnavailable } from '../../outcome';
import type { FetchedPage, FetchedRecord } from '../source';
import type { Account } from './account';
import { orderStates } from './order-states';
import { claimRecord, lineRecord, tokenIn, unnamedRecord } from './rows';

const MINUTE_MS = 60_000;
/** The guide: a list has at most so many rows, and no further page. */
const LONGEST_LIST = 3_000;
/** As many orders as `orderlistall` takes at once. */
const PAGE = 100;

/**
 * Everything 11st can be asked for by time. New orders come first and those in preparation after them, so that
 * one taken over in between is in the second list; it takes in what a run that died has taken over, too.
 */
const LISTS = [
  'ordservices/complete',
  'ordservices/packaging',
  'claimservice/cancelorders',
  'claimservice/canceledorders',
  'claimservice/withdrawcanceledorders',
  'claimservice/returnorders',
  'claimservice/returnedorders',
  'claimservice/retractretorders',
  'claimservice/exchangeorders',
  'claimservice/exchangedorders',
  'claimservice/retractexcorders',
] as const;

/** Where reading stands: a list, and the minute up to which it has been read. */
interface Position {
  readonly list: number;
  readonly from: number;
}

/** @throws OutsideUnavailable without the key and without personal data in it. */
export async function* fetchRecords(
  account: Account,
  window: TimeWindow,
  next?: string,
): AsyncGenerator<FetchedPage> {
  // Intervals are of whole minutes, both ends included.
  const begin = Math.floor(window.from.getTime() / MINUTE_MS) * MINUTE_MS;
  const end = Math.ceil(window.to.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let at = positionOf(next) ?? { list: 0, from: begin }; at.list < LISTS.length; ) {
    const { records, to } = await readList(account, at, end);
    const after = to < end ? { list: at.list, from: to } : { list: at.list + 1, from: begin };
    yield* inPages(account, records, at, after);
    at = after;
  }
}

/** A list that is full may have left rows out: the interval is cut until it is not. */
async function readList(account: Account, { list, from }: Position, end: number) {
  for (let to = end; ; ) {
    const records = await account.list(`${LISTS[list]}/${minute(from)}/${minute(to)}`);
    if (records.rows.length < LONGEST_LIST) return { records, to };
    const half = Math.floor((to - from) / 2 / MINUTE_MS) * MINUTE_MS;
    if (half === 0)
      throw new OutsideUnavailable(`11st ${LISTS[list]}: ${LONGEST_LIST} rows in ${minute(from)} alone`);
    to = from + half;
  }
}

async function* inPages(
  account: Account,
  { rows, leftovers }: { rows: readonly Uint8Array[]; leftovers: readonly Uint8Array[] },
  here: Position,
  after: Position,
): AsyncGenerator<FetchedPage> {
  const others = leftovers.map(unnamedRecord);
  for (let first = 0; first === 0 || first < rows.length; first += PAGE) {
    const page = rows.slice(first, first + PAGE);
    const isLast = first + PAGE >= rows.length;
    const records = await recordsOf(account, here, page);
    // Within a list there is no going on: it is another one once an order has been taken over.
    const next = cursorOf(isLast ? after : here);
    yield { records: isLast ? [...records, ...others] : records, ...(next === undefined ? {} : { next }) };
  }
}

async function recordsOf(
  account: Account,
  { list }: Position,
  rows: readonly Uint8Array[],
): Promise<FetchedRecord[]> {
  const { encoding } = account.settings;
  if (LISTS[list]?.startsWith('claimservice')) return rows.map((row) => claimRecord(row, encoding));
  return lineRecords(account, rows);
}

/** Lines of orders with what `orderlistall` says of them. */
export async function lineRecords(account: Account, rows: readonly Uint8Array[]): Promise<FetchedRecord[]> {
  const tokens = rows.map(tokenIn);
  const numbers = tokens.flatMap((token) => token('ordNo') ?? []);
  const states = await orderStates(account, 'orderlistall', numbers);
  return rows.map((row, index) => {
    const token = tokens[index];
    const state = states.get(`${token?.('ordNo')}-${token?.('ordPrdSeq')}`);
    return lineRecord(row, state, account.settings.encoding);
  });
}

function minute(at: number): string {
  return seoulMinute(new Date(at));
}

function cursorOf({ list, from }: Position): string | undefined {
  const name = LISTS[list];
  return name && `${name}/${minute(from)}`;
}

function positionOf(cursor: string | undefined): Position | undefined {
  const list = LISTS.findIndex((name) => cursor?.startsWith(`${name}/`));
  const from = seoulTime(cursor?.slice(-12) ?? '').getTime();
  return list === -1 || Number.isNaN(from) ? undefined : { list, from };
}
