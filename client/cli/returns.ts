import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatWon } from '../format';
import { addReturn } from '../use-cases/add-return';
import { as, byOption, code, orderKey, reasonOption } from './arguments';
import { print } from './output';
import { withDatabase } from './session';

interface Line {
  readonly lineNumber: string;
  readonly units: number;
}

interface Options {
  readonly json?: true;
  readonly line: readonly Line[];
  readonly restock?: true;
  readonly scrap?: true;
  readonly shippingFee?: true;
  readonly number?: string;
  readonly by: string;
  readonly reason: string;
}

export function addReturns(program: Command): void {
  const returns = program.command('returns').description('what customers sent back');
  returns
    .command('add')
    .description('record a return: out of the sales, and back into the stock or thrown away')
    .argument('<key>', 'order key', as(orderKey))
    .addOption(
      new Option('--line <line=units>', 'line number, as boosta orders show has it, and how many units')
        .argParser(collectLine)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--restock', 'back on the shelf').conflicts('scrap'))
    .option('--scrap', 'thrown away')
    .option('--shipping-fee', 'the customer gets the shipping fee back too')
    .option('--number <number>', "the return's own number; told again, it changes nothing", as(code))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((key: string, _, command: Command) => add(key, command));
}

function collectLine(text: string, before: readonly Line[] = []): Line[] {
  const [, lineNumber = '', units = ''] = /^(.+)=([1-9]\d{0,5})$/u.exec(text) ?? [];
  if (lineNumber === '') throw new InvalidArgumentError('It must be a line number and units, as 1=2.');
  if (before.some((line) => line.lineNumber === lineNumber))
    throw new InvalidArgumentError(`Line ${lineNumber} is there twice.`);
  return [...before, { lineNumber, units: Number(units) }];
}

async function add(key: string, command: Command): Promise<void> {
  const { json, line, restock, scrap, shippingFee, number, by, reason } = command.optsWithGlobals<Options>();
  if (restock !== true && scrap !== true)
    command.error('error: say what becomes of the goods: --restock or --scrap');
  const given = {
    orderKey: key,
    lines: line,
    restocked: restock === true,
    shippingFee: shippingFee === true,
    number,
  };
  const added = await withDatabase((database) => addReturn(database, given, { by, reason }));
  print(json, { key, ...added }, () =>
    added.kind === 'known'
      ? `Return ${added.number} of ${key} is recorded already.`
      : `Return ${added.number} of ${key} is recorded: ${formatWon(added.amount)}.`,
  );
}
