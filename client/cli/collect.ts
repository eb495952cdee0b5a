import type { Command } from 'commander';
import { formatTime } from '../format';
import { collectNow } from '../use-cases/collect-window';
import { as, code, endMoment, moment } from './arguments';
import { print, say } from './output';
import { withServers } from './session';

interface Options {
  readonly json?: true;
  readonly from: Date;
  readonly to?: Date;
}

export function addCollect(program: Command): void {
  program
    .command('collect')
    .description('read a stretch of a source again now')
    .argument('<source>', 'as boosta sources names it', as(code))
    .requiredOption('--from <time>', 'day or time, in Seoul or with an offset', as(moment))
    .option('--to <time>', 'a day counts to its end (default: now)', as(endMoment))
    .action((source: string, _, command: Command) => collect(source, command));
}

async function collect(source: string, command: Command): Promise<void> {
  const { json, from, to = new Date() } = command.optsWithGlobals<Options>();
  if (from >= to)
    command.error(`error: --from (${formatTime(from)}) must come before --to (${formatTime(to)})`);
  const window = { from, to };
  const read = await withServers((context) =>
    collectNow(context, source, window, (part) =>
      say(`reading ${source} from ${formatTime(part.from)} to ${formatTime(part.to)} …`),
    ),
  );
  print(json, { source, ...read }, () => `${read.orders} orders with something new`);
}
