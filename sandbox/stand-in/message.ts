import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request as a stand-in's handler sees it: read to its end, its path matched. */
export interface StandInRequest {
  readonly method: string;
  /** Path and query exactly as they came, for signatures over them. */
  readonly target: string;
  /** What `:name` matched in the route's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface StandInResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Route {
  readonly method: string;
  /** `:name` matches one segment. */
  readonly path: string;
  /** A short name, by which faults and counters refer to it. */
  readonly endpoint: string;
  /** Where one path serves several endpoints: whether this one is meant. */
  accepts?(request: StandInRequest): boolean;
  handle(request: StandInRequest): StandInResponse | Promise<StandInResponse>;
}

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): StandInResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** The body as JSON; `undefined` where it is none, so that the handler's schema refuses it. */
export function jsonBody(request: StandInRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export type Match = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

/** The first route that fits wins. */
export function createRouter(
  routes: readonly Route[],
): (path: string, request: StandInRequest) => Match | undefined {
  const patterns = routes.map((route) => ({ route, pattern: toPattern(route.path) }));
  return (path, request) => {
    for (const { route, pattern } of patterns) {
      const matched = route.method === request.method ? pattern.exec(path) : null;
      if (matched && (route.accepts?.(request) ?? true))
        return { route, params: decodeParams(matched.groups ?? {}) };
    }
    return undefined;
  };
}

function toPattern(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) =>
      segment.startsWith(':')
        ? `(?<${segment.slice(1)}>[^/]+)`
        : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('/');
  return new RegExp(`^${source}$`);
}

function decodeParams(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeOrKeep(text)]));
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
