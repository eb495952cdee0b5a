import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context';
import { addSession } from './session';

/** All that the API does, one file for each page of the console. */
export function addRoutes(api: FastifyInstance, context: ApiContext): void {
  for (const add of [addSession]) add(api, context);
}
