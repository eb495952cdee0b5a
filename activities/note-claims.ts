import type { Db } from '../db/database';
import { saveClaims } from '../db/queries/claims';
import { closeTasks, openTask } from '../db/queries/tasks';
import type { Reading } from './read-order';

/** What was told of an order beside its lines: its claims, and what only a person can settle of them. */
export async function noteClaims(
  tx: Db,
  orderKey: string,
  { claims, conflicting }: Pick<Reading, 'claims' | 'conflicting'>,
): Promise<void> {
  await saveClaims(tx, orderKey, claims);
  for (const { claim } of claims.filter((told) => told.claim.kind === 'exchange')) {
    const subject = { orderKey, part: claim.claimId };
    const lines = claim.lines
      .map(({ lineNumber, quantity }) => `${quantity} of line ${lineNumber}`)
      .join(', ');
    if (claim.state === 'requested')
      await openTask(tx, 'exchange_requested', subject, `Exchange ${claim.claimId}: ${lines}`);
    else await closeTasks(tx, ['exchange_requested'], subject, 'channel');
  }
  if (conflicting.length === 0) return;
  const reason = `Another source tells of line ${conflicting.join(', ')}, which the leading one does not know`;
  await openTask(tx, 'source_conflict', { orderKey }, reason);
}
