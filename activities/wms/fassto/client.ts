import { z } from 'zod';
import { type JsonAnswer, orUnavailable, stopwatch, type WriteReply, write } from '../../json-call';
import { asNotReceived, OutsideUnavailable } from '../../outcome';
import type { CreateOptions, Permit } from '../wms';
import { FasstoSession } from './session';

const READ = { timeoutMs: 15_000, beforeHandOver: () => undefined };
/** Of an answer to a call with a token that is not taken, whatever its status. */
const INVALID_ACCESS = 'INVALID_ACCESS';

export interface FasstoAccount {
  readonly baseUrl: string;
  readonly apiCd: string;
  readonly apiKey: string;
}

const errorSchema = z.object({
  header: z.object({ msg: z.string().nullish() }).nullish(),
  errorInfo: z.object({ errorCode: z.string().nullish(), errorMessage: z.string().nullish() }).nullish(),
});

/** Calls of one account, each with a token that is renewed when it ends, or is not taken any more. */
export class FasstoClient {
  readonly #baseUrl: string;
  readonly #session: FasstoSession;

  constructor(
    { baseUrl, ...account }: FasstoAccount,
    private readonly permit: Permit,
  ) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.#session = new FasstoSession(this.#baseUrl, account, permit);
  }

  /**
   * A call that changes something, or asks. A token that is not taken stops it at the gate: nobody has acted on it,
   * so it is made once more with the next token, within the same time.
   */
  async send(
    method: 'POST' | 'PATCH' | 'GET',
    path: string,
    body: unknown,
    options: CreateOptions,
  ): Promise<WriteReply> {
    const remaining = stopwatch(options.timeoutMs);
    const first = await this.#sendOnce(method, path, body, options, remaining());
    if (!first.isTokenRefused) return first.reply;
    return (await this.#sendOnce(method, path, body, options, remaining())).reply;
  }

  /**
   * A list.
   *
   * @throws OutsideUnavailable, also when the answer has fewer rows than it says.
   */
  async list<Row extends z.ZodType>(
    path: string,
    rowSchema: Row,
    timeoutMs?: number,
  ): Promise<z.output<Row>[]> {
    const options = timeoutMs === undefined ? READ : { ...READ, timeoutMs };
    const { result } = await this.send('GET', path, undefined, options);
    if (result.kind === 'unknown') throw new OutsideUnavailable(`GET ${path}: ${result.reason}`);
    if (result.kind === 'not-received')
      throw new OutsideUnavailable(`GET ${path}: ${result.reason}`, result.retryAfterMs);
    const error = errorOf(result);
    if (error !== undefined) throw new OutsideUnavailable(`GET ${path}: ${error}`);
    const schema = z.object({ header: z.object({ dataCount: z.int() }), data: z.array(rowSchema) });
    const parsed = schema.safeParse(result.body);
    if (!parsed.success)
      throw new OutsideUnavailable(`GET ${path}: the answer does not fit\n${z.prettifyError(parsed.error)}`);
    const { header, data } = parsed.data;
    if (data.length < header.dataCount)
      throw new OutsideUnavailable(`GET ${path}: ${data.length} rows of ${header.dataCount}`);
    return data;
  }

  async #sendOnce(
    method: 'POST' | 'PATCH' | 'GET',
    path: string,
    body: unknown,
    { beforeHandOver }: CreateOptions,
    timeoutMs: number,
  ): Promise<{ reply: WriteReply; isTokenRefused: boolean }> {
    const remaining = stopwatch(timeoutMs);
    // Half of the time at least is left for the call itself.
    const accessToken = await orUnavailable(this.#session.token(timeoutMs / 2));
    if (accessToken instanceof OutsideUnavailable)
      return { reply: notSent(method, path, accessToken), isTokenRefused: false };
    const reply = await write({
      method,
      url: `${this.#baseUrl}${path}`,
      headers: { accesstoken: accessToken, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: remaining(),
      permit: this.permit,
      beforeHandOver,
    });
    if (!isTokenRefused(reply)) return { reply, isTokenRefused: false };
    this.#session.discard(accessToken);
    const reason = 'the WMS did not accept the credentials of this connection: its token was not taken';
    return { reply: { ...reply, result: { kind: 'not-received', reason } }, isTokenRefused: true };
  }
}

function isTokenRefused({ result, exchange }: WriteReply): boolean {
  if (result.kind === 'not-received') return exchange.status === 401;
  return result.kind === 'answered' && errorInfoOf(result)?.errorCode === INVALID_ACCESS;
}

function notSent(method: string, path: string, error: OutsideUnavailable): WriteReply {
  return {
    result: asNotReceived(error),
    exchange: { request: `not sent: ${method} ${path}`, response: null, status: null },
  };
}

function errorInfoOf({ body }: JsonAnswer) {
  return errorSchema.safeParse(body).data?.errorInfo;
}

/** Why the WMS declined a call as a whole; undefined when it did not. */
export function errorOf(answer: JsonAnswer): string | undefined {
  const { errorCode, errorMessage } = errorInfoOf(answer) ?? {};
  if (errorCode) return `${errorCode} ${errorMessage ?? ''}`.trim();
  if (answer.status < 300) return undefined;
  return errorSchema.safeParse(answer.body).data?.header?.msg ?? `HTTP ${answer.status}`;
}
