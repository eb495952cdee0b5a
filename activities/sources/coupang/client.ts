import { stringify } from 'lossless-json';
import { type Answered, exchangeHttp, type HttpReply, type HttpRequest } from '../../http';
import { judge, successOf, type WriteReply } from '../../json-call';
import { type NotReceived, OutsideUnavailable } from '../../outcome';
import { parseLossless } from '../json-records';
import type { SourceTools } from '../source';
import type { CoupangSettings } from './settings';
import { authorization } from './signature';
import { turnedAway } from './turned-away';
import { envelopeOf, messageOf } from './wire';

/** The longest time for which the gateway waits for an answer, in ms; without being asked it waits three seconds. */
const GATEWAY_PATIENCE_MS = 90_000;

/** An answer to a question: what was asked for, or Coupang's words why there is nothing. */
export type Answer = { readonly body: Uint8Array } | { readonly refusal: string };

/** One account at Coupang's gateway. Each call is signed, and tried once. */
export class Wing {
  constructor(
    readonly settings: CoupangSettings,
    private readonly tools: Pick<SourceTools, 'permit'>,
  ) {}

  /** The path of something of this seller. */
  ofVendor(rest: string): string {
    return `/v2/providers/openapi/apis/api/v4/vendors/${this.settings.vendorId}${rest}`;
  }

  /**
   * @returns the answer's bytes.
   * @throws OutsideUnavailable when there was none, or one that is no success.
   */
  async read(path: string, query?: Readonly<Record<string, string>>): Promise<Uint8Array> {
    const answer = await this.ask(path, query);
    if ('body' in answer) return answer.body;
    throw new OutsideUnavailable(`GET ${path}: ${answer.refusal}`);
  }

  /** @throws OutsideUnavailable when there was no answer, or none that says whether there is something. */
  async ask(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const reply = await this.exchange('GET', path, new URLSearchParams(query).toString());
    const away = this.turnedAway(reply);
    if (away !== undefined) throw new OutsideUnavailable(`GET ${path}: ${away.reason}`, away.retryAfterMs);
    const { result } = reply;
    if (result.kind === 'answered' && (result.status === 400 || result.status === 404))
      return { refusal: `HTTP ${result.status}: ${messageOf(result.body) ?? 'without a word'}` };
    const { body } = successOf(reply, `GET ${path}`, wordsOf);
    const envelope = envelopeOf(body);
    if (envelope?.code === '200') return { body };
    const words =
      envelope === undefined ? 'an answer that is no JSON' : `code ${envelope.code}${wordsOf({ body })}`;
    throw new OutsideUnavailable(`GET ${path}: ${words}`);
  }

  /** A call that changes something. */
  async write(method: 'POST' | 'PUT', path: string, content?: unknown): Promise<WriteReply> {
    const reply = await this.exchange(method, path, '', content);
    const away = this.turnedAway(reply);
    return away === undefined ? judge(reply, parseLossless) : { result: away, exchange: reply.exchange };
  }

  private turnedAway({ result }: HttpReply): NotReceived | undefined {
    return result.kind === 'answered' ? turnedAway(result, this.settings.blockedMs) : undefined;
  }

  private async exchange(
    method: HttpRequest['method'],
    path: string,
    query: string,
    content?: unknown,
  ): Promise<HttpReply> {
    await this.tools.permit();
    const { baseUrl, vendorId, timeoutMs } = this.settings;
    return exchangeHttp({
      method,
      url: `${baseUrl}${path}${query === '' ? '' : `?${query}`}`,
      headers: {
        authorization: authorization(this.settings, { method, path, query }, new Date()),
        'x-requested-by': vendorId,
        'content-type': 'application/json;charset=UTF-8',
        // Coupang counts long calls: only lists need it.
        ...(query === '' ? {} : { 'x-extended-timeout': String(Math.min(timeoutMs, GATEWAY_PATIENCE_MS)) }),
      },
      // Ids are bigints here, since they have more digits than a number holds.
      ...(content === undefined ? {} : { body: stringify(content) ?? '' }),
      timeoutMs,
    });
  }
}

function wordsOf({ body }: Pick<Answered, 'body'>): string {
  const message = messageOf(body);
  return message === undefined ? '' : `: ${message}`;
}
