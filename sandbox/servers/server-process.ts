import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removePidFile, writePidFile } from './pid-file';
import { type Progress, reportWhile } from './progress';

/** A server that this process started. */
export interface RunningServer {
  pid: number;
  /** Settles when the server has ended, wanted or not; never rejects. */
  exited: Promise<ServerExit>;
  /** Asks it to stop, waits, and kills it if it does not; may be called twice. */
  stop(): Promise<void>;
}

export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server ended or stayed silent while it was being started; the message ends with the last lines of its log. */
export class ServerStartFailed extends Error {
  override readonly name = 'ServerStartFailed';
}

export interface ServerProcessOptions {
  /** For messages: MySQL, Temporal. */
  what: string;
  command: string;
  args: readonly string[];
  /** The folder or file that only one such server may use; its command line contains it. */
  data: string;
  logFile: string;
  /** How long a stop may take before the server is killed. */
  stopPatienceMs: number;
  /** How long a start may take, recovery after a crash included. */
  startPatienceMs: number;
  /** Throws as long as the server does not serve. */
  probe: () => Promise<void>;
  progress: Progress;
}

/** Starts a server and waits until it serves; one that does not is stopped again. */
export async function startServer(options: ServerProcessOptions): Promise<RunningServer> {
  const server = spawnServer(options);
  const abort = new AbortController();
  try {
    const ended = server.exited.then((exit) =>
      Promise.reject(new Error(`ended with ${exit.signal ?? exit.code}`)),
    );
    await reportWhile(
      options.progress,
      options.what,
      Promise.race([ended, untilServing(options, abort.signal)]),
    );
    return server;
  } catch (cause) {
    await server.stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const log = await lastLines(options.logFile);
    throw new ServerStartFailed(
      `${options.what} did not start: ${reason}. ${options.logFile} ends with:\n${log}`,
      { cause },
    );
  } finally {
    abort.abort();
  }
}

/**
 * The server gets a process group of its own: a terminal sends Ctrl-C to the whole group, and the database must
 * outlive the worker that is draining.
 */
function spawnServer(options: ServerProcessOptions): RunningServer {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', log, log],
  });
  const exited = exitOf(child);
  closeSync(log);
  if (child.pid === undefined) {
    throw new ServerStartFailed(`${options.what}: ${options.command} could not be started`);
  }
  writePidFile(options.data, child.pid);
  return { pid: child.pid, exited, stop: () => stop(child, exited, options) };
}

async function stop(
  child: ChildProcess,
  exited: Promise<ServerExit>,
  options: ServerProcessOptions,
): Promise<void> {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), options.stopPatienceMs);
  await exited;
  clearTimeout(kill);
  await removePidFile(options.data, child.pid);
}

function exitOf(child: ChildProcess): Promise<ServerExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

async function untilServing(options: ServerProcessOptions, abandoned: AbortSignal): Promise<void> {
  const deadline = Date.now() + options.startPatienceMs;
  while (!abandoned.aborted) {
    try {
      return await options.probe();
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`it does not answer (${String(cause)})`, { cause });
    }
    await sleep(100);
  }
}

async function lastLines(file: string, count = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
