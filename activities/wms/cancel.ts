import { orUnavailable, stopwatch } from '../json-call';
import { asNotReceived, type Exchange, type NotReceived, OutsideUnavailable } from '../outcome';
import type { CancelOutcome, CancelReply, CreateOptions, WmsOrderFound } from './wms';

/** Whatever the WMS said, or did not say; only that it was certainly not asked is taken at its word. */
interface Asked {
  readonly result:
    | NotReceived
    | { readonly kind: 'answered' | 'data' | 'refused' | 'unknown'; readonly reason?: string };
  readonly exchange: Exchange;
}

export interface Cancellation {
  /** Reads what has become of the order. @throws OutsideUnavailable also when the WMS does not list it. */
  readonly look: (timeoutMs: number) => Promise<WmsOrderFound>;
  /** Asks the WMS to cancel it. */
  readonly ask: (options: CreateOptions) => Promise<Asked>;
}

/**
 * Cancels by a call whose words are not trusted: what has become of the order says what came of it.
 * Asked again, it finds out what an earlier call has done.
 */
export async function cancelAndLook(
  { look, ask }: Cancellation,
  options: CreateOptions,
): Promise<CancelReply> {
  const remaining = stopwatch(options.timeoutMs);
  const before = await orUnavailable(look(remaining()));
  const asked: Exchange = { request: 'looked the order up', response: JSON.stringify(before), status: null };
  if (before instanceof OutsideUnavailable)
    return {
      outcome: asNotReceived(before),
      exchange: { ...asked, response: null },
    };
  const settled = settledOutcome(before);
  if (settled) return { outcome: settled, exchange: asked };
  const { result, exchange } = await ask({ ...options, timeoutMs: remaining() });
  if (result.kind === 'not-received') return { outcome: result, exchange };
  const now = await orUnavailable(look(remaining()));
  if (now instanceof OutsideUnavailable)
    return { outcome: { kind: 'unknown', reason: result.reason ?? now.message }, exchange };
  const reason = result.reason ?? 'the WMS has answered, but the order is still open';
  return { outcome: settledOutcome(now) ?? { kind: 'unknown', reason }, exchange };
}

/** What an order's state says of its cancellation; undefined while it is open. */
export function settledOutcome({ state }: Pick<WmsOrderFound, 'state'>): CancelOutcome | undefined {
  if (state === 'cancelled') return { kind: 'cancelled' };
  return state === 'shipped' ? { kind: 'too-late', reason: 'the order has shipped' } : undefined;
}

/** The one of several orders under a caller key that is meant. @throws OutsideUnavailable when it is not there. */
export function withReference(found: readonly WmsOrderFound[], reference: string): WmsOrderFound {
  const order = found.find((one) => one.reference === reference);
  if (order) return order;
  throw new OutsideUnavailable(`the WMS does not list order ${reference}`);
}
