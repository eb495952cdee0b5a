import { orUnavailable, stopwatch } from '../../json-call';
import { asNotReceived, type Exchange, OutsideUnavailable } from '../../outcome';
import { type JsonGet, type JsonPost } from '../call';
import { settledOutcome } from '../cancel';
import type { CancelOutcome, CancelReply, CreateOptions } from '../wms';
import {
  cancelSchema,
  type FulfillmentOrder,
  isToLeave,
  readReleases,
  refusalSchema,
  toState,
} from './format';

const CUSTOMER_CANCELLED = 1;

export interface CancelCalls {
  readonly get: JsonGet;
  readonly post: JsonPost;
  readonly findOrders: (codes: readonly string[], timeoutMs: number) => Promise<FulfillmentOrder[]>;
}

/**
 * Asks the warehouse to cancel an order's release (발주 취소요청). It may decide later: until then the
 * outcome is unknown, and cancelling again finds out.
 */
export async function cancelOrder(
  calls: CancelCalls,
  code: string,
  reference: string,
  options: CreateOptions,
): Promise<CancelReply> {
  const remaining = stopwatch(options.timeoutMs);
  const order = await orUnavailable(findOrder(calls, code, reference, remaining()));
  const asked = lookUp(code, order);
  if (order instanceof OutsideUnavailable) return notAsked(order, asked);
  const settled = settledOutcome({ state: toState(order) });
  if (settled) return { outcome: settled, exchange: asked };
  const releaseId = await orUnavailable(findRelease(calls.get, order, remaining()));
  if (releaseId instanceof OutsideUnavailable) return notAsked(releaseId, asked);
  const { result, exchange } = await calls.post(
    '/v2/request/order_cancel',
    { order_id: order.order_id, release_id: releaseId, cancel_reason_no: CUSTOMER_CANCELLED },
    { ...options, timeoutMs: remaining() },
  );
  if (result.kind !== 'answered') return { outcome: result, exchange };
  const decided = decision(result.body);
  if (decided) return { outcome: decided, exchange };
  // Refused: what has become of the order says why.
  const now = await orUnavailable(findOrder(calls, code, reference, remaining()));
  const outcome = now instanceof OutsideUnavailable ? undefined : settledOutcome({ state: toState(now) });
  const reason = refusalSchema.safeParse(result.body).data?.message ?? 'the answer is not understood';
  return { outcome: outcome ?? { kind: 'unknown', reason }, exchange };
}

function notAsked(error: OutsideUnavailable, exchange: Exchange): CancelReply {
  return { outcome: asNotReceived(error), exchange };
}

function lookUp(code: string, answer: FulfillmentOrder | OutsideUnavailable): Exchange {
  const response = answer instanceof OutsideUnavailable ? null : JSON.stringify(answer);
  return { request: `GET /v2/request/orders?company_order_codes=${code}`, response, status: null };
}

/** @throws OutsideUnavailable also when the order is not listed: nothing can be said of it then. */
async function findOrder(
  { findOrders }: CancelCalls,
  code: string,
  reference: string,
  timeoutMs: number,
): Promise<FulfillmentOrder> {
  const order = (await findOrders([code], timeoutMs)).find(({ order_id }) => String(order_id) === reference);
  if (!order) throw new OutsideUnavailable(`the WMS does not list order ${reference}`);
  return order;
}

/** Null before the order is released (출고요청전): it can then be cancelled by its order_id alone. */
async function findRelease(get: JsonGet, order: FulfillmentOrder, timeoutMs: number): Promise<number | null> {
  const releases = await readReleases(get, order, timeoutMs);
  return (releases.find(isToLeave) ?? releases[0])?.release_id ?? null;
}

function decision(body: unknown): CancelOutcome | undefined {
  const parsed = cancelSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const status = parsed.data.response.cancel_status;
  if (status === 2) return { kind: 'cancelled' };
  if (status === 3) return { kind: 'too-late', reason: 'the warehouse declined the cancellation' };
  return { kind: 'unknown', reason: 'the warehouse has not decided on the cancellation yet' };
}
