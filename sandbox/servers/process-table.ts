import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code';
import { run } from './run';

/** What the system says of a process. */
export interface ProcessEntry {
  parentPid: number;
  command: string;
}

/** Looks a process up; undefined if there is none, or only a zombie that its parent has not buried. */
export async function lookUpProcess(pid: number): Promise<ProcessEntry | undefined> {
  // Slim containers have no ps, macOS has no /proc.
  return (await readProc(pid)) ?? (await askPs(pid));
}

/** Asks a process to stop, and kills it if it has not within `patienceMs`. */
export async function stopProcess(pid: number, patienceMs: number): Promise<void> {
  signal(pid, 'SIGTERM');
  const killAt = Date.now() + patienceMs;
  let killed = false;
  while (await lookUpProcess(pid)) {
    if (!killed && Date.now() > killAt) {
      signal(pid, 'SIGKILL');
      killed = true;
    }
    await sleep(50);
  }
}

/** Sends a signal; a process that is gone already is what the caller wants anyway. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

async function readProc(pid: number): Promise<ProcessEntry | undefined> {
  try {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // "pid (name) state parent …"; the name may hold spaces and brackets.
    const [, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return command === '' ? undefined : { parentPid: Number(parentPid), command };
  } catch {
    return undefined;
  }
}

async function askPs(pid: number): Promise<ProcessEntry | undefined> {
  const line = await run('ps', ['-ww', '-o', 'ppid=,stat=,command=', '-p', String(pid)]).catch(() => '');
  const [, parentPid, state = '', command = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/m.exec(line) ?? [];
  return command === '' || state.startsWith('Z') ? undefined : { parentPid: Number(parentPid), command };
}
