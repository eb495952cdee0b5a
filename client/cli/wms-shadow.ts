import type { Command } from 'commander';
import { type ShadowRun, shadowRun } from '../use-cases/shadow-run';
import { as, code, moment } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface Options {
  readonly json?: true;
  readonly to: string;
  readonly since?: Date;
}

export function addShadow(wms: Command): void {
  wms
    .command('shadow')
    .description('what another WMS would refuse or lack of all that is still to ship; sends nothing')
    .requiredOption('--to <wms>', 'the WMS that might take over', as(code))
    .option('--since <time>', 'only what was made ready since then', as(moment))
    .action((_, command: Command) => shadow(command.optsWithGlobals<Options>()));
}

async function shadow({ json, to, since = new Date(0) }: Options): Promise<void> {
  const run = await withDatabase(({ db }) => shadowRun(db, to, since));
  print(json, run, () => forPeople(run));
  if (json === true) return;
  const orders = new Set(run.differences.map(({ orderKey }) => orderKey)).size;
  say(
    `${run.dispatches} dispatches looked at: ${orders} orders with differences, ${run.short.length} items short.`,
  );
}

function forPeople({ differences, short }: ShadowRun): string {
  const tables = [
    differences.length === 0
      ? ''
      : table(
          ['order', 'goes to', 'difference'],
          differences.map(({ orderKey, from, says }) => [orderKey, from ?? '(not claimed)', says]),
        ),
    short.length === 0
      ? ''
      : table(
          ['item', 'needed', 'sellable'],
          short.map(({ itemCode, needed, sellable }) => [itemCode, needed, sellable]),
        ),
  ];
  return tables.filter((text) => text !== '').join('\n');
}
