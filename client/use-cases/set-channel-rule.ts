import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { type ChannelRule, saveChannelRule } from '../../db/queries/channels';
import { inTransaction } from '../../db/transaction';

/** What a channel expects from now on; orders that were read already keep their date. */
export async function setChannelRule(database: Database, rule: ChannelRule, command: Command): Promise<void> {
  await inTransaction(database, async (tx) => {
    await saveChannelRule(tx, rule);
    const { channel, ...detail } = rule;
    await recordAudit(tx, { ...command, action: 'channel.rule', subject: `channel/${channel}`, detail });
  });
}
