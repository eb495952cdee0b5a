import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context';
import { addConnections } from './connections';
import { addLive } from './live';
import { addSession } from './session';
import { addUsers } from './users';

/** All that the API does, one file for each page of the console. */
export function addRoutes(api: FastifyInstance, context: ApiContext): void {
  for (const add of [addSession, addLive, addUsers, addConnections]) add(api, context);
}
