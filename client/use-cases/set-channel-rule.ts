import { type Command, recordAudit } from '../../db/queries/audit';
import { type ChannelRule, saveChannelRule } from '../../db/queries/channels';
import { ordersOfChangedDeals } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { Servers } from '../connect';
import { nudgeOrders } from './nudge-orders';

/**
 * What a channel expects from now on; orders that were read already keep their date, and those that are matched stay
 * so. What waits for its price looks again: by the new rule it may be trivial.
 */
export async function setChannelRule(
  { database, temporal }: Pick<Servers, 'database' | 'temporal'>,
  rule: ChannelRule,
  command: Command,
): Promise<void> {
  const { channel, ...detail } = rule;
  await inTransaction(database, async (tx) => {
    await saveChannelRule(tx, rule);
    await recordAudit(tx, { ...command, action: 'channel.rule', subject: `channel/${channel}`, detail });
  });
  await nudgeOrders(temporal, await ordersOfChangedDeals(database.db, channel));
}
