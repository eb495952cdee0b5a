import { z } from 'zod';
import { type Answered, exchangeHttp, type HttpReply, type HttpRequest } from './http';
import { type Exchange, type NotReceived, OutsideUnavailable, type Unknown } from './outcome';

/** What every outside system that answers in JSON over HTTP has in common. */

/** An answer that the system itself gave: a success or a refusal of its own, to be read by the adapter. */
export interface JsonAnswer {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: unknown;
}

export interface WriteReply {
  readonly result: JsonAnswer | NotReceived | Unknown;
  readonly exchange: Exchange;
}

/** What makes a value of a body's bytes; throws where it is none. */
export type ParseBody = (body: Uint8Array) => unknown;

/**
 * A call that changes something. 401, 403 and 429 come from the gate before anyone has acted; 5xx, a
 * redirect, a page of HTML or half a body say nothing of what happened behind them.
 */
export async function write(request: HttpRequest, parse: ParseBody = plainJson): Promise<WriteReply> {
  return judge(await exchangeHttp(request), parse);
}

/** What {@link write} makes of an exchange, for a client that has looked at its headers first. */
export function judge({ result, exchange }: HttpReply, parse: ParseBody = plainJson): WriteReply {
  return { result: result.kind === 'answered' ? judgeAnswer(result, parse) : result, exchange };
}

function judgeAnswer(answer: Answered, parse: ParseBody): WriteReply['result'] {
  const { status } = answer;
  const turnedAway = turnedAwayAt(answer);
  if (turnedAway) return turnedAway;
  const body = parsed(answer.body, parse);
  if (status >= 500 || (status >= 300 && status < 400)) return { kind: 'unknown', reason: `HTTP ${status}` };
  if (body === undefined)
    return { kind: 'unknown', reason: `HTTP ${status} with a body that cannot be read` };
  return { kind: 'answered', status, body };
}

/**
 * A call that only asks.
 *
 * @throws OutsideUnavailable when no answer came, or one that does not fit the schema.
 */
export async function read<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const body = await readBytes(request);
  const fits = schema.safeParse(parsed(body, plainJson));
  if (fits.success) return fits.data;
  throw new OutsideUnavailable(`${nameOf(request)}: the answer does not fit\n${z.prettifyError(fits.error)}`);
}

/**
 * A call that only asks, for the bytes as they came.
 *
 * @throws OutsideUnavailable when no answer came, or one that is no success.
 */
export async function readBytes(request: HttpRequest): Promise<Uint8Array> {
  return successOf(await exchangeHttp(request), nameOf(request)).body;
}

/**
 * What {@link readBytes} makes of an exchange.
 *
 * @param what was asked for, for the message.
 * @param detailOf what else the message says of an answer that is no success.
 * @throws OutsideUnavailable when no answer came, or one that is no success.
 */
export function successOf(
  { result }: HttpReply,
  what: string,
  detailOf: (answer: Answered) => string = () => '',
): Answered {
  if (result.kind === 'unknown') throw new OutsideUnavailable(`${what}: ${result.reason}`);
  if (result.kind === 'not-received')
    throw new OutsideUnavailable(`${what}: ${result.reason}`, result.retryAfterMs);
  const turnedAway = turnedAwayAt(result);
  if (turnedAway) throw new OutsideUnavailable(`${what}: ${turnedAway.reason}`, turnedAway.retryAfterMs);
  if (result.status < 300) return result;
  throw new OutsideUnavailable(`${what}: HTTP ${result.status}${detailOf(result)}`);
}

/** Without the query, which may hold what must not be quoted. */
function nameOf({ method, url }: HttpRequest): string {
  return `${method} ${new URL(url).pathname}`;
}

export function turnedAwayAt({ status, headers }: Answered): NotReceived | undefined {
  if (status === 401 || status === 403)
    return {
      kind: 'not-received',
      reason: `HTTP ${status}: the credentials of this connection, or this address, were not accepted`,
    };
  if (status !== 429) return undefined;
  const retryAfterMs = msUntilAdmitted(headers);
  const reason = 'HTTP 429: too many calls';
  return { kind: 'not-received', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

const RETRY_HEADERS = ['retry-after', 'x-rate-limit-reset', 'x-ratelimit-reset', 'x-retry-after'] as const;
/** Above it, a number of seconds is a moment since 1970 and no wait. */
const LONGEST_WAIT_S = 1_000_000_000;
/** Above it, a moment is in milliseconds: in seconds it would be in the year 5138. */
const LAST_MOMENT_S = 100_000_000_000;

/** When the gate opens again, by whichever header the system tells it in: a wait in seconds, or a moment. */
function msUntilAdmitted(headers: Answered['headers']): number | undefined {
  const given = RETRY_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
  const told = Number(given);
  if (!(told >= 0)) return undefined;
  if (told <= LONGEST_WAIT_S) return told * 1_000;
  return Math.max(0, (told > LAST_MOMENT_S ? told : told * 1_000) - Date.now());
}

function plainJson(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}

function parsed(body: Uint8Array, parse: ParseBody): unknown {
  try {
    return parse(body);
  } catch {
    return undefined;
  }
}

/** A read's failure as a value, where the caller has an outcome for it. */
export function orUnavailable<T>(reading: Promise<T>): Promise<T | OutsideUnavailable> {
  return reading.catch((error: unknown) => {
    if (error instanceof OutsideUnavailable) return error;
    throw error;
  });
}

/** What remains of a time budget, in ms. */
export function stopwatch(timeoutMs: number): () => number {
  const ends = performance.now() + timeoutMs;
  return () => Math.max(1, Math.floor(ends - performance.now()));
}
