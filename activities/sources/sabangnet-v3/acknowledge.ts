import { z } from 'zod';
import { orUnavailable } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import { parseLossless } from '../json-records';
import { isConfirmed } from '../sabangnet/order-status';
import type { Reply } from '../source';
import type { HubApi } from './api';
import { ORDER_ITEMS, ordersCollected } from './lists';
import { readPage } from './read-page';
import { writeRows } from './write-rows';

/** An order is acknowledged soon after the hub has collected it; an older one is somebody's task. */
const LOOK_BACK_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Takes orders from 신규주문 to 주문확인. The hub makes no step twice: of one that it refuses, its list says
 * whether it was made before, or was cancelled.
 */
export async function acknowledge(api: HubApi, recordIds: readonly string[]): Promise<Reply[]> {
  const replies = await writeRows(
    api,
    'order-status',
    recordIds.map((id) => ({
      recordIds: [id],
      rows: [{ sbOrderNo: id, targetStatusCode: 'ORDER_CONFIRM' }],
    })),
    (orders) => ({ orders }),
  );
  if (replies.every(({ outcome }) => outcome.kind !== 'refused')) return replies;
  const confirmed = await orUnavailable(readConfirmed(api));
  return replies.map((reply, index) => {
    if (reply.outcome.kind !== 'refused') return reply;
    if (confirmed instanceof OutsideUnavailable)
      return {
        ...reply,
        outcome: { kind: 'unknown', reason: `${reply.outcome.reason}; ${confirmed.message}` },
      };
    return confirmed.has(recordIds[index] ?? '') ? { ...reply, outcome: { kind: 'done' } } : reply;
  });
}

const rowSchema = z.object({
  [ORDER_ITEMS.id]: z.coerce.string(),
  [ORDER_ITEMS.status]: z.coerce.string(),
});

/** Numbers of the orders that are confirmed and not yet shipped. */
async function readConfirmed(api: HubApi): Promise<ReadonlySet<string>> {
  const now = Date.now();
  // The hub's clock may be ahead of ours.
  const window = { from: new Date(now - LOOK_BACK_DAYS * DAY_MS), to: new Date(now + DAY_MS) };
  const list = ordersCollected(window, [ORDER_ITEMS.id, ORDER_ITEMS.status]);
  const confirmed = new Set<string>();
  for (let page = 1, total = 1; (page - 1) * api.settings.perPage < total; page += 1) {
    const found = await readPage(api, list, page);
    total = found.total;
    for (const record of found.records) {
      const row = rowSchema.safeParse(parseLossless(record)).data;
      if (row !== undefined && isConfirmed(row[ORDER_ITEMS.status])) confirmed.add(row[ORDER_ITEMS.id]);
    }
  }
  return confirmed;
}
