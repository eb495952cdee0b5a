import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { and, asc, count, eq, notInArray } from 'drizzle-orm';
import { openDatabase } from '../../db/database';
import { order } from '../../db/schema';
import { dispatchId } from '../../domain/dispatch-id';
import type { Stage } from '../../domain/stage';
import { readConfig } from '../../worker/config';
import { createWorker } from '../../worker/create-worker';
import { createLog } from '../../worker/log';
import { installRuntime } from '../../worker/telemetry';
import type { BenchAnswer, BenchCommand } from './protocol';

/** Journeys that are begun and not through; those beyond the ones in hand wait for the warehouse. */
const MOST_OPEN = 400;

const BEFORE = {
  accepted: ['collected', 'normalized', 'matched'],
  booked: ['collected', 'normalized', 'matched', 'dispatched'],
} as const;

/** A worker as in production, which also starts the journeys of orders that are stored and not begun. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog('error');
  installRuntime(log, undefined);
  const database = openDatabase({ url: config.databaseUrl, secretKeys: config.secretKeys });
  const startedAt = new Map<string, number>();
  const latencies: number[] = [];
  const worker = await createWorker({
    connection: await NativeConnection.connect(config.temporal.connectionOptions),
    namespace: config.temporal.namespace,
    database,
    log,
    alerts: config.alerts,
    dispatcher: {
      onStep: (step, ids) => {
        if (step !== 'confirmed') return;
        for (const id of ids) latencies.push(performance.now() - (startedAt.get(id) ?? performance.now()));
      },
    },
  });
  const running = worker.run();
  process.send?.('ready');

  const run = async ({ count: wanted, inFlight, until }: BenchCommand): Promise<BenchAnswer> => {
    const orders = await database.db
      .select()
      .from(order)
      .where(and(eq(order.stage, 'collected'), notInArray(order.key, [...startedKeys, ''])))
      .orderBy(asc(order.key))
      .limit(wanted);
    latencies.length = 0;
    let ownStatements = 1;
    let next = 0;
    const began = performance.now();
    // Counted by the index on the stage: the watching must not cost more with every order that is done.
    const before = async () => {
      ownStatements += 1;
      const rows = await database.db
        .select({ stage: order.stage, orders: count() })
        .from(order)
        .groupBy(order.stage);
      const among = (stages: readonly Stage[]) =>
        rows.filter((row) => stages.includes(row.stage)).reduce((sum, row) => sum + row.orders, 0);
      return { accepted: among(BEFORE.accepted), end: among(BEFORE[until]) };
    };
    const others = await before();
    for (;;) {
      const now = await before();
      const inHand = now.accepted - others.accepted + next;
      const open = now.end - others.end + next;
      if (next === orders.length && open === 0) break;
      // More journeys open than a worker keeps in memory would be read anew at each step.
      const room = Math.min(inFlight - inHand, MOST_OPEN - open);
      for (const one of orders.slice(next, next + Math.max(0, room))) {
        startedKeys.add(one.key);
        startedAt.set(dispatchId(one.key, 1), performance.now());
        void worker.deps.journeys.start(one);
        next += 1;
      }
      await sleep(50);
    }
    const seconds = (performance.now() - began) / 1000;
    return {
      perSecond: orders.length / seconds,
      latencies: latencies.toSorted((a, b) => a - b),
      ownStatements,
    };
  };
  const startedKeys = new Set<string>();
  process.on('message', (command: BenchCommand | 'stop') => {
    if (command === 'stop') worker.shutdown();
    else void run(command).then((answer) => process.send?.(answer));
  });
  await running;
  await worker.deps.connections.close();
  await database.close();
  process.exit(0);
}

void main();
