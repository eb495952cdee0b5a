import type { Command } from 'commander';
import { Option } from 'commander';
import { resolveDispatch } from '../use-cases/command-order';
import { as, byOption, orderKey, reasonOption } from './arguments';
import { answer } from './orders';
import { withServers } from './session';

interface Options {
  readonly json?: true;
  readonly received?: true;
  readonly notReceived?: true;
  readonly by: string;
  readonly reason: string;
}

export function addDispatch(program: Command): void {
  const dispatch = program
    .command('dispatch')
    .description('settle a dispatch whose outcome nobody else can tell');
  dispatch
    .command('resolve')
    .description('after a look into the WMS: say whether it has the order')
    .argument('<key>', 'order key', as(orderKey))
    .addOption(new Option('--received', 'the WMS has it: it is taken as accepted').conflicts('notReceived'))
    .option('--not-received', 'the WMS does not have it: it is sent anew, under a new code')
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => resolve(key, command));
}

async function resolve(key: string, command: Command): Promise<void> {
  const { json, received, notReceived, by, reason } = command.optsWithGlobals<Options>();
  if (received !== true && notReceived !== true)
    command.error('error: say what the WMS shows: --received or --not-received');
  const verdict = received === true ? 'received' : 'not-received';
  answer(json, key, await withServers((context) => resolveDispatch(context, key, verdict, { by, reason })));
}
