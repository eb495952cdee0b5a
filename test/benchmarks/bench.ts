import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { min, sql } from 'drizzle-orm';
import { collectWindow } from '../../activities/collect-orders';
import { syncStock } from '../../activities/sync-stock';
import { type Context, connect } from '../../client/connect';
import { applySchedules, wantedSchedules } from '../../client/schedules';
import { sale } from '../../db/schema';
import { journeyId } from '../../domain/order-key';
import { startChild, WORKER_FLAGS } from '../../sandbox/child';
import { compiled, type Environment, startEnvironment, variablesOf } from '../../sandbox/environment';
import { CONNECTIONS } from '../../sandbox/seed';
import { readConfig } from '../../worker/config';
import { ask, IN_FLIGHT, measureFloor, middleOf } from './bench-process';
import { sendUnderLimit } from './call-limit';
import { cpuMs, percentile, rounded, rssMiB, statements, tenths } from './measure';
import { seedOneWarehouse, withDeps } from './one-warehouse';

const INTERVALS = {
  collect: 3_600,
  tell: 3_600,
  watch: 3,
  stock: 3_600,
  reconcile: 3_600,
  sweep: 3_600,
  alert: 3_600,
  check: 3_600,
  forget: 3_600,
} as const;

const options = new Command('npm run bench --')
  .option('--orders <n>', 'whole journeys', (n) => Number(n), 1_000)
  .option('--json', 'the figures on stdout as JSON, and nothing else')
  .parse()
  .opts<{ orders: number; json?: true }>();

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'boosta-bench-'));
  const environment = await startEnvironment({
    dataDir: dir,
    progress: say,
    ports: { mysql: 0, temporal: 0, ui: undefined, sandbox: 0 },
    shipAfterMs: 3_600_000,
  });
  const env = variablesOf(environment);
  const context = await connect(readConfig({ ...process.env, ...env }));
  try {
    const figures = await measure(environment, context, dir, env);
    if (options.json === true) process.stdout.write(`${JSON.stringify(figures)}\n`);
    else
      for (const [name, value] of Object.entries(figures)) say(`${name.padEnd(22)} ${JSON.stringify(value)}`);
  } finally {
    await context.close();
    await environment.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measure(environment: Environment, context: Context, dir: string, env: Record<string, string>) {
  const { database } = context;
  const legOrders = Math.max(200, Math.round(options.orders / 5));
  await seedOneWarehouse(database, environment.addresses);
  await store(environment, context, Math.ceil((options.orders + legOrders) * 1.05));
  await withDeps(database, (deps) => syncStock(deps, CONNECTIONS.wms));
  const floorOf = Math.min(1_000, Math.max(300, options.orders));
  const floor = () => measureFloor(env, environment.pids.temporal, join(dir, 'floor.log'), floorOf);
  say('floor…');
  const floorBefore = await floor();
  const worker = await startChild(compiled('test/benchmarks/journey-process'), {
    env,
    flags: WORKER_FLAGS,
    logFile: join(dir, 'worker.log'),
  });
  try {
    say(`floor ${floorBefore.perSecond.toFixed(1)}/s; leg, ${legOrders} orders…`);
    const leg = await ask(worker, { count: legOrders, inFlight: IN_FLIGHT, until: 'accepted' });
    say(`leg ${leg.perSecond.toFixed(1)}/s; journey, ${options.orders} orders…`);
    await admin(environment.addresses.fulfillment.adminUrl, 'PUT', 'settings', { shipAfterMs: 0 });
    await applySchedules(context.temporal, await wantedSchedules(database.db, INTERVALS));
    await settled(context, legOrders);
    const pids = { node: worker.process.pid, ...environment.pids };
    const before = {
      cpu: snapshot(pids),
      statements: await statements(database),
      calls: await createCalls(environment),
    };
    const journey = await ask(worker, { count: options.orders, inFlight: IN_FLIGHT, until: 'booked' });
    const after = {
      cpu: snapshot(pids),
      statements: await statements(database),
      calls: await createCalls(environment),
    };
    const per = (total: number) => rounded(total / options.orders);
    const booked = await bookedMoments(context);
    const { first, last } = tenths(booked.slice(-options.orders));
    const rss = rssMiB(worker.process.pid);
    say(`journey ${journey.perSecond.toFixed(1)}/s; floor again…`);
    const floorAfter = await floor();
    const floorPerSecond = middleOf(floorBefore, floorAfter);
    return {
      orders: options.orders,
      inFlight: IN_FLIGHT,
      floorPerSecond: rounded(floorPerSecond),
      floorBeforeAndAfter: [floorBefore, floorAfter].map(({ perSecond }) => rounded(perSecond)),
      dispatchLegPerSecond: rounded(leg.perSecond),
      journeyPerSecond: rounded(journey.perSecond),
      dispatchLegRatio: rounded(leg.perSecond / floorPerSecond),
      journeyRatio: rounded(journey.perSecond / floorPerSecond),
      p50Ms: Math.round(percentile(leg.latencies, 0.5)),
      p99Ms: Math.round(percentile(leg.latencies, 0.99)),
      eventsPerJourney: await eventsPerJourney(context),
      sqlPerJourney: per(after.statements - before.statements - journey.ownStatements),
      wmsCallsPerOrder: per(after.calls - before.calls),
      ordersPerWmsCall: rounded(options.orders / (after.calls - before.calls), 1),
      at40CallsAMinute: await at40CallsAMinute(),
      cpuMsPerJourney: {
        node: per(after.cpu.node - before.cpu.node),
        temporal: per(after.cpu.temporal - before.cpu.temporal),
        mysql: per(after.cpu.mysql - before.cpu.mysql),
        sandbox: per(after.cpu.sandbox - before.cpu.sandbox),
      },
      cpuMsPerFloor: { before: floorBefore.cpu, after: floorAfter.cpu },
      workerRssMiB: rss,
      firstTenthPerSecond: rounded(first),
      lastTenthPerSecond: rounded(last),
    };
  } finally {
    worker.process.send('stop');
    await worker.exited;
  }
}

/** 5,000 orders for a WMS with ShipStation's limit, in simulated time; test/activities/call-limit.test.ts bounds it. */
async function at40CallsAMinute() {
  const wms = { orders: 5_000, callsPerMinute: 40, inHand: 200, callMs: 800 };
  return {
    inBulk: await sendUnderLimit({ ...wms, ordersPerCall: 100 }),
    oneByOne: await sendUnderLimit({ ...wms, ordersPerCall: 1 }),
  };
}

/** Orders as the hub offers them, stored as they came; no journey is started yet. */
async function store(environment: Environment, { database }: Context, orders: number): Promise<void> {
  await admin(environment.addresses.hub.adminUrl, 'POST', 'days', { seed: 7, orders, overSeconds: 0 });
  const now = Date.now();
  const window = { from: new Date(now - 3_600_000), to: new Date(now) };
  await withDeps(database, (deps) => collectWindow(deps, CONNECTIONS.source, window, 'bench'));
}

/** The orders of the leg ship as well; they must not be counted in what comes after. */
async function settled({ database }: Context, orders: number): Promise<void> {
  for (;;) {
    const [row] = await database.db
      .select({ booked: sql<number>`count(distinct ${sale.orderKey})`.mapWith(Number) })
      .from(sale);
    if ((row?.booked ?? 0) >= orders * 0.95 && (await stillMoving(database)) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function stillMoving(database: Context['database']): Promise<number> {
  const [rows] = await database.pool.query(
    "select count(*) as n from orders where stage in ('dispatched', 'booked')",
  );
  return Number((rows as { n: number }[])[0]?.n);
}

function snapshot(pids: Record<'node' | 'temporal' | 'mysql' | 'sandbox', number | undefined>) {
  return {
    node: cpuMs(pids.node),
    temporal: cpuMs(pids.temporal),
    mysql: cpuMs(pids.mysql),
    sandbox: cpuMs(pids.sandbox),
  };
}

async function createCalls({ addresses }: Environment): Promise<number> {
  const calls = (await admin(addresses.fulfillment.adminUrl, 'GET', 'calls')) as Record<
    string,
    { received: number }
  >;
  return Object.entries(calls)
    .filter(([endpoint]) => /create|order/i.test(endpoint))
    .reduce((n, [, c]) => n + c.received, 0);
}

async function eventsPerJourney({ database, temporal }: Context): Promise<number> {
  const rows = await database.db.selectDistinct({ key: sale.orderKey }).from(sale).limit(50);
  const lengths = await Promise.all(
    rows.map(async ({ key }) => (await temporal.workflow.getHandle(journeyId(key)).describe()).historyLength),
  );
  return rounded(lengths.reduce((a, b) => a + b, 0) / lengths.length, 1);
}

async function bookedMoments({ database }: Context): Promise<number[]> {
  const rows = await database.db
    .select({ at: min(sale.bookedAt) })
    .from(sale)
    .groupBy(sale.orderKey);
  return rows.map((row) => row.at?.getTime() ?? 0).toSorted((a, b) => a - b);
}

async function admin(adminUrl: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${adminUrl}/admin/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
