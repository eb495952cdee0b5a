import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { countByStanding } from '../../db/queries/orders';
import { openTasksByKind } from '../../db/queries/tasks';
import type { ApiContext } from './context';

const HIDDEN = { schema: { hide: true } };

/** `/healthz`: the process lives. `/readyz`: MySQL answers, without which it can do nothing. `/metrics`: Prometheus. */
export function addHealth(api: FastifyInstance, { database: { db } }: ApiContext): void {
  api.get('/healthz', HIDDEN, async () => ({ status: 'ok' }));
  api.get('/readyz', HIDDEN, async (_, reply) => {
    const ready = await db.execute(sql`select 1`).then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'MySQL does not answer' });
  });
  const metrics = measure(api, db);
  api.get('/metrics', HIDDEN, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}

function measure(api: FastifyInstance, db: ApiContext['database']['db']): Registry {
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
    help: 'Orders by stage and what they wait for',
    labelNames: ['stage', 'waiting'],
    registers,
    async collect() {
      this.reset();
      for (const { stage, waiting, orders } of await countByStanding(db))
        this.set({ stage, waiting: waiting ?? '' }, orders);
    },
  });
  return registry;
}
