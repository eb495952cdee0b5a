import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { endRule, insertRule, type NewRule } from '../../db/queries/hold-rules';
import { itemExists } from '../../db/queries/matches';
import { inTransaction } from '../../db/transaction';
import { UseCaseError } from './use-case-error';

/** Has such orders wait for a person from now on. @returns the rule's number. @throws UseCaseError. */
export async function addHold(database: Database, rule: NewRule): Promise<number> {
  if (rule.itemCode !== '' && !(await itemExists(database.db, rule.itemCode)))
    throw new UseCaseError(`There is no item ${rule.itemCode}.`);
  if (rule.validTo !== undefined && rule.validTo <= (rule.validFrom ?? new Date()))
    throw new UseCaseError('It would end before it begins: see --from and --to.');
  return inTransaction(database, async (tx) => {
    const id = await insertRule(tx, rule);
    const { madeBy: by, reason, channel, itemCode, quantity } = rule;
    const detail = { channel, itemCode, quantity };
    await recordAudit(tx, { by, reason, action: 'hold.add', subject: `hold/${id}`, detail });
    return id;
  });
}

/** Ends a rule; the sweep lets the orders go on that it holds. @throws UseCaseError. */
export async function removeHold(database: Database, id: number, command: Command): Promise<void> {
  await inTransaction(database, async (tx) => {
    if (!(await endRule(tx, id)))
      throw new UseCaseError(`There is no rule ${id}: boosta holds list names those there are.`);
    await recordAudit(tx, { ...command, action: 'hold.remove', subject: `hold/${id}` });
  });
}
