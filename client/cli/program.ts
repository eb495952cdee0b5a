import { Command, CommanderError } from 'commander';
import { explain } from '../explain';
import { say } from './output';

/** A group of commands is a file of its own, loaded when it is asked for. */
export interface Group {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<(program: Command) => void>;
}

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

export function createProgram(): Command {
  return new Command('boosta')
    .description('Orders of many marketplaces, each sent to the warehouse exactly once.')
    .option('--json', 'print data as JSON on stdout')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(boosta … --help tells what fits)')
    .exitOverride();
}

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function run(groups: readonly Group[], args: readonly string[]): Promise<number> {
  const program = createProgram();
  const asked = args.find((arg) => !arg.startsWith('-'));
  for (const { name, description, load } of groups) {
    if (name === asked) (await load())(program);
    else program.command(name).description(description);
  }
  return settle(() => program.parseAsync([...args], { from: 'user' }));
}

async function settle(work: () => Promise<unknown>): Promise<number> {
  try {
    await work();
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok;
  } catch (error) {
    // Commander has said already what is wrong; asking for help is nothing wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    say(`boosta: ${explain(error)}`);
    return EXIT.failed;
  }
}
