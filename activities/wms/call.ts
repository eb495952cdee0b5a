import type { z } from 'zod';
import { orUnavailable, read, type WriteReply, write } from '../json-call';
import { type Exchange, OutsideUnavailable } from '../outcome';
import type { CreateOptions, CreateOutcome, CreateReply, Permit, WmsOrder, WmsOrderListed } from './wms';

/** What every WMS has in common. */

const READ_TIMEOUT_MS = 15_000;

export type JsonGet = ReturnType<typeof jsonClient>['get'];
export type JsonPost = ReturnType<typeof jsonClient>['post'];

/** Calls of one account: GETs are reads, POSTs are writes, both in JSON. */
export function jsonClient(baseUrl: string, permit: Permit, credentials: () => Record<string, string>) {
  const at = (path: string) => ({
    url: `${baseUrl.replace(/\/$/, '')}${path}`,
    headers: { ...credentials(), 'content-type': 'application/json' },
    permit,
  });
  return {
    /** @throws OutsideUnavailable as {@link read} does. */
    get: <T>(path: string, schema: z.ZodType<T>, timeoutMs = READ_TIMEOUT_MS): Promise<T> =>
      read({ ...at(path), method: 'GET', timeoutMs }, schema),
    post: (path: string, body: unknown, options: CreateOptions): Promise<WriteReply> =>
      write({ ...at(path), method: 'POST', body: JSON.stringify(body), ...options }),
  };
}

/**
 * What a refusal means. The codes and words of a refusal are documented nowhere, but whether the caller
 * key is known already can be asked.
 */
export async function judgeRefusal(reason: string, isKnown: Promise<boolean>): Promise<CreateOutcome> {
  const known = await orUnavailable(isKnown);
  if (known instanceof OutsideUnavailable)
    return { kind: 'unknown', reason: `${reason}; whether the order is known already: ${known.message}` };
  return known ? { kind: 'duplicate', reason } : { kind: 'refused', reason };
}

/** The evidence for one order of a bulk call: its own part of the request and of the answer. */
export function partOf(exchange: Exchange, content: unknown, result: unknown): Exchange {
  const [head = ''] = exchange.request.split('\n', 1);
  return {
    ...exchange,
    request: `${head}\n\n${JSON.stringify(content)}`,
    response: result === undefined ? exchange.response : JSON.stringify(result),
  };
}

/** The reply for an order that was decided on before anything was sent. */
export function unsent(order: WmsOrder, outcome: CreateOutcome): CreateReply {
  return {
    outcome,
    exchange: { request: `not sent\n\n${JSON.stringify(order)}`, response: null, status: null },
  };
}

/** Each order once, where one that came in meanwhile pushed a row onto the next page of a list. */
export function eachOnce(listed: readonly WmsOrderListed[]): WmsOrderListed[] {
  return [...new Map(listed.map((order) => [order.reference, order])).values()];
}

/** What the WMS does not offer throws: an empty answer would say that nothing is there. */
export function notOffered(what: string): Promise<never> {
  return Promise.reject(new OutsideUnavailable(`the WMS has no ${what}`));
}

/** The channel's order numbers as people see them in the WMS: as many as fit, and of how many more there are. */
export function orderNumbersText({ orderNumbers }: WmsOrder, maxLength: number): string {
  for (let shown = orderNumbers.length; shown > 0; shown -= 1) {
    const more = shown < orderNumbers.length ? ` 외 ${orderNumbers.length - shown}건` : '';
    const text = `${orderNumbers.slice(0, shown).join(', ')}${more}`;
    if (text.length <= maxLength) return text;
  }
  return `${orderNumbers[0]?.slice(0, maxLength - 1) ?? ''}…`;
}
