import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Deps } from '../../activities/deps';
import type { DispatcherOptions } from '../../activities/dispatch/dispatcher';
import type { Step } from '../../activities/dispatch/one-call';
import { dispatchOrder } from '../../activities/dispatch-order';
import { openDatabase } from '../../db/database';
import { createWorker } from '../../worker/create-worker';
import { createLog } from '../../worker/log';
import { installRuntime } from '../../worker/telemetry';
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
  /** The next time a dispatch comes to this step, the process ends or stops itself in the same tick. */
  | { readonly do: 'strike'; readonly step: Step; readonly signal: 'SIGKILL' | 'SIGSTOP' }
  /** Every connection of its pool is taken, for so long. */
  | { readonly do: 'fill-pool'; readonly ms: number }
  /** Its wall clock goes wrong by so much; the monotonic one does not. */
  | { readonly do: 'jump-clock'; readonly byMs: number }
  /** Runs the step of sending an order several times at once, beside whatever its journey does. */
  | { readonly do: 'dispatch-together'; readonly orderKeys: readonly string[]; readonly times: number };

/** What it says in its last tick. */
export const STRUCK = 'struck';
export const JOB_VARIABLE = 'BOOSTA_CHAOS_JOB';
const POOL = 20;

interface Strike {
  readonly step: Step;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** Strikes in the tick in which a dispatch comes to the step; those after it go on where it is resumed. */
function striker(): { readonly arm: (strike: Strike) => void; readonly onStep: (step: Step) => void } {
  let armed: Strike | undefined;
  return {
    arm: (strike) => {
      armed = strike;
    },
    onStep: (step) => {
      if (armed?.step !== step) return;
      const { signal } = armed;
      armed = undefined;
      process.send?.(STRUCK);
      process.kill(process.pid, signal);
    },
  };
}

async function main(job: ChaosJob): Promise<void> {
  const log = createLog('warn');
  installRuntime(log, undefined);
  const connection = await NativeConnection.connect({ address: job.temporalAddress });
  const database = openDatabase({ url: job.databaseUrl, connections: POOL });
  await database.pool.query('SELECT 1');
  const { arm, onStep } = striker();
  const worker = await createWorker({
    connection,
    namespace: 'default',
    database,
    log,
    dispatcher: { ...job.dispatcher, onStep },
  });
  const { deps } = worker;
  alter(deps, new Client({ connection }), job.alterations);
  process.on('message', (command: ChaosCommand) => {
    if (command.do === 'strike') arm(command);
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
    orderKeys.flatMap((key) => Array.from({ length: times }, () => dispatchOrder(deps, key))),
  );
}

if (require.main === module) {
  main(JSON.parse(process.env[JOB_VARIABLE] ?? '') as ChaosJob).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
}
