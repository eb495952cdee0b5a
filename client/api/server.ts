import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { secretNamed } from '../../db/queries/server-secret';
import { guardRoutes } from './access/caller';
import { SESSION_MS, storeSessions } from './access/sessions';
import { serveConsole } from './console-files';
import type { ApiContext } from './context';
import { addHealth } from './health';
import { answerOnce } from './idempotency';
import { describeApi } from './openapi';
import { answerBadAddress, answerBadHttp, answerProblems, RequestRefused } from './problems';
import { addRoutes } from './routes';
import { addWebhooks } from './routes/webhooks';
import { FILE_TYPE } from './serve';
import { closeWhatFallsIdle } from './stopping';

/** Above any request but a file, which has a limit of its own. */
const BODY_LIMIT = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 60_000;
const REQUESTS_PER_MINUTE = 1_200;

/**
 * The HTTP server, not listening yet. Fastify's own log is off: it writes every request's address, and that
 * of a webhook may hold a secret.
 */
export async function createApi(context: ApiContext): Promise<FastifyInstance> {
  const api = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadHttp,
  });
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  answerProblems(api, context.log);
  closeWhatFallsIdle(api);
  await api.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY });
  await api.register(async (scope) => addWebhooks(scope, context.webhooks));
  await describeApi(api);
  await api.register(async (scope) => addGuarded(scope, context));
  addHealth(api, context);
  await serveConsole(api);
  return api;
}

async function addGuarded(scope: FastifyInstance, context: ApiContext): Promise<void> {
  const { db } = context.database;
  await scope.register(rateLimit, { max: REQUESTS_PER_MINUTE, errorResponseBuilder: tooMany });
  await scope.register(cookie);
  await scope.register(session, {
    secret: await secretNamed(db, 'session'),
    store: storeSessions(db),
    cookieName: 'boosta_session',
    cookie: { httpOnly: true, sameSite: 'strict', secure: 'auto', maxAge: SESSION_MS },
    saveUninitialized: false,
    rolling: true,
  });
  await scope.register(csrf, { sessionPlugin: '@fastify/session', getToken: csrfHeader });
  scope.addContentTypeParser(FILE_TYPE, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  guardRoutes(scope, context.database);
  answerOnce(scope, context.database);
  addRoutes(scope, context);
}

function csrfHeader({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-csrf-token'];
  return typeof given === 'string' ? given : '';
}

function tooMany(_: unknown, { after }: { after: string }): Error {
  return new RequestRefused(429, `Too many requests: try again in ${after}.`);
}

/** The console's own files only; Mantine sets styles of elements. */
const CONTENT_SECURITY = {
  useDefaults: true,
  directives: {
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'upgrade-insecure-requests': null,
  },
};
