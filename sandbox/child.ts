import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Child {
  readonly process: ChildProcess;
  /** What it first said to its parent. */
  readonly firstMessage: unknown;
  /** Settles when it has ended. */
  readonly exited: Promise<number | null>;
  /** SIGTERM, and SIGKILL if that is not heeded within a minute. @returns whether it was heeded. */
  stop(): Promise<boolean>;
}

/** A process of ours did not come up; its log says why. */
export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

/**
 * For workers, as in package.json and the Dockerfile: they make many objects of a short life, which V8 with
 * its default of 16 MiB for the newest would copy about.
 */
export const WORKER_FLAGS = ['--max-semi-space-size=32'];

const STOP_PATIENCE_MS = 60_000;

/**
 * Starts one of our own processes and waits for its first message. It is a process group of its own: a
 * terminal's Ctrl-C reaches the parent only, which stops everything in order.
 */
export async function startChild(
  module: string,
  options: { env: Record<string, string>; logFile: string; flags?: readonly string[] },
): Promise<Child> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = fork(module, {
    env: { ...process.env, ...options.env },
    execArgv: [...process.execArgv, ...(options.flags ?? [])],
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const firstMessage = await Promise.race([
    new Promise<unknown>((resolve) => child.once('message', resolve)),
    exited.then((code) => {
      throw new ChildFailed(`${module} ended with ${code}: see ${options.logFile}`);
    }),
  ]);
  return {
    process: child,
    firstMessage,
    exited,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await exited;
      clearTimeout(timer);
      return child.signalCode !== 'SIGKILL';
    },
  };
}
