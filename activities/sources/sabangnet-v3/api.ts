import { exchangeHttp, type HttpReply } from '../../http';
import { stopwatch } from '../../json-call';
import type { SourceTools } from '../source';
import type { SabangnetV3Settings } from './settings';
import { Tokens } from './tokens';

/** The hub's gateway, as one account sees it. */
export class HubApi {
  private readonly tokens: Tokens;

  constructor(
    readonly settings: SabangnetV3Settings,
    private readonly tools: SourceTools,
  ) {
    this.tokens = new Tokens(settings, tools);
  }

  url(path: string): string {
    return `${this.settings.baseUrl}/v3/sb/${path}`;
  }

  /**
   * One call, not tried again, unless its token had ended: then nobody has acted on it, and it is made with a new
   * one. Within the connection's time-out, all together.
   */
  async call(path: string, body: unknown): Promise<HttpReply> {
    const remaining = stopwatch(this.settings.timeoutMs);
    const text = JSON.stringify(body);
    const token = await this.tokens.current(remaining());
    if (typeof token !== 'string') return this.unsent(path, text, token);
    const reply = await this.send(path, text, token, remaining());
    if (reply.exchange.status !== 401) return reply;
    const renewed = await this.tokens.current(remaining(), token);
    if (typeof renewed !== 'string') return this.unsent(path, text, renewed);
    return this.send(path, text, renewed, remaining());
  }

  /** For what is kept or told of the hub's words, should it ever repeat our secret. */
  withoutSecret(text: string): string {
    return text.replaceAll(this.settings.clientSecret, '***');
  }

  private async send(path: string, body: string, token: string, timeoutMs: number): Promise<HttpReply> {
    await this.tools.permit();
    return exchangeHttp({
      method: 'POST',
      url: this.url(path),
      headers: {
        authorization: `Bearer ${token}`,
        'x-svc-acnt-id': this.settings.svcAcntId,
        'content-type': 'application/json',
      },
      body,
      timeoutMs,
    });
  }

  private unsent(path: string, body: string, result: HttpReply['result']): HttpReply {
    return {
      result,
      exchange: { request: `POST ${this.url(path)}\n\n${body}`, response: null, status: null },
    };
  }
}
