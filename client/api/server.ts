import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Webhooks } from '../../activities/receive-webhook';
import { addWebhooks } from './webhooks';

export interface ApiParts {
  readonly webhooks: Webhooks;
  readonly log: Logger;
}

/** Above any webhook, which tells of a handful of parcels. */
const BODY_LIMIT = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The HTTP server, not listening yet. Fastify's own log is off: it writes every request's address, and that
 * of a webhook may hold a secret.
 */
export function createApi({ webhooks, log }: ApiParts): FastifyInstance {
  const api = Fastify({ logger: false, bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_TIMEOUT_MS });
  api.setErrorHandler(async (error: Error & { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'a request failed');
    return reply.code(status).send({ error: status >= 500 ? 'it failed' : error.message });
  });
  api.setNotFoundHandler(async (_, reply) => reply.code(404).send({ error: 'there is nothing here' }));
  void api.register(async (scope) => addWebhooks(scope, webhooks));
  return api;
}
