import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Deps } from '../../activities/deps';
import type { DispatcherOptions } from '../../activities/dispatch/dispatcher';
import type { Step } from '../../activities/dispatch/one-call';
import { dispatchOrder } from '../../activities/dispatch-order';
import { WmsOutcomeUnknown, WmsUnavailable } from '../../activities/failures';
import { type Database, openDatabase } from '../../db/database';
import { createWorker } from '../../worker/create-worker';
import { createLog } from '../../worker/log';
import { installRuntime } from '../../worker/telemetry';
import { NO_ALERTS } from '../support/alerts';
import { TEST_KEYS } from '../support/database';
import { type Alterations, alter } from './without';

/** What a worker of a campaign is started with, as JSON in its environment. */
export interface ChaosJob {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly dispatcher: Pick<DispatcherOptions, 'leaseMs' | 'requestTimeoutMs' | 'breaker'>;
  readonly alterations: Alterations;
}

/** What it is told while it runs. */
export type ChaosCommand =
  /** If a dispatch comes to this step in time, the process ends or stops itself in the same tick. */
  | ({ readonly do: 'strike'; readonly withinMs: number } & Strike)
  /** Every connection of its pool is taken, for so long. */
  | { readonly do: 'fill-pool'; readonly ms: number }
  /** Its wall clock goes wrong by so much; the monotonic one does not. */
  | { readonly do: 'jump-clock'; readonly byMs: number }
  /**
   * Runs the step of sending an order several times at once, beside whatever its journey does, and again
   * while the WMS is away.
   */
  | { readonly do: 'dispatch-together'; readonly orderKeys: readonly string[]; readonly times: number };

/** What it says in its last tick. */
export const STRUCK = 'struck';
export const JOB_VARIABLE = 'BOOSTA_CHAOS_JOB';
const POOL = 20;
/** For longer than a WMS is given to rest. */
const TRIES = 30;
const TRY_AGAIN_AFTER_MS = 100;
const QUIET_WITHIN_MS = 1_000;

export interface Strike {
  readonly step: Step;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Not in the middle of a transaction of something else, whose locks would keep others from taking over. */
  readonly holdingNoLocks?: boolean;
}

/** Strikes in the tick in which a dispatch comes to the step; those after it go on where it is resumed. */
function striker(quiet: () => Promise<void>): {
  readonly arm: (strike: Strike, withinMs: number) => void;
  readonly onStep: (step: Step) => void | Promise<void>;
} {
  let armed: (Strike & { readonly until: number }) | undefined;
  const strike = (signal: Strike['signal']) => {
    process.send?.(STRUCK);
    process.kill(process.pid, signal);
  };
  return {
    arm: (next, withinMs) => {
      armed = { ...next, until: performance.now() + withinMs };
    },
    onStep: (step) => {
      if (armed?.step !== step || performance.now() > armed.until) return;
      const { signal, holdingNoLocks } = armed;
      armed = undefined;
      if (holdingNoLocks !== true) return strike(signal);
      return quiet().then(() => strike(signal));
    },
  };
}

/** Resolves in the tick in which none of the pool's connections is in use, or after a while. */
function quietIn({ pool }: Database): () => Promise<void> {
  const inUse = new Set<unknown>();
  let heard: () => void = () => undefined;
  pool.on('acquire', (connection) => inUse.add(connection));
  pool.on('release', (connection) => {
    inUse.delete(connection);
    if (inUse.size === 0) heard();
  });
  return async () => {
    if (inUse.size === 0) return;
    const quiet = new Promise<void>((resolve) => {
      heard = resolve;
    });
    await Promise.race([quiet, sleep(QUIET_WITHIN_MS)]);
  };
}

async function main(job: ChaosJob): Promise<void> {
  const log = createLog('warn');
  installRuntime(log, undefined);
  const connection = await NativeConnection.connect({ address: job.temporalAddress });
  const database = openDatabase({ url: job.databaseUrl, connections: POOL, secretKeys: TEST_KEYS });
  await database.pool.query('SELECT 1');
  const { arm, onStep } = striker(quietIn(database));
  const worker = await createWorker({
    connection,
    namespace: 'default',
    database,
    log,
    alerts: NO_ALERTS,
    dispatcher: { ...job.dispatcher, onStep },
  });
  const { deps } = worker;
  alter(deps, new Client({ connection }), job.alterations);
  process.on('message', (command: ChaosCommand) => {
    if (command.do === 'strike') arm(command, command.withinMs);
    else if (command.do === 'fill-pool') void fillPool(deps, command.ms);
    else if (command.do === 'jump-clock') jumpClock(command.byMs);
    else void dispatchTogether(deps, command.orderKeys, command.times);
  });
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.send?.('ready');
  await worker.run();
  await deps.connections.close();
  await database.close();
  await connection.close();
  process.exit(0);
}

async function fillPool({ database }: Deps, ms: number): Promise<void> {
  const taken = await Promise.allSettled(Array.from({ length: POOL }, () => database.pool.getConnection()));
  await sleep(ms);
  for (const one of taken) if (one.status === 'fulfilled') one.value.release();
}

const TrueDate = Date;

function jumpClock(byMs: number): void {
  const now = () => TrueDate.now() + byMs;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (_, given: unknown[]) =>
      Reflect.construct(TrueDate, given.length === 0 ? [now()] : given) as Date,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}

/** As when Temporal gives out an activity again whose first attempt is still at it. */
async function dispatchTogether(deps: Deps, orderKeys: readonly string[], times: number): Promise<void> {
  await Promise.allSettled(
    orderKeys.flatMap((key) => Array.from({ length: times }, () => dispatchSoon(deps, key))),
  );
}

async function dispatchSoon(deps: Deps, orderKey: string): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      return void (await dispatchOrder(deps, orderKey));
    } catch (error) {
      if (!(error instanceof WmsUnavailable) || error instanceof WmsOutcomeUnknown) throw error;
      await sleep(TRY_AGAIN_AFTER_MS);
    }
  }
}

if (require.main === module) {
  main(JSON.parse(process.env[JOB_VARIABLE] ?? '') as ChaosJob).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
}
