import { Agent, request as undiciRequest } from 'undici';
import { z } from 'zod';
import { asNotReceived, type Exchange, type NotReceived, OutsideUnavailable, type Unknown } from './outcome';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Never kept as evidence: credentials travel here. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Connecting, sending and reading to the end together take no longer. */
  readonly timeoutMs: number;
  /** Called in the tick that hands the request over; when it throws, nothing is sent and the call rejects with it. */
  readonly beforeHandOver?: () => void;
  /**
   * Called first, before the time-out begins: resolves when the request may be made. When it throws
   * OutsideUnavailable, it is not: certainly not received.
   */
  readonly permit?: () => Promise<void>;
  /** What the bodies are written in, for the evidence. */
  readonly charset?: 'utf-8' | 'euc-kr';
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface HttpReply {
  readonly result: Answered | NotReceived | Unknown;
  readonly exchange: Exchange;
}

const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/**
 * Keeps connections open between calls, one call at a time on each: with pipelining, one lost answer would
 * make others unknown. It never sends a request twice.
 */
const agent = new Agent({
  connect: { timeout: CONNECT_TIMEOUT_MS },
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: MAX_RESPONSE_BYTES,
});

/**
 * One HTTP exchange. An answer of any status is `answered`, for the caller to judge; certainly not received
 * is `not-received`; anything else, a time-out above all, is `unknown`. Nothing is tried again, no redirect
 * is followed.
 */
export async function exchangeHttp(request: HttpRequest): Promise<HttpReply> {
  const { method, url, headers = {}, body = null, timeoutMs, charset = 'utf-8' } = request;
  // Without one there is nothing to wait for: it is handed over in this tick.
  const turnedBack = request.permit && (await notPermitted(request.permit));
  const decoder = new TextDecoder(charset);
  const sentText = typeof body === 'string' ? body : decoder.decode(body ?? undefined);
  const evidence = { request: `${method} ${url}\n\n${sentText}` };
  if (turnedBack) return { result: turnedBack, exchange: { ...evidence, response: null, status: null } };
  let status: number | null = null;
  request.beforeHandOver?.();
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await undiciRequest(url, { method, headers, body, signal, dispatcher: agent });
    status = response.statusCode;
    const bytes = await response.body.bytes();
    return {
      result: { kind: 'answered', status, headers: response.headers, body: bytes },
      exchange: { ...evidence, response: decoder.decode(bytes), status },
    };
  } catch (error) {
    return { result: judge(error, timeoutMs), exchange: { ...evidence, response: null, status } };
  }
}

async function notPermitted(permit: NonNullable<HttpRequest['permit']>): Promise<NotReceived | undefined> {
  try {
    await permit();
    return undefined;
  } catch (error) {
    if (error instanceof OutsideUnavailable) return asNotReceived(error);
    throw error;
  }
}

/**
 * Errors that undici or Node raises only while there is no connection yet, so that nothing can have been
 * sent. Deliberately absent: ECONNRESET, EPIPE and UND_ERR_SOCKET (a kept-alive connection that the server
 * closed fails so whether or not it read the request), ETIMEDOUT, EHOSTUNREACH and ENETUNREACH (an
 * established connection reports them too; while connecting they are known by their `syscall`).
 */
const BEFORE_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const CONNECTING = new Set(['connect', 'getaddrinfo']);

/** Read by its fields: `instanceof` knows no error of another realm (a test runner's, a worker thread's). */
const failureSchema = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().catch(''),
  syscall: z.string().catch(''),
  /** Each address that was tried, where a name has several. */
  errors: z.array(z.unknown()).catch([]),
});
type Failure = z.infer<typeof failureSchema>;

function judge(error: unknown, timeoutMs: number): NotReceived | Unknown {
  const failures = readFailures(error);
  const reason = failures.map(({ message, code }) => message || code).join('; ');
  if (failures.every(isBeforeConnected)) return { kind: 'not-received', reason: `no connection: ${reason}` };
  if (failures.some(({ name }) => name === 'TimeoutError'))
    return { kind: 'unknown', reason: `no complete answer within ${timeoutMs} ms` };
  return { kind: 'unknown', reason: `the connection broke: ${reason}` };
}

/** At least one. */
function readFailures(error: unknown): Failure[] {
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return [failureSchema.parse({ message: String(error) })];
  return parsed.data.errors.length > 0 ? parsed.data.errors.flatMap(readFailures) : [parsed.data];
}

function isBeforeConnected({ code, syscall }: Failure): boolean {
  return BEFORE_CONNECTED.has(code) || CONNECTING.has(syscall);
}
