import { type Command, recordAudit } from '../../db/queries/audit';
import { activeSource, assignSource } from '../../db/queries/channels';
import { inTransaction } from '../../db/transaction';
import type { Servers } from '../connect';
import { requireSource } from './require-source';
import { ChangedMeanwhile } from './use-case-error';

export interface Assignment {
  readonly channel: string;
  readonly source: string;
  readonly validFrom?: Date | undefined;
  /** The source that counted when somebody decided on this, null for none; undefined: whichever does. */
  readonly replaces?: string | null | undefined;
}

/**
 * From a moment on, this source's word counts for the orders of a channel, and it hears of their parcels. No order
 * is repeated, because it has one key by whatever source it comes; none is lost, because what only another source
 * tells of is processed all the same.
 *
 * @throws UseCaseError; ChangedMeanwhile where another source counts by now.
 */
export async function assignChannel(
  { database }: Pick<Servers, 'database'>,
  given: Assignment,
  command: Command,
): Promise<void> {
  await requireSource(database.db, given.source);
  await inTransaction(database, async (tx) => {
    const now = (await activeSource(tx, given.channel)) ?? null;
    if (given.replaces !== undefined && given.replaces !== now)
      throw new ChangedMeanwhile(`${given.channel} comes from ${now ?? 'no source'} by now: look once more.`);
    await assignSource(tx, given);
    const detail = { source: given.source, validFrom: given.validFrom?.toISOString() ?? 'now' };
    const subject = `channel/${given.channel}`;
    await recordAudit(tx, { ...command, action: 'channel.assign', subject, detail });
  });
}
