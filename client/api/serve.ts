import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './access/caller';
import type { Contract, ParsedCall, Returned } from './contract/route';
import { problem } from './contract/values';
import { PROBLEM_TYPE } from './problems';

export type Served<C extends Contract> = ParsedCall<C> & {
  /** Set but for routes that anyone may call. */
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

const NOBODY: Caller = { name: 'nobody', role: 'viewer', by: 'browser' };

/** Serves what a contract declares: what comes in is checked by it, and what it does not name never goes out. */
export function serve<C extends Contract>(
  api: FastifyInstance,
  declared: C,
  handler: (call: Served<C>) => Promise<Returned<C>>,
  /** What the answer comes as. */
  type = 'application/json',
): void {
  const { method, path, summary, role, perMinute, fileBytes, answersOnce, params, query, body, response } =
    declared;
  api.route({
    method,
    url: path,
    ...(fileBytes === undefined ? {} : { bodyLimit: fileBytes }),
    config: {
      role,
      ...(answersOnce === undefined ? {} : { answersOnce }),
      ...(perMinute === undefined ? {} : { rateLimit: { max: perMinute } }),
    },
    schema: {
      summary: `${summary}.`,
      tags: [path.split('/')[2] ?? 'api'],
      ...(role === 'anyone' ? {} : { description: `Needs the role ${role}.`, security: SECURITY }),
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      ...(fileBytes === undefined ? {} : { consumes: [FILE_TYPE] }),
      response: { 200: { content: { [type]: { schema: response } } }, '4xx': PROBLEM, '5xx': PROBLEM },
    },
    handler: async (request, reply) => {
      const call = { params: request.params, query: request.query, body: request.body };
      // The compiler of the schemas has checked them, and made them what the contract says.
      return handler({ ...(call as ParsedCall<C>), caller: request.caller ?? NOBODY, request, reply });
    },
  });
}

/** What the bytes of a file come as. */
export const FILE_TYPE = 'application/octet-stream';

const PROBLEM = { content: { [PROBLEM_TYPE]: { schema: problem } } };

const SECURITY = [{ token: [] }, { session: [] }];
