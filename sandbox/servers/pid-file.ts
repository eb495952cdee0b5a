import { writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { lookUpProcess, stopProcess } from './process-table';
import type { Progress } from './progress';

/** Another process of this user runs a server on the same data and is alive. */
export class ServerAlreadyRunning extends Error {
  override readonly name = 'ServerAlreadyRunning';
  constructor(what: string, data: string, parentPid: number) {
    super(`${what} on ${data} is already run by process ${parentPid}: stop that one first.`);
  }
}

/** Written beside the data, since it is the data that two servers must not share. */
function pidFile(data: string): string {
  return `${data}.pid`;
}

/** Notes who runs the server. Synchronous, so that no kill of this process fits between start and note. */
export function writePidFile(data: string, pid: number): void {
  writeFileSync(pidFile(data), `${pid} ${process.pid}\n`);
}

/** Removes the note; given a number, only if it is still about that process and not about a later one. */
export async function removePidFile(data: string, pid?: number): Promise<void> {
  if (pid !== undefined && (await readPidFile(data))?.pid !== pid) return;
  await rm(pidFile(data), { force: true });
}

async function readPidFile(data: string): Promise<{ pid: number; parentPid: number } | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch(() => '');
  const [, pid, parentPid] = (/^(\d+) (\d+)$/m.exec(text) ?? []).map(Number);
  return pid && parentPid ? { pid, parentPid } : undefined;
}

/**
 * Stops a server that outlived the process which started it (kill -9), so that a restart just works.
 *
 * The number alone may belong to someone else by now: only a process whose command line names our data is
 * touched, and only if its parent is no longer the one that started it.
 */
export async function stopLeftOver(
  what: string,
  data: string,
  patienceMs: number,
  progress: Progress,
): Promise<void> {
  const noted = await readPidFile(data);
  if (!noted) return;
  const found = await lookUpProcess(noted.pid);
  // Both servers are given it as the value of an option.
  if (found && `${found.command} `.includes(`=${data} `)) {
    if (found.parentPid === noted.parentPid) throw new ServerAlreadyRunning(what, data, noted.parentPid);
    progress(`${what}: stopping the server that an earlier run left behind (process ${noted.pid})`);
    await stopProcess(noted.pid, patienceMs);
  }
  await removePidFile(data, noted.pid);
}
