import { z } from 'zod';
import { type Answered, exchangeHttp, type HttpRequest } from '../http';
import { type Exchange, type NotReceived, OutsideUnavailable, type Unknown } from '../outcome';
import type { CreateOptions, CreateOutcome, CreateReply, WmsOrder, WmsOrderListed } from './wms';

/** What every WMS that answers in JSON over HTTP has in common. */

/** An answer that the WMS itself gave: a success or a refusal of its own, to be read by the adapter. */
export interface JsonAnswer {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: unknown;
}

export interface WriteReply {
  readonly result: JsonAnswer | NotReceived | Unknown;
  readonly exchange: Exchange;
}

/**
 * A call that changes something. 401, 403 and 429 come from the gate before anyone has acted; 5xx, a
 * redirect, a page of HTML or half a body say nothing of what happened behind them.
 */
export async function write(request: HttpRequest): Promise<WriteReply> {
  const { result, exchange } = await exchangeHttp(request);
  return { result: result.kind === 'answered' ? judge(result) : result, exchange };
}

function judge(answer: Answered): WriteReply['result'] {
  const { status } = answer;
  const turnedAway = turnedAwayAt(answer);
  if (turnedAway) return turnedAway;
  const body = parseJson(answer.body);
  if (status >= 500 || (status >= 300 && status < 400)) return { kind: 'unknown', reason: `HTTP ${status}` };
  if (body === undefined) return { kind: 'unknown', reason: `HTTP ${status} with a body that is no JSON` };
  return { kind: 'answered', status, body };
}

/**
 * A call that only asks.
 *
 * @throws OutsideUnavailable when no answer came, or one that does not fit the schema.
 */
export async function read<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const { result } = await exchangeHttp(request);
  const what = `${request.method} ${new URL(request.url).pathname}`;
  if (result.kind !== 'answered') throw new OutsideUnavailable(`${what}: ${result.reason}`);
  const turnedAway = turnedAwayAt(result);
  if (turnedAway) throw new OutsideUnavailable(`${what}: ${turnedAway.reason}`, turnedAway.retryAfterMs);
  if (result.status >= 300) throw new OutsideUnavailable(`${what}: HTTP ${result.status}`);
  const parsed = schema.safeParse(parseJson(result.body));
  if (parsed.success) return parsed.data;
  throw new OutsideUnavailable(`${what}: the answer does not fit\n${z.prettifyError(parsed.error)}`);
}

function turnedAwayAt({ status, headers }: Answered): NotReceived | undefined {
  if (status === 401 || status === 403)
    return {
      kind: 'not-received',
      reason: `HTTP ${status}: the WMS did not accept the credentials of this connection, or this address`,
    };
  if (status !== 429) return undefined;
  const seconds = Number(headers['retry-after'] ?? headers['x-rate-limit-reset'] ?? headers['x-retry-after']);
  const reason = 'HTTP 429: too many calls';
  return seconds >= 0
    ? { kind: 'not-received', reason, retryAfterMs: seconds * 1_000 }
    : { kind: 'not-received', reason };
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

const READ_TIMEOUT_MS = 15_000;

export type JsonGet = ReturnType<typeof jsonClient>['get'];
export type JsonPost = ReturnType<typeof jsonClient>['post'];

/** Calls of one account: GETs are reads, POSTs are writes, both in JSON. */
export function jsonClient(baseUrl: string, credentials: () => Record<string, string>) {
  const at = (path: string) => ({
    url: `${baseUrl.replace(/\/$/, '')}${path}`,
    headers: { ...credentials(), 'content-type': 'application/json' },
  });
  return {
    /** @throws OutsideUnavailable as {@link read} does. */
    get: <T>(path: string, schema: z.ZodType<T>, timeoutMs = READ_TIMEOUT_MS): Promise<T> =>
      read({ ...at(path), method: 'GET', timeoutMs }, schema),
    post: (path: string, body: unknown, options: CreateOptions): Promise<WriteReply> =>
      write({ ...at(path), method: 'POST', body: JSON.stringify(body), ...options }),
  };
}

/** A read's failure as a value, where the caller has an outcome for it. */
export function orUnavailable<T>(reading: Promise<T>): Promise<T | OutsideUnavailable> {
  return reading.catch((error: unknown) => {
    if (error instanceof OutsideUnavailable) return error;
    throw error;
  });
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

/** What remains of a time budget, in ms. */
export function stopwatch(timeoutMs: number): () => number {
  const ends = performance.now() + timeoutMs;
  return () => Math.max(1, Math.floor(ends - performance.now()));
}

/** The channel's order numbers as people see them in the WMS. */
export function orderNumbersText(order: WmsOrder, maxLength: number): string {
  const text = order.orderNumbers.join(', ');
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
