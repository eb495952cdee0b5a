import { z } from 'zod';
import type { HttpRequest } from '../../http';
import { readBytes, write } from '../../json-call';
import { type Exchange, type NotReceived, OutsideUnavailable, type Unknown } from '../../outcome';
import type { SourceTools } from '../source';
import { encode } from '../wire-text';
import { checkEncoding, elementsIn, indexOf, leftoversIn, xmlBytes } from '../xml-records';
import { expectNoRows, type Message, readMessage } from './message';
import type { ElevenstSettings } from './settings';

export const ROW = 'ns2:order';

/** A list's rows, and what stood between them and is none. */
export interface Rows {
  readonly rows: readonly Uint8Array[];
  readonly leftovers: readonly Uint8Array[];
}

export interface Written {
  readonly result: { readonly kind: 'answered'; readonly message: Message } | NotReceived | Unknown;
  readonly exchange: Exchange;
}

const messageSchema = z.object({ code: z.string(), text: z.string() });

/** One account of 11st, and the two kinds of calls to it. */
export class Account {
  constructor(
    readonly settings: ElevenstSettings,
    private readonly tools: SourceTools,
  ) {}

  /** @throws OutsideUnavailable when no whole list came; nothing is quoted of one that may hold orders. */
  async list(path: string): Promise<Rows> {
    const answer = xmlBytes(await this.read(path));
    const { latin, bytes } = answer;
    checkEncoding('11st', answer, this.settings.encoding);
    const open = /<(?:\w+:)?orders(?:\s[^>]*)?>/.exec(latin);
    const end = Math.max(latin.lastIndexOf('</ns2:orders>'), latin.lastIndexOf('</orders>'));
    if (open === null || end < open.index)
      throw new OutsideUnavailable('11st answered something else than a whole list');
    const within = { start: open.index + open[0].length, end };
    const slices = elementsIn(answer, ROW, within);
    if (slices.length === 0 && indexOf(latin, `<${ROW}>`, 0) > end) {
      expectNoRows(this.messageIn(bytes));
      return { rows: [], leftovers: [] };
    }
    const cut = ({ start, end: stop }: { start: number; end: number }) => bytes.subarray(start, stop);
    return { rows: slices.map(cut), leftovers: leftoversIn(answer, within, slices).map(cut) };
  }

  /** @throws OutsideUnavailable when no answer came. */
  async read(path: string): Promise<Uint8Array> {
    await this.tools.permit();
    return readBytes(this.request('GET', path));
  }

  /** A call that changes something: most go by GET, too. */
  async write(path: string, body?: string): Promise<Written> {
    await this.tools.permit();
    const request = body === undefined ? this.request('GET', path) : this.request('PUT', path, body);
    const { result, exchange } = await write(request, (bytes) => this.messageIn(bytes));
    if (result.kind !== 'answered') return { result, exchange };
    return { result: { kind: 'answered', message: messageSchema.parse(result.body) }, exchange };
  }

  /** @throws OutsideUnavailable unless the answer is that the account has no such product. */
  expectNoSuchProduct(body: Uint8Array): void {
    const { code, text } = this.messageIn(body);
    if (code !== '404') expectNoRows({ code, text });
  }

  private messageIn(body: Uint8Array): Message {
    const message = readMessage(body, this.settings.encoding);
    if (message === undefined) throw new OutsideUnavailable('11st gave no result that can be read');
    return { code: message.code, text: message.text.replaceAll(this.settings.apiKey, '***') };
  }

  private request(method: 'GET' | 'PUT', path: string, body?: string): HttpRequest {
    const { baseUrl, apiKey, timeoutMs, encoding } = this.settings;
    return {
      method,
      url: `${baseUrl}/rest/${path}`,
      headers: { openapikey: apiKey, 'content-type': `text/xml;charset=${encoding}` },
      ...(body === undefined ? {} : { body: encode(body, encoding) }),
      timeoutMs,
      charset: encoding,
    };
  }
}
