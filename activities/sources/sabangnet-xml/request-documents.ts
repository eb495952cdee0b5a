import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';

interface Document {
  readonly body: Buffer;
  fetched: boolean;
}

export interface PublishedDocument {
  /** Where the hub finds it; nobody can guess the path. */
  readonly url: string;
  /** Whether anybody has fetched it: a hub that has not cannot have acted on it. */
  readonly fetched: boolean;
  /** From here on the document cannot be fetched any more, also by a hub that is slow. */
  withdraw(): void;
}

/**
 * The hub takes no request body: it fetches the request from a URL of ours. As the document holds the
 * auth key, it is there for one call only, at a path of 192 random bits.
 */
export class RequestDocuments {
  readonly #documents = new Map<string, Document>();
  readonly #baseUrl: string;
  readonly #server: Server;

  private constructor(server: Server, baseUrl: string) {
    this.#server = server;
    this.#baseUrl = baseUrl;
    server.on('request', (request, response) => {
      const document = this.#documents.get(request.url ?? '');
      if (!document) return void response.writeHead(404).end();
      // Only a GET hands it over; a HEAD of a careful proxy tells nobody anything.
      document.fetched ||= request.method === 'GET';
      response.writeHead(200, {
        'content-type': 'application/xml; charset=euc-kr',
        'content-length': document.body.byteLength,
        'cache-control': 'no-store',
      });
      response.end(document.body);
    });
  }

  /** @throws Error with code EADDRINUSE when the port is taken. */
  static async listen(host: string, port: number, publicBaseUrl?: string): Promise<RequestDocuments> {
    const server = createServer();
    const taken = await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
    const named = host.includes(':') ? `[${host}]` : host;
    return new RequestDocuments(server, publicBaseUrl ?? `http://${named}:${taken}`);
  }

  publish(body: Buffer): PublishedDocument {
    const path = `/${randomBytes(24).toString('base64url')}.xml`;
    const document: Document = { body, fetched: false };
    this.#documents.set(path, document);
    return {
      url: this.#baseUrl + path,
      get fetched() {
        return document.fetched;
      },
      withdraw: () => void this.#documents.delete(path),
    };
  }

  async close(): Promise<void> {
    this.#documents.clear();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
}
