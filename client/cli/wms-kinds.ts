import type { Command } from 'commander';
import { PROMISE_CLASSES, PROVABLE } from '../../domain/promise-class';
import { KIND_COLUMNS, kindCells, listWmsKinds } from '../use-cases/list-wms-kinds';
import { print, table } from './output';

/** Needs neither MySQL nor Temporal: it tells what the program can be connected to. */
export function addKinds(wms: Command): void {
  wms
    .command('kinds')
    .description('every kind of WMS that can be connected, and what is provable of it')
    .action((_, command: Command) => show(command.optsWithGlobals<{ json?: true }>()));
}

function show({ json }: { json?: true }): void {
  const kinds = listWmsKinds();
  const data = kinds.map((kind) => ({ ...kind, provable: PROVABLE[kind.class] }));
  print(json, data, () => {
    const classes = PROMISE_CLASSES.map((name) => `${name}: ${PROVABLE[name]}`);
    return [table(KIND_COLUMNS, kinds.map(kindCells)), ...classes].join('\n');
  });
}
