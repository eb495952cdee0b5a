import type { Command } from 'commander';
import { formatTime } from '../format';
import { ordersWith } from '../use-cases/packing';
import { as, byOption, orderKey, reasonOption } from './arguments';
import { addCommand, answer } from './order-command';
import { print, say, table } from './output';
import { withDatabase, withServers } from './session';

/** What goes out in one parcel, as commands of an order. */
export function addTogether(orders: Command): void {
  orders
    .command('together')
    .description('with which orders it goes out')
    .argument('<key>', 'order key', as(orderKey))
    .action((key: string, _, command: Command) => show(key, command.optsWithGlobals<{ json?: true }>()));
  orders
    .command('combine')
    .description('pack orders together, whose receivers are the same or nearly so')
    .argument('<keys...>', 'order keys, two at least')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((keys: string[], _, command: Command) => combine(keys.map(as(orderKey)), command));
  addCommand(orders, 'separate', 'take an order out of what it is packed with, before that is sent');
  addCommand(orders, 'sendNow', 'have an order, and what is packed with it, wait for companions no longer');
}

async function show(key: string, { json }: { json?: true }): Promise<void> {
  const groups = await withDatabase(({ db }) => ordersWith(db, key));
  if (json !== true && groups.length === 0) return say(`${key} goes by itself.`);
  print(json, groups, () =>
    table(
      ['state', 'waits until', 'with'],
      groups.map(({ state, waitsUntil, with: others }) => [
        state,
        waitsUntil === null ? null : formatTime(waitsUntil),
        others.join(', '),
      ]),
    ),
  );
}

async function combine(keys: readonly string[], command: Command): Promise<void> {
  const { json, by, reason } = command.optsWithGlobals<{ json?: true; by: string; reason: string }>();
  const [key = '', ...others] = keys;
  const { combineOrders } = await import('../use-cases/command-order.js');
  answer(json, key, await withServers((to) => combineOrders(to, key, { by, reason, with: others })));
}
