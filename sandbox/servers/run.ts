import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A tool of the machine (apt-get, pip, mvn, go …) could not be started or ended with an error. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(command: string, reason: string, options?: ErrorOptions) {
    super(`${command}: ${reason}`, options);
  }
}

export interface RunOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  /** Called with each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void;
  /** Called with the process id before anything else happens in this process. */
  onStart?: (pid: number) => void;
  /** Ends the command when aborted. */
  signal?: AbortSignal;
}

/** What is kept of a command's output to explain its failure. */
const EXPLAINING_LINES = 10;

/** Runs a command to its end and returns its stdout. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      // Output is read by machine here, so the user's language must not change it.
      env: { ...process.env, LC_ALL: 'C', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    });
    if (child.pid !== undefined) options.onStart?.(child.pid);
    const stdout: string[] = [];
    const recent: string[] = [];
    const listen = (stream: NodeJS.ReadableStream, keep?: string[]) => {
      createInterface({ input: stream }).on('line', (line) => {
        keep?.push(line);
        if (line.trim() !== '') recent.push(line.trim());
        if (recent.length > EXPLAINING_LINES) recent.shift();
        options.onLine?.(line);
      });
    };
    listen(child.stdout, stdout);
    listen(child.stderr);
    child.once('error', (cause) => reject(new CommandFailed(command, cause.message, { cause })));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout.join('\n'));
      else reject(new CommandFailed(command, `ended with ${signal ?? code}: ${recent.join(' | ')}`));
    });
  });
}

/** The first executable of that name on PATH. */
export async function findOnPath(
  name: string,
  path = process.env['PATH'] ?? '',
): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
