import { type Logger, pino } from 'pino';
import { openWebhooks, type Webhooks } from '../../activities/receive-webhook';
import { createApi } from '../../client/api/server';
import { hashPassword } from '../../client/use-cases/passwords';
import { addUser } from '../../db/queries/users';
import type { Role } from '../../domain/role';
import { readConfig } from '../../worker/config';
import type { FreshDatabase } from './database';
import { type FreshTemporal, freshTemporal } from './temporal';

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
  readonly bytes: Buffer;
}

/** A browser or program that talks to the API. */
export interface Visitor {
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Asked>;
}

export interface OpenedApi {
  readonly url: string;
  readonly temporal: FreshTemporal;
  readonly visitor: Visitor;
  /** One that nobody knows yet. */
  newVisitor(): Visitor;
  /** Makes a user of this role, signed in. */
  signedIn(role: Role, name?: string): Promise<Visitor>;
  close(): Promise<void>;
}

const PASSWORD = 'correct horse battery';

/** The real API on a port of its own, over a database of the test's and a namespace of the real Temporal. */
export async function openApi(parts: {
  database: FreshDatabase;
  webhooks?: Webhooks;
  log?: Logger;
}): Promise<OpenedApi> {
  const { database, log = pino({ level: 'silent' }) } = parts;
  const temporal = await freshTemporal();
  const webhooks = parts.webhooks ?? openWebhooks({ database, journeys: { nudge: async () => true }, log });
  const config = { ...readConfig({}), databaseUrl: database.url };
  const api = await createApi({
    config,
    database,
    temporal: temporal.client,
    webhooks,
    log,
    temporalUi: null,
  });
  const url = await api.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    temporal,
    visitor: visitorAt(url),
    newVisitor: () => visitorAt(url),
    async signedIn(role, name = role) {
      await addUser(database.db, { name, role, email: null, passwordHash: await hashPassword(PASSWORD) });
      const visitor = visitorAt(url);
      await visitor.ask('POST', '/api/session', { name, password: PASSWORD });
      return visitor;
    },
    async close() {
      await api.close();
      if (parts.webhooks === undefined) await webhooks.close();
      await temporal.close();
    },
  };
}

/** Keeps the cookie and the CSRF token, as a browser with the console does. */
export function visitorAt(url: string): Visitor {
  let cookie = '';
  let csrf = '';
  return {
    async ask(method, path, body, headers = {}) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(cookie === '' ? {} : { cookie }),
          ...(csrf === '' ? {} : { 'x-csrf-token': csrf }),
          ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
      });
      const [given] = response.headers.getSetCookie();
      if (given !== undefined) cookie = given.slice(0, given.indexOf(';'));
      const bytes = Buffer.from(await response.arrayBuffer());
      const text = bytes.toString();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      const answer = isJson && text !== '' ? JSON.parse(text) : text;
      if (typeof answer?.csrfToken === 'string') csrf = answer.csrfToken;
      return { status: response.status, headers: response.headers, body: answer, bytes };
    },
  };
}

function typeOf(body: unknown): string {
  return body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
}
