import { z } from 'zod';
import type { TimeWindow } from '../../../domain/order';
import { OutsideUnavailable } from '../../outcome';
import { cutArray } from '../json-records';
import type { FetchedPage, FetchedRecord } from '../source';
import type { NaverClient } from './client';
import { allDetails, type Detail, hashOf, recordsOf } from './details';
import { idSchema, jsonOf, naverTime, PRODUCT_ORDERS, parseLeniently } from './wire';

const CHANGES = `${PRODUCT_ORDERS}/last-changed-statuses`;

/** Where the list of changes goes on: a moment, and a product order among those that changed in it. */
interface Cursor {
  readonly lastChangedFrom: string;
  readonly moreSequence?: string;
}

/**
 * What changed in the window, order and claims, a page of the change feed at a time. A product order that changes
 * again while it is being read moves to the end of the feed, and is given again where it tells something else.
 *
 * @throws OutsideUnavailable
 */
export async function* fetchRecords(
  client: NaverClient,
  window: TimeWindow,
  from?: string,
): AsyncGenerator<FetchedPage> {
  const given = new Set<string>();
  let cursor: Cursor | undefined = from === undefined ? beginningOf(window) : readCursor(from);
  while (cursor !== undefined) {
    const { changes, more } = await readChanges(client, cursor, window.to);
    const records = (await recordsOfChanges(client, changes)).filter((record) => isNews(record, given));
    const next = more === undefined ? undefined : writeCursor(more);
    if (next === writeCursor(cursor))
      throw new OutsideUnavailable(`GET ${CHANGES}: the list does not get on`);
    yield next === undefined ? { records } : { records, next };
    cursor = more;
  }
}

function beginningOf({ from }: TimeWindow): Cursor {
  return { lastChangedFrom: naverTime(from) };
}

function writeCursor({ lastChangedFrom, moreSequence = '' }: Cursor): string {
  return `${lastChangedFrom} ${moreSequence}`;
}

function readCursor(written: string): Cursor {
  const [lastChangedFrom = '', moreSequence = ''] = written.split(' ');
  return moreSequence === '' ? { lastChangedFrom } : { lastChangedFrom, moreSequence };
}

function isNews({ recordId, contentHash }: FetchedRecord, given: Set<string>): boolean {
  const version = `${recordId} ${contentHash}`;
  if (given.has(version)) return false;
  given.add(version);
  return true;
}

const moreSchema = z.object({ moreFrom: z.string().nullish(), moreSequence: idSchema.nullish() }).nullish();
const changesSchema = z.object({
  // Assumed: where nothing has changed it may be missing.
  data: z
    .object({
      count: z.int(),
      lastChangeStatuses: z.array(z.unknown()),
      more: moreSchema,
    })
    .nullish(),
});

interface Changes {
  /** A product order that changed, byte for byte. */
  readonly changes: readonly Uint8Array[];
  readonly more: Cursor | undefined;
}

async function readChanges(client: NaverClient, cursor: Cursor, to: Date): Promise<Changes> {
  const { body } = await client.read({
    method: 'GET',
    path: CHANGES,
    query: {
      ...cursor,
      lastChangedTo: naverTime(to),
      limitCount: String(client.settings.pageSize),
    },
  });
  const { success, data: answer } = changesSchema.safeParse(jsonOf(body));
  if (!success) throw new OutsideUnavailable(`GET ${CHANGES}: the answer is no list of changes`);
  const { count = 0, lastChangeStatuses = [], more } = answer.data ?? {};
  if (lastChangeStatuses.length !== count)
    throw new OutsideUnavailable(`GET ${CHANGES}: ${lastChangeStatuses.length} changes of ${count}`);
  return { changes: cutArray(body, ['data', 'lastChangeStatuses']), more: cursorOf(more) };
}

function cursorOf(more: z.output<typeof moreSchema>): Cursor | undefined {
  if (!more?.moreFrom) return undefined;
  const { moreFrom: lastChangedFrom, moreSequence } = more;
  return moreSequence ? { lastChangedFrom, moreSequence } : { lastChangedFrom };
}

const changeSchema = z.object({
  productOrderId: idSchema,
  productOrderStatus: z.string().nullish(),
  giftReceivingStatus: z.string().nullish(),
});

/** Never paid, or a gift that nobody has accepted yet: it changes again when it becomes an order. */
const NO_ORDER_YET = ['PAYMENT_WAITING', 'CANCELED_BY_NOPAYMENT', 'WAIT_FOR_RECEIVING'];

async function recordsOfChanges(
  client: NaverClient,
  changes: readonly Uint8Array[],
): Promise<FetchedRecord[]> {
  const byId = new Map<string, Uint8Array>();
  const unreadable: FetchedRecord[] = [];
  for (const change of changes) {
    const { data } = changeSchema.safeParse(parseLeniently(change));
    if (data === undefined) unreadable.push(undetailed(change));
    else if (!isNoOrderYet(data)) byId.set(data.productOrderId, change);
  }
  const details = await allDetails(client, [...byId.keys()]);
  // Naver may fail at some of them alone, and give them when it is asked again.
  details.push(...(await allDetails(client, without(details, byId))));
  const missing = without(details, byId).map((id) => undetailed(byId.get(id) ?? Buffer.alloc(0), id));
  return [...details.flatMap(recordsOf), ...unreadable, ...missing];
}

/** Product orders that changed, and that no detail is of. */
function without(details: readonly Detail[], byId: ReadonlyMap<string, Uint8Array>): string[] {
  const given = new Set(details.map(({ productOrderId }) => productOrderId));
  return [...byId.keys()].filter((id) => !given.has(id));
}

function isNoOrderYet({ productOrderStatus, giftReceivingStatus }: z.output<typeof changeSchema>): boolean {
  return [productOrderStatus, giftReceivingStatus].some((word) => NO_ORDER_YET.includes(word ?? ''));
}

/** A change that nothing else is told of: kept under a name of its own, and a person's to look at. */
function undetailed(change: Uint8Array, productOrderId?: string): FetchedRecord {
  const contentHash = hashOf(change);
  return { recordId: `change-${productOrderId ?? contentHash}`, body: change, contentHash };
}
