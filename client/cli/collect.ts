import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { formatTime } from '../format';
import { omit } from '../omit';
import { type BackfillStanding, readBackfill, startBackfill } from '../use-cases/backfills';
import { UseCaseError } from '../use-cases/use-case-error';
import { as, byOption, code, endMoment, moment, reasonOption } from './arguments';
import { print, say } from './output';
import { withServers } from './session';

interface Options {
  readonly json?: true;
  readonly from: Date;
  readonly to?: Date;
  readonly by: string;
  readonly reason: string;
}

const LOOK_MS = 500;

export function addCollect(program: Command): void {
  program
    .command('collect')
    .description('read a stretch of a source again now; it goes on if this is interrupted')
    .argument('<source>', 'as boosta sources names it', as(code))
    .requiredOption('--from <time>', 'day or time, in Seoul or with an offset', as(moment))
    .option('--to <time>', 'a day counts to its end (default: now)', as(endMoment))
    .addOption(reasonOption().default('decided at the command line'))
    .addOption(byOption())
    .action((source: string, _, command: Command) => collect(source, command));
}

async function collect(source: string, command: Command): Promise<void> {
  const { json, from, to = new Date(), by, reason } = command.optsWithGlobals<Options>();
  if (from >= to)
    command.error(`error: --from (${formatTime(from)}) must come before --to (${formatTime(to)})`);
  const read = await withServers(async (servers) => {
    const id = await startBackfill(servers, source, { from, to }, { by, reason });
    return untilEnded(() => readBackfill(servers, id));
  });
  if (read.state !== 'done') throw new UseCaseError(failureOf(source, read));
  print(json, omit(read, 'state', 'failure'), () => `${read.orders} orders with something new`);
}

/** Says how far it has come while it is being read. */
async function untilEnded(look: () => Promise<BackfillStanding>): Promise<BackfillStanding> {
  let said = -1;
  for (;;) {
    const read = await look();
    if (read.state !== 'running') return read;
    if (read.windows > 0 && read.windowsRead > said) {
      say(`reading ${read.connectionId}: ${read.windowsRead} of ${read.windows} windows …`);
      said = read.windowsRead;
    }
    await sleep(LOOK_MS);
  }
}

function failureOf(source: string, { id, failure }: BackfillStanding): string {
  const why = failure ?? 'somebody has stopped it';
  return `${source} could not be read (${why}): see boosta tasks, or backfill/${id} in the Temporal UI.`;
}
