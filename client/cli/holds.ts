import type { Command } from 'commander';
import { listRules } from '../../db/queries/hold-rules';
import { formatTime } from '../format';
import { addHold, removeHold } from '../use-cases/holds';
import { as, byOption, code, count, endMoment, moment, reasonOption, recordNumber } from './arguments';
import { print, say, table } from './output';
import { withDatabase } from './session';

interface AddOptions {
  readonly json?: true;
  readonly channel?: string;
  readonly item?: string;
  readonly quantity: number;
  readonly from?: Date;
  readonly to?: Date;
  readonly by: string;
  readonly reason: string;
}

export function addHolds(program: Command): void {
  const holds = program.command('holds').description('rules by which orders wait for a person');
  holds
    .command('list', { isDefault: true })
    .description('the rules there are, and how many orders each holds')
    .action((_, command: Command) => list(command.optsWithGlobals<{ json?: true }>()));
  holds
    .command('add')
    .description('have such orders wait before they are sent; boosta orders release lets one go on')
    .option('--channel <channel>', 'only those of this channel', as(code))
    .option('--item <code>', 'only those with this item', as(code))
    .option('--quantity <n>', 'only from so many pieces on (of the item, or of all together)', as(count), 1)
    .option('--from <time>', 'from when on (default: now)', as(moment))
    .option('--to <time>', 'until when (default: until it is removed)', as(endMoment))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action((_, command: Command) => add(command.optsWithGlobals<AddOptions>()));
  holds
    .command('remove')
    .description('end a rule; the orders that it holds go on within two minutes')
    .argument('<id>', 'rule', as(recordNumber))
    .addOption(reasonOption().makeOptionMandatory())
    .addOption(byOption())
    .action(async (id: number, _, command: Command) => {
      const { json, by, reason } = command.optsWithGlobals<{ json?: true; by: string; reason: string }>();
      await withDatabase((database) => removeHold(database, id, { by, reason }));
      print(json, { id, removedBy: by }, () => `Rule ${id} has ended.`);
    });
}

async function list({ json }: { json?: true }): Promise<void> {
  const rules = await withDatabase(({ db }) => listRules(db));
  const shown = rules.map((r) => ({ ...r, channel: r.channel || null, itemCode: r.itemCode || null }));
  if (json !== true && shown.length === 0) return say('No rule holds anything.');
  print(json, shown, () =>
    table(
      ['id', 'channel', 'item', 'from pieces', 'reason', 'from', 'to', 'by', 'holds'],
      shown.map((rule) => [
        rule.id,
        rule.channel ?? '(any)',
        rule.itemCode ?? '(any)',
        rule.quantity,
        rule.reason,
        formatTime(rule.validFrom),
        rule.validTo === null ? null : formatTime(rule.validTo),
        rule.madeBy,
        rule.orders,
      ]),
    ),
  );
}

async function add({ json, channel = '', item = '', from, to, by, ...rule }: AddOptions): Promise<void> {
  const { quantity, reason } = rule;
  const id = await withDatabase((database) =>
    addHold(database, {
      channel,
      itemCode: item,
      quantity,
      reason,
      validFrom: from,
      validTo: to,
      madeBy: by,
    }),
  );
  print(json, { id }, () => `Rule ${id} holds such orders from their next try to be sent on.`);
}
