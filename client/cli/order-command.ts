import type { Command } from 'commander';
import type { Answer } from '../../activities/answer';
import { as, byOption, orderKey, reasonOption } from './arguments';
import { print, say } from './output';
import { EXIT } from './program';
import { withServers } from './session';

export interface CommandOptions {
  readonly json?: true;
  readonly by: string;
  readonly reason: string;
}

/** Those that say who and why, and nothing else. */
type OrderCommand = 'hold' | 'release' | 'cancel' | 'takeChange' | 'separate' | 'sendNow';

export function addCommand(orders: Command, name: OrderCommand, description: string): void {
  orders
    .command(name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`))
    .description(description)
    .argument('<key>', 'order key', as(orderKey))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (key: string, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<CommandOptions>();
      const { commandOrder } = await import('../use-cases/command-order.js');
      answer(json, key, await withServers((context) => commandOrder(context, name, key, { by, reason })));
    });
}

/** What a command came to; one that was not carried out is a failure for scripts. */
export function answer(json: true | undefined, key: string, { done, says }: Answer): void {
  if (json === true) print(json, { key, done, says }, () => '');
  else say(`${key}: ${says}.`);
  if (!done) process.exitCode = EXIT.failed;
}
