import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type AdminOptions, adminRoutes, type CallCount } from './admin';
import { type FaultInput, Faults, faultsSchema } from './faults';
import { createRouter, type Route, readBody, type StandInRequest, type StandInResponse } from './message';

export interface StandInOptions extends AdminOptions {
  readonly name: string;
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  readonly routes: readonly Route[];
  /** The real system's answer to too many calls, with its headers. */
  readonly rateLimited: () => StandInResponse;
  /** The real system's answer when it breaks; an HTML page of its gateway where left out. */
  readonly serverError?: () => StandInResponse;
  /** Looks at a request before faults and handlers do; an answer ends it (a limit of calls per minute). */
  readonly gate?: (request: StandInRequest, endpoint: string) => StandInResponse | undefined;
  /** What it tells by itself, by names that faults refer to as they do to endpoints. */
  readonly events?: readonly string[];
  readonly onStop?: () => void;
}

/** What a `startX` function of the sandbox gives back. */
export interface RunningStandIn {
  readonly url: string;
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** As long as gateways usually do, so that a caller that has slept still finds its connection open. */
const KEEP_ALIVE_MS = 75_000;

/** A client whose process stands still does not hang up by itself. */
const HANGING_UP_MS = 500;

const GATEWAY_ERROR: StandInResponse = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};

/**
 * An HTTP server on 127.0.0.1 in place of an outside system, with faults on command. Its admin routes
 * (`/admin/faults|calls|ledger|settings`) have a port of their own, reachable while the system is down.
 */
export class StandIn implements RunningStandIn {
  readonly faults = new Faults();
  readonly #options: StandInOptions;
  readonly #match: ReturnType<typeof createRouter>;
  readonly #calls: Map<string, CallCount>;
  readonly #endpoints: readonly string[];
  readonly #connections = new Set<Socket>();
  #public: Server | null = null;
  #admin: Server | null = null;
  #port: number;
  #adminPort = 0;
  #reopen: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#port = options.port ?? 0;
    this.#match = createRouter(options.routes);
    const endpoints = options.routes.map((route) => route.endpoint);
    this.#endpoints = [...new Set([...endpoints, ...(options.events ?? [])])];
    this.#calls = new Map(this.#endpoints.map((name) => [name, { received: 0, handled: 0, faults: {} }]));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get adminUrl(): string {
    return `http://127.0.0.1:${this.#adminPort}`;
  }

  /** @throws Error with code EADDRINUSE when a port is taken. */
  async start(): Promise<this> {
    this.#stopped = false;
    await this.#open();
    this.#admin = await this.#listenAdmin();
    return this;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#close();
    await closeServer(this.#admin);
    this.#admin = null;
    this.#options.onStop?.();
  }

  /**
   * What `PUT /admin/faults` does, for tests in the same process; replaces what was set before.
   *
   * @throws ZodError naming an unknown endpoint or kind.
   */
  async setFaults(faults: readonly FaultInput[], seed = 1): Promise<void> {
    await this.#applyFaults({ faults, seed });
  }

  async #applyFaults(input: unknown): Promise<void> {
    const { faults, seed } = faultsSchema(this.#endpoints).parse(input);
    this.faults.set(faults, seed);
    const down = faults.find((fault) => fault.kind === 'down');
    clearTimeout(this.#reopen);
    if (!down) return this.#open();
    await this.#close();
    if (down.ms === undefined) return;
    this.#reopen = setTimeout(() => {
      this.faults.set([], seed);
      void this.#open();
    }, down.ms);
  }

  async #open(): Promise<void> {
    if (this.#public) return;
    const server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    this.#public = server;
    this.#port = await listen(server, this.#port);
  }

  async #close(): Promise<void> {
    clearTimeout(this.#reopen);
    const server = this.#public;
    this.#public = null;
    // Who keeps a connection open hears of it first: of what is sent into one that closes, nobody knows if it came.
    await Promise.all([...this.#connections].map(hangUp));
    await closeServer(server);
  }

  async #listenAdmin(): Promise<Server> {
    const routes = adminRoutes(this.#options, {
      name: this.#options.name,
      faults: this.faults,
      applyFaults: (input) => this.#applyFaults(input),
      calls: this.#calls,
    });
    const match = createRouter(routes);
    const server = createServer((incoming, outgoing) => {
      void this.#handleAdmin(match, incoming, outgoing);
    });
    this.#adminPort = await listen(server, this.#options.adminPort ?? 0);
    return server;
  }

  async #handleAdmin(
    match: ReturnType<typeof createRouter>,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    await this.#answerErrors(outgoing, async () => {
      const { found, request } = await readRequest(match, incoming);
      send(outgoing, found ? await found.route.handle(request) : NOT_FOUND);
    });
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    await this.#answerErrors(outgoing, async () => {
      const { found, request } = await readRequest(this.#match, incoming);
      const count = found && this.#calls.get(found.route.endpoint);
      if (!found || !count) return send(outgoing, NOT_FOUND);
      count.received += 1;
      const stopped = this.#options.gate?.(request, found.route.endpoint);
      if (stopped) return send(outgoing, stopped);
      await this.#serveWithFaults(found.route, request, outgoing, count);
    });
  }

  async #serveWithFaults(
    route: Route,
    request: StandInRequest,
    outgoing: ServerResponse,
    count: CallCount,
  ): Promise<void> {
    const { delayMs, kind } = this.faults.strike(route.endpoint);
    if (kind) count.faults[kind] = (count.faults[kind] ?? 0) + 1;
    if (delayMs > 0) await delay(delayMs);
    // Who is gone acts no more, whatever was on its way to be handled.
    if (this.#stopped) return;
    if (kind === 'timeout-before') return;
    if (kind === 'reset-before') return void outgoing.destroy();
    if (kind === '5xx-before') return send(outgoing, this.#serverError());
    if (kind === '429') return send(outgoing, this.#options.rateLimited());
    const handle = () => {
      count.handled += 1;
      return route.handle(request);
    };
    if (kind === 'duplicate-delivery') await handle();
    const response = await handle();
    if (kind === 'timeout-after') return;
    if (kind === 'reset-after') return void outgoing.destroy();
    if (kind === '5xx-after') return send(outgoing, this.#serverError());
    if (kind === '409-after') return send(outgoing, CONFLICT);
    send(outgoing, kind === 'broken-body' ? cutInHalf(response) : response);
  }

  #serverError(): StandInResponse {
    return this.#options.serverError?.() ?? GATEWAY_ERROR;
  }

  async #answerErrors(outgoing: ServerResponse, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (outgoing.destroyed) return;
      console.error(`${this.#options.name}:`, error);
      send(outgoing, { status: 500, body: 'the stand-in has a bug; see its log' });
    }
  }
}

