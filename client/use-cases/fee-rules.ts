import type { Database, Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { deleteFeeRule, lockFeeRule, writeFeeRule } from '../../db/queries/fee-rules';
import { inTransaction } from '../../db/transaction';
import type { FeeRule } from '../../domain/fee';
import { ChangedMeanwhile, NotFound } from './use-case-error';

type RuleKey = Pick<FeeRule, 'channel' | 'validFrom'>;

/** What a channel keeps from a day on. @param version of the rule that is changed; 0: there is none. @throws ChangedMeanwhile. */
export async function saveFeeRule(
  database: Database,
  rule: FeeRule,
  version: number,
  command: Command,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const before = await ruleAsSeen(tx, rule, version);
    await writeFeeRule(tx, rule, command.by);
    const { rate, settlementDays } = rule;
    const detail = { before: before ?? null, after: { rate, settlementDays } };
    await recordAudit(tx, { ...command, action: 'fee.set', subject: subjectOf(rule), detail });
  });
}

/** The rule before it is in force in its place. @throws NotFound, ChangedMeanwhile. */
export async function removeFeeRule(
  database: Database,
  key: RuleKey,
  version: number,
  command: Command,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const before = await ruleAsSeen(tx, key, version);
    if (before === undefined)
      throw new NotFound(`${key.channel} has no fee rule that begins on ${key.validFrom}.`);
    await deleteFeeRule(tx, key);
    const detail = { before, after: null };
    await recordAudit(tx, { ...command, action: 'fee.remove', subject: subjectOf(key), detail });
  });
}

function subjectOf({ channel, validFrom }: RuleKey): string {
  return `fee/${channel}/${validFrom}`;
}

async function ruleAsSeen(tx: Db, key: RuleKey, version: number) {
  const rule = await lockFeeRule(tx, key);
  if ((rule?.version ?? 0) !== version)
    throw new ChangedMeanwhile(
      `Somebody has changed the fee of ${key.channel} from ${key.validFrom} meanwhile: look at it again.`,
    );
  return rule && { rate: rule.rate, settlementDays: rule.settlementDays };
}
