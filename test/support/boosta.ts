import { type Group, run } from '../../client/cli/program';

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
