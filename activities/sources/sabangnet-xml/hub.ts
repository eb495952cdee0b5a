import { exchangeHttp, type HttpReply } from '../../http';
import { hubDay } from '../sabangnet/hub-time';
import type { SourceTools } from '../source';
import { encode } from '../wire-text';
import { RequestDocuments } from './request-documents';
import type { SabangnetXmlSettings } from './settings';
import { element } from './wire';

/** A request to the hub: root, fields of the header beside the credentials, and the DATA elements. */
export interface HubDocument {
  readonly root: 'SABANG_ORDER_LIST' | 'SABANG_INV_REGI';
  readonly header?: Readonly<Record<string, string>>;
  readonly data: readonly Readonly<Record<string, string>>[];
}

export interface HubReply extends HttpReply {
  /** The hub has had the request; otherwise it cannot have acted on it, whatever the reply is. */
  readonly fetched: boolean;
}

/** One account of the hub, and what it fetches our requests from. */
export class Hub {
  private constructor(
    readonly settings: SabangnetXmlSettings,
    private readonly documents: RequestDocuments,
    private readonly tools: Pick<SourceTools, 'permit'>,
  ) {}

  /** @throws Error with code EADDRINUSE when the listener's port is taken. */
  static async open(settings: SabangnetXmlSettings, tools: Pick<SourceTools, 'permit'>): Promise<Hub> {
    const { listenHost, listenPort, publicBaseUrl } = settings;
    return new Hub(settings, await RequestDocuments.listen(listenHost, listenPort, publicBaseUrl), tools);
  }

  async close(): Promise<void> {
    await this.documents.close();
  }

  /** One call, not tried again. The document is withdrawn when it ends, however it ends. */
  async call(endpoint: string, document: HubDocument): Promise<HubReply> {
    await this.tools.permit();
    const published = this.documents.publish(encode(this.write(document), 'euc-kr'));
    try {
      const reply = await exchangeHttp({
        method: 'GET',
        url: `${this.settings.baseUrl}/RTL_API/${endpoint}?xml_url=${encodeURIComponent(published.url)}`,
        timeoutMs: this.settings.timeoutMs,
        charset: this.settings.encoding,
      });
      return { ...reply, fetched: published.fetched };
    } finally {
      published.withdraw();
    }
  }

  /** The document as it is kept: without the key. */
  evidence(endpoint: string, document: HubDocument): string {
    return `GET ${this.settings.baseUrl}/RTL_API/${endpoint}\n\n${this.write(document, '***')}`;
  }

  /** For messages that quote the hub, should it ever repeat our key. */
  withoutKey(text: string): string {
    return text.replaceAll(this.settings.authKey, '***');
  }

  private write({ root, header = {}, data }: HubDocument, authKey = this.settings.authKey): string {
    const credentials = {
      SEND_COMPAYNY_ID: this.settings.companyId,
      SEND_AUTH_KEY: authKey,
      SEND_DATE: hubDay(new Date()),
    };
    const parts = [
      `<HEADER>${fields({ ...credentials, ...header })}</HEADER>`,
      ...data.map((row) => `<DATA>${fields(row)}</DATA>`),
    ];
    return `<?xml version="1.0" encoding="EUC-KR"?>\n<${root}>\n${parts.join('\n')}\n</${root}>\n`;
  }
}

function fields(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, text]) => element(name, text))
    .join('');
}
