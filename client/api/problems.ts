import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { ServerDown } from '../connect';
import { NotAllowed, NotFound, UseCaseError } from '../use-cases/use-case-error';
import type { Problem } from './contract/values';

/** A request that is answered with a problem; the message is a sentence for a person. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request does not fit',
  401: 'Nobody is signed in',
  403: 'This role may not do that',
  404: 'There is no such thing',
  408: 'The request took too long to come',
  409: 'It cannot be done as things stand',
  413: 'The request is too large',
  414: 'A part of the address is too long',
  415: 'The content type is not understood',
  422: 'The request does not fit an earlier one',
  429: 'Too many requests',
  431: 'The address or the headers are too long',
  503: 'A server that is needed does not answer',
};

/** What fastify throws, and what we do. */
type Failure = Error & Partial<Pick<FastifyError, 'statusCode' | 'validation' | 'validationContext'>>;

/** Every error leaves as problem JSON (RFC 9457), with the request's id, by which the log has the rest. */
export function answerProblems(api: FastifyInstance, log: Logger): void {
  api.setErrorHandler(async (error: Failure, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.status >= 500)
      log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed');
    return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  });
  // Thrown, so that it leaves as all others do.
  api.setNotFoundHandler(async () => {
    throw new RequestRefused(404, 'There is nothing at this address.');
  });
}

/** What no route is found for because the address is none. */
export function answerBadAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error, request);
  void reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** What is no HTTP, so that there is no request to answer: written to the connection, which ends with it. */
export function answerBadHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF_CODE[error.code ?? ''] ?? 400;
  const title = TITLES[status] ?? '';
  const problem: Problem = { type: 'about:blank', title, status, requestId: 'none' };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}

function problemOf(error: Failure, request: FastifyRequest): Problem {
  const status = statusOf(error);
  const says = status < 500 || status === 503 ? detailOf(error) : {};
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'It failed',
    status,
    ...says,
    requestId: request.id,
  };
}

function statusOf(error: Failure): number {
  if (error instanceof RequestRefused) return error.status;
  if (error instanceof NotFound) return 404;
  if (error instanceof NotAllowed) return 403;
  if (error instanceof UseCaseError) return 409;
  if (error instanceof ServerDown) return 503;
  return error.statusCode ?? 500;
}

function detailOf(error: Failure): Pick<Problem, 'detail' | 'errors'> {
  if (!hasZodFastifySchemaValidationErrors(error)) return { detail: error.message };
  const where = error.validationContext ?? 'body';
  return {
    errors: error.validation.map(({ instancePath, message }) => ({
      at: `${where}${instancePath}`,
      says: message ?? 'does not fit',
    })),
  };
}
