import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../db/database';
import {
  beginRequest,
  endRequest,
  findRequest,
  forgetRequest,
  type RequestKey,
} from '../../db/queries/idempotent-requests';
import { sha256 } from '../../domain/sha256';
import { PROBLEM_TYPE, RequestRefused } from './problems';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request is the first with its key. */
    idempotent: RequestKey | null;
  }
  interface FastifyContextConfig {
    /** Its answer is not kept. */
    readonly answersOnce?: true;
  }
}

/** Won are bigint by now, which JSON has not. */
const withAmounts = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/**
 * A write with the header Idempotency-Key is carried out once: sent again it is answered as it was, with the
 * header idempotency-replayed; but what is shown once, and personal data, is kept for nobody. One that failed on our
 * side is forgotten; of one that was cut off nobody can tell.
 */
export function answerOnce(api: FastifyInstance, { db }: Database): void {
  api.decorateRequest('idempotent', null);
  api.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return;
    const hash = sha256(JSON.stringify([request.method, request.url, contentOf(request)], withAmounts));
    if (await beginRequest(db, key, hash)) {
      request.idempotent = key;
      return;
    }
    const before = await findRequest(db, key);
    if (before === undefined)
      throw new RequestRefused(409, 'An earlier request with this key has just failed: send it again.');
    if (before.requestHash !== hash)
      throw new RequestRefused(422, 'This Idempotency-Key was used for another request.');
    if (before.status === null)
      throw new RequestRefused(
        409,
        'A request with this key is being answered, or was cut off: look what became of it.',
      );
    if (before.response === null)
      throw new RequestRefused(409, 'It is done. Its answer was given once and is not kept.');
    return reply
      .code(before.status)
      .header('idempotency-replayed', 'true')
      .type(before.status < 400 ? 'application/json' : PROBLEM_TYPE)
      .send(before.response);
  });
  api.addHook('onSend', async (request, reply, payload) => {
    const key = request.idempotent;
    if (key === null) return;
    if (reply.statusCode >= 500 || typeof payload !== 'string') await forgetRequest(db, key);
    else await endRequest(db, key, reply.statusCode, isKept(request, reply) ? payload : null);
  });
}

/** A refusal tells nothing that is to be told once. */
function isKept({ routeOptions }: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return statusCode >= 400 || routeOptions.config.answersOnce === undefined;
}

/** Of a file its hash: as JSON it would be many times as large. */
function contentOf({ body }: FastifyRequest): unknown {
  return body instanceof Uint8Array ? sha256(body) : (body ?? null);
}

function keyOf({ headers, caller, method }: FastifyRequest): RequestKey | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || method === 'GET' || caller === null) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/u.test(key))
    throw new RequestRefused(400, 'An Idempotency-Key is 1 to 200 visible ASCII characters.');
  return { caller: caller.name, key };
}
