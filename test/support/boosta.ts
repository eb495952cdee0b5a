import { execFile } from 'node:child_process';
import { type Group, run } from '../../client/cli/program';
import { compiled } from '../../sandbox/environment';

/** The command groups of a test, under the names that the command line gives them. */
export function commandsOf(groups: Record<string, Awaited<ReturnType<Group['load']>>>): Group[] {
  return Object.entries(groups).map(([name, add]) => ({ name, description: name, load: async () => add }));
}

/** What the command line prints and ends with, in this process. */
export async function boostaOf(groups: Group[], args: readonly string[]) {
  const said = { out: '', err: '' };
  const into = (where: 'out' | 'err') => (chunk: unknown) => {
    said[where] += String(chunk);
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  try {
    return { code: await run(groups, [...args]), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}

/** The program as a user runs it, in a process of its own. */
export async function boostaProcess(
  env: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const main = compiled('client/cli/main');
    const options = { env: { ...process.env, ...env } };
    const child = execFile(process.execPath, [main, ...args], options, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
