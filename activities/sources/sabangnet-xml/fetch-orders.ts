import type { TimeWindow } from '../../../domain/order';
import { OutsideUnavailable } from '../../outcome';
import { hubDay } from '../sabangnet/hub-time';
import type { FetchedPage, FetchedRecord } from '../source';
import { cutResponse } from './cut-response';
import { ORDER_FIELDS } from './decode';
import type { Hub } from './hub';

const PAGE = 500;
const DAY_MS = 86_400_000;

/**
 * All records that the hub collected on the days that the window touches, and some days before for what
 * was cancelled since. Whatever their status: reading turns 신규주문 into 주문확인, so that asking for new
 * ones would lose those whose answer got lost.
 *
 * @throws OutsideUnavailable without the auth key and without personal data in it.
 */
export async function* fetchOrders(hub: Hub, window: TimeWindow): AsyncGenerator<FetchedPage> {
  const records = readRecords(hub, await askFor(hub, window));
  for (let from = 0; from < records.length; from += PAGE)
    yield { records: records.slice(from, from + PAGE), announced: records.length };
}

async function askFor(hub: Hub, { from, to }: TimeWindow): Promise<Uint8Array> {
  const { result } = await hub.call('xml_order_info.html', {
    root: 'SABANG_ORDER_LIST',
    data: [
      {
        ORD_ST_DATE: hubDay(new Date(from.getTime() - hub.settings.lookBackDays * DAY_MS)),
        // Assumed: the last day is part of the answer; the window itself ends before `to`.
        ORD_ED_DATE: hubDay(new Date(Math.max(from.getTime(), to.getTime() - 1))),
        ORD_FIELD: ORDER_FIELDS.join('|'),
        ...(hub.settings.encoding === 'utf-8' ? { LANG: 'UTF-8' } : {}),
      },
    ],
  });
  if (result.kind !== 'answered') throw new OutsideUnavailable(`Sabangnet orders: ${result.reason}`);
  const { status, headers, body } = result;
  if (status === 200) return body;
  const seconds = Number(headers['retry-after']);
  throw new OutsideUnavailable(
    `Sabangnet orders: HTTP ${status}`,
    status === 429 && seconds >= 0 ? seconds * 1_000 : undefined,
  );
}

function readRecords(hub: Hub, body: Uint8Array): FetchedRecord[] {
  try {
    return cutResponse(body, hub.settings.encoding);
  } catch (error) {
    if (error instanceof OutsideUnavailable) throw new OutsideUnavailable(hub.withoutKey(error.message));
    throw error;
  }
}
