import { type Answered, exchangeHttp, type HttpReply, type HttpRequest } from '../../http';
import { judge, orUnavailable, stopwatch, successOf, type WriteReply } from '../../json-call';
import { OutsideUnavailable } from '../../outcome';
import { parseLossless } from '../json-records';
import type { SourceTools } from '../source';
import type { NaverSettings } from './settings';
import { Token } from './token';
import { errorCodeOf, jsonOf, sayingOf } from './wire';

export interface NaverCall {
  readonly method: HttpRequest['method'];
  /** Below the base address. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Calls of one application, each with a token that is renewed once when it is not taken any more. */
export class NaverClient {
  readonly #token: Token;

  constructor(
    readonly settings: NaverSettings,
    private readonly tools: SourceTools,
  ) {
    this.#token = new Token(settings, tools);
  }

  /** A call whose outcome is one of three: an answer of Naver's own, certainly not received, unknown. */
  async call(call: NaverCall): Promise<WriteReply> {
    return judge(await this.exchange(call), parseLossless);
  }

  /**
   * A call that only asks.
   *
   * @throws OutsideUnavailable when no answer came, or one that is no success.
   */
  async read(call: NaverCall): Promise<Answered> {
    return successOf(
      await this.exchange(call),
      `${call.method} ${call.path}`,
      ({ body }) => ` ${sayingOf(jsonOf(body))}`,
    );
  }

  /** Stopped at the gate nobody has acted on it: it is made again, within what is left of its time. */
  private async exchange(call: NaverCall): Promise<HttpReply> {
    const token = await orUnavailable(this.#token.current());
    if (token instanceof OutsideUnavailable) return notSent(call, token);
    const remaining = stopwatch(this.settings.timeoutMs);
    const first = await this.send(call, token, remaining());
    if (first.exchange.status !== 401) return first;
    const left = remaining();
    const renewed = await orUnavailable(this.#token.instead(token));
    if (renewed instanceof OutsideUnavailable) return notSent(call, renewed);
    return this.send(call, renewed, left);
  }

  private async send(
    { method, path, query = {}, body }: NaverCall,
    token: string,
    timeoutMs: number,
  ): Promise<HttpReply> {
    await this.tools.permit();
    const search = new URLSearchParams(query).toString();
    const { result, exchange } = await exchangeHttp({
      method,
      url: `${this.settings.baseUrl}${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs,
    });
    return { result: result.kind === 'answered' ? atTheGateway(result) : result, exchange };
  }
}

/**
 * What Naver's gateway tells in words of its own. GW.BLOCK: it has let nothing through. Its rate limit refills so
 * many calls a second, and it names no wait.
 */
function atTheGateway(answer: Answered): HttpReply['result'] {
  const { status, headers, body } = answer;
  const code = status === 503 ? errorCodeOf(jsonOf(body)) : undefined;
  if (code?.startsWith('GW.BLOCK') === true)
    return { kind: 'not-received', reason: `HTTP 503 ${code}: Naver lets nothing through now` };
  const callsPerSecond = Number(headers['gncp-gw-ratelimit-replenish-rate']);
  if (status !== 429 || !(callsPerSecond > 0)) return answer;
  return { ...answer, headers: { 'retry-after': String(1 / callsPerSecond), ...headers } };
}

function notSent({ method, path }: NaverCall, { message, retryAfterMs }: OutsideUnavailable): HttpReply {
  return {
    result: {
      kind: 'not-received',
      reason: message,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    exchange: { request: `not sent: ${method} ${path}`, response: null, status: null },
  };
}
