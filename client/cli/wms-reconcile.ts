import type { Command } from 'commander';
import type { Reconciliation } from '../use-cases/reconcile';
import { as, code } from './arguments';
import { print, say, table } from './output';
import { EXIT } from './program';
import { withServers } from './session';

export function addReconcile(wms: Command): void {
  wms
    .command('reconcile')
    .description('compare what was sent with what a WMS says it has; differences become tasks')
    .argument('<wms>', 'as boosta wms names it', as(code))
    .action((id: string, _, command: Command) => reconcile(id, command.optsWithGlobals<{ json?: true }>()));
}

/** Exit code 1 while there are differences. */
async function reconcile(wms: string, { json }: { json?: true }): Promise<void> {
  const { reconcileNow } = await import('../use-cases/reconcile.js');
  const result = await withServers((context) => reconcileNow(context, wms));
  print(json, { wms, ...result }, () => forPeople(result));
  if (json !== true) say(`${wms}: ${howAsked(result)}; ${result.differences.length} differences.`);
  if (result.differences.length > 0) process.exitCode = EXIT.failed;
}

function howAsked({ by, told, expected }: Reconciliation): string {
  if (by === 'nothing') return 'it neither lists its orders nor finds one, so nothing can be compared';
  const how = by === 'list' ? 'by its list' : 'by looking up the oldest';
  return `${expected} orders compared ${how}, which told of ${told}`;
}

function forPeople({ differences }: Reconciliation): string {
  if (differences.length === 0) return '';
  return table(
    ['task', 'what', 'order', 'reason', 'next'],
    differences.map((d) => [d.task, d.kind, d.orderKey, d.reason, d.nextAction]),
  );
}