const CONFLICT: StandInResponse = {
  status: 409,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: 'Conflict' }),
};

const NOT_FOUND: StandInResponse = { status: 404, body: 'no such route' };

async function readRequest(match: ReturnType<typeof createRouter>, incoming: IncomingMessage) {
  const method = incoming.method ?? 'GET';
  const target = incoming.url ?? '/';
  const url = new URL(target, 'http://stand-in');
  const request: StandInRequest = {
    method,
    target,
    params: {},
    query: url.searchParams,
    headers: incoming.headers,
    body: await readBody(incoming),
  };
  const found = match(url.pathname, request);
  return { found, request: { ...request, params: found?.params ?? {} } };
}

function send(outgoing: ServerResponse, response: StandInResponse): void {
  const body =
    typeof response.body === 'string' ? Buffer.from(response.body) : (response.body ?? Buffer.alloc(0));
  outgoing.writeHead(response.status, { ...response.headers, 'content-length': body.byteLength });
  outgoing.end(body);
}

/** A complete HTTP message around half a body, as a proxy that buffers leaves it. */
function cutInHalf(response: StandInResponse): StandInResponse {
  const body = Buffer.from(response.body ?? '');
  return { ...response, body: body.subarray(0, Math.floor(body.byteLength / 2)) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

async function closeServer(server: Server | null): Promise<void> {
  if (!server) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

/** Resolves when the other side has hung up as well. */
async function hangUp(connection: Socket): Promise<void> {
  const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  const patience = setTimeout(() => connection.destroy(), HANGING_UP_MS);
  connection.end();
  await closed;
  clearTimeout(patience);
}
