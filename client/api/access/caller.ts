import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../../db/database';
import { findToken, markTokenUsed } from '../../../db/queries/api-tokens';
import { findUser } from '../../../db/queries/users';
import { isEnough, type Role } from '../../../domain/role';
import { sha256 } from '../../../domain/sha256';
import { RequestRefused } from '../problems';

/** Who makes a request; the name is what the audit trail keeps. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  readonly by: 'browser' | 'token';
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** The least role that may; a route without one is not served. */
    readonly role?: Role | 'anyone';
  }
  interface Session {
    userName?: string;
  }
}

/** Lets through who is signed in, or bears a token, and has the role that the route asks for. */
export function guardRoutes(api: FastifyInstance, database: Database): void {
  api.decorateRequest('caller', null);
  api.addHook('onRoute', ({ config, url }) => {
    if (config?.role === undefined) throw new Error(`${url} does not say who may.`);
  });
  api.addHook('onRequest', async (request, reply) => {
    const { role } = request.routeOptions.config;
    // An address that nothing is at.
    if (role === undefined) return;
    request.caller = await callerOf(database, request);
    if (role !== 'anyone') requireRole(request.caller, role);
    if (request.caller?.by === 'browser' && !isSafe(request.method)) await checkCsrf(api, request, reply);
  });
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function checkCsrf(api: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  return new Promise((resolve, reject) => {
    api.csrfProtection.call(api, request, reply, (error?: Error) => {
      if (error === undefined) resolve();
      else
        reject(
          new RequestRefused(403, 'The header x-csrf-token is missing, or is not that of this session.'),
        );
    });
  });
}

function requireRole(caller: Caller | null, role: Role): void {
  if (caller === null) throw new RequestRefused(401, 'Sign in, or send a token as Authorization: Bearer.');
  if (!isEnough(caller.role, role))
    throw new RequestRefused(403, `It takes the role ${role}, and ${caller.name} is ${caller.role}.`);
}

async function callerOf(database: Database, request: FastifyRequest): Promise<Caller | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return bearerOf(database, authorization);
  const { userName } = request.session;
  if (userName === undefined) return null;
  const user = await findUser(database.db, userName);
  if (user === undefined || user.disabledAt !== null) return null;
  return { name: user.name, role: user.role, by: 'browser' };
}

/** Whom a program's token stands for. @throws RequestRefused. */
export async function bearerOf({ db }: Database, authorization = ''): Promise<Caller> {
  const token = /^Bearer (\S{20,200})$/u.exec(authorization)?.[1];
  const known = token === undefined ? undefined : await findToken(db, sha256(token));
  if (known === undefined) throw new RequestRefused(401, 'This token is not known, or was revoked.');
  await markTokenUsed(db, known.id);
  return { name: `token:${known.name}`, role: known.role, by: 'token' };
}
