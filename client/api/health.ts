import { sql } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../db/database';
import { openTasksByKind } from '../../db/queries/tasks';
import { countFinishedSince, countUnfinished, countWaiting } from '../../db/queries/today';
import { seoulDay, seoulTime } from '../../domain/seoul';
import { bearerOf } from './access/caller';
import type { ApiContext } from './context';

const HIDDEN = { schema: { hide: true } };

/**
 * `/healthz`: the process lives. `/readyz`: MySQL answers, without which it can do nothing. `/metrics`: Prometheus,
 * for whoever asks on this machine, or bears a token.
 */
export function addHealth(api: FastifyInstance, { database }: ApiContext): void {
  const { db } = database;
  api.get('/healthz', HIDDEN, async () => ({ status: 'ok' }));
  api.get('/readyz', HIDDEN, async (_, reply) => {
    const ready = await db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'MySQL does not answer' });
  });
  const metrics = measure(api, db);
  api.get('/metrics', HIDDEN, async (request, reply) => {
    if (!isLocal(request)) await bearerOf(database, request.headers.authorization);
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

/** What each costs is bounded by what is open, or of today; however many orders are stored. */
function measure(api: FastifyInstance, db: Db): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'boosta_http_request_seconds',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  api.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    requests.observe({ method, route: routeOptions.url ?? 'none', status: statusCode }, elapsedTime / 1000);
  });
  new Gauge({
    name: 'boosta_open_tasks',
    help: 'Tasks that wait for a person, by kind',
    labelNames: ['kind'],
    registers,
    async collect() {
      this.reset();
      for (const [kind, tasks] of Object.entries(await openTasksByKind(db))) this.set({ kind }, tasks);
    },
  });
  new Gauge({
    name: 'boosta_orders',
    help: 'Orders that have not ended, by stage',
    labelNames: ['stage'],
    registers,
    async collect() {
      this.reset();
      for (const { stage, orders } of await countUnfinished(db)) this.set({ stage }, orders);
    },
  });
  new Gauge({
    name: 'boosta_orders_waiting',
    help: 'Those of them that wait for a person, by what they wait for',
    labelNames: ['waiting'],
    registers,
    async collect() {
      this.reset();
      for (const { waiting, orders } of await countWaiting(db)) this.set({ waiting: waiting ?? '' }, orders);
    },
  });
  new Gauge({
    name: 'boosta_orders_ended_today',
    help: 'Orders that have ended since midnight in Seoul, by how',
    labelNames: ['stage'],
    registers,
    async collect() {
      this.reset();
      for (const { stage, orders } of await countFinishedSince(db, seoulTime(seoulDay(new Date()))))
        this.set({ stage }, orders);
    },
  });
  return registry;
}

/** From this machine, and not by a proxy, which would let the world in. */
function isLocal({ socket, headers }: FastifyRequest): boolean {
  const { remoteAddress = '' } = socket;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return /^(?:::ffff:)?127\.|^::1$/u.test(remoteAddress) && !isForwarded;
}
