import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { readMark } from '../../../db/queries/changes';
import type { ApiContext } from '../context';

const LOOK_EVERY_MS = 2_000;
/** Proxies close what is silent for longer. */
const LOOKS_PER_SIGN_OF_LIFE = 10;

/**
 * `GET /api/live`: server-sent events. `changed` means that something has happened and what is shown may be
 * out of date. One look at the database serves all that listen.
 */
export function addLive(api: FastifyInstance, { database, log }: ApiContext): void {
  const listeners = new Set<ServerResponse>();
  const tell = (event: string) => {
    for (const listener of listeners) listener.write(event);
  };
  let mark = '';
  let looks = 0;
  let stopping = false;
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  const look = async () => {
    if (listeners.size === 0) return;
    const now = await readMark(database.db).catch((error: unknown) => {
      log.warn({ err: error }, 'nobody can be told of changes');
      return mark;
    });
    if (now !== mark) tell('event: changed\ndata: {}\n\n');
    else if ((looks += 1) % LOOKS_PER_SIGN_OF_LIFE === 0) tell(': still here\n\n');
    mark = now;
  };
  api.get('/api/live', { config: { role: 'viewer' }, schema: { hide: true } }, (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    reply.raw.write('event: changed\ndata: {}\n\n');
    // Its request had come before the API was told to stop, and nobody would end it any more.
    if (stopping) reply.raw.end();
    else listeners.add(reply.raw);
    request.raw.once('close', () => listeners.delete(reply.raw));
  });
  api.addHook('preClose', async () => {
    stopping = true;
    clearInterval(timer);
    for (const listener of listeners) listener.end();
  });
}
