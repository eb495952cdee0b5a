import { type Command, recordAudit } from '../../db/queries/audit';
import { assignSource } from '../../db/queries/channels';
import { inTransaction } from '../../db/transaction';
import type { Context } from '../connect';
import { requireSource } from './require-source';

export interface Assignment {
  readonly channel: string;
  readonly source: string;
  readonly validFrom?: Date | undefined;
}

/**
 * From a moment on, this source's word counts for the orders of a channel, and it hears of their parcels. No order
 * is repeated, because it has one key by whatever source it comes; none is lost, because what only another source
 * tells of is processed all the same.
 *
 * @throws UseCaseError.
 */
export async function assignChannel(
  { database }: Context,
  given: Assignment,
  command: Command,
): Promise<void> {
  await requireSource(database.db, given.source);
  await inTransaction(database, async (tx) => {
    await assignSource(tx, given);
    const detail = { source: given.source, validFrom: given.validFrom?.toISOString() ?? 'now' };
    const subject = `channel/${given.channel}`;
    await recordAudit(tx, { ...command, action: 'channel.assign', subject, detail });
  });
}
