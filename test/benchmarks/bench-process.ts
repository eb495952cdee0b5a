import { type Child, startChild } from '../../sandbox/child';
import { compiled } from '../../sandbox/environment';
import { cpuMs, rounded } from './measure';
import type { BenchAnswer, BenchCommand } from './protocol';

/** Floor workflows not yet done, and orders not yet with the WMS: what waits for the warehouse is not in hand. */
export const IN_FLIGHT = 50;

/** Asks a process of the benchmark to run something. @throws Error where it ends instead. */
export function ask(child: Child, command: BenchCommand): Promise<BenchAnswer> {
  return new Promise((resolve, reject) => {
    child.process.once('message', (answer) => resolve(answer as BenchAnswer));
    child.exited.then((code) => reject(new Error(`ended with ${code}`)), reject);
    child.process.send(command);
  });
}

export interface Floor {
  readonly perSecond: number;
  /** In ms a workflow. */
  readonly cpu: { readonly node: number; readonly temporal: number };
}

/**
 * Temporal's own floor: a workflow of one empty regular activity, started by a client, so many times.
 *
 * @param temporalPid of the server, for its CPU.
 */
export async function measureFloor(
  env: Record<string, string>,
  temporalPid: number | undefined,
  logFile: string,
  count: number,
): Promise<Floor> {
  const child = await startChild(compiled('test/benchmarks/floor-process'), { env, logFile });
  const pids = { node: child.process.pid, temporal: temporalPid };
  const before = { node: cpuMs(pids.node), temporal: cpuMs(pids.temporal) };
  const { perSecond } = await ask(child, { count, inFlight: IN_FLIGHT, until: 'accepted' });
  const per = (after: number, start: number) => rounded((after - start) / count);
  const cpu = {
    node: per(cpuMs(pids.node), before.node),
    temporal: per(cpuMs(pids.temporal), before.temporal),
  };
  child.process.send('stop');
  await child.exited;
  return { perSecond, cpu };
}

/** Temporal's database is fuller at the end than at the beginning, and the machine may be another: the middle. */
export function middleOf(before: Floor, after: Floor): number {
  return (before.perSecond + after.perSecond) / 2;
}
