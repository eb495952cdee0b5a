import type { Db } from '../db/database';
import { decideCancellations, type ToldClaim } from '../db/queries/claims';
import { closeTasks, openTask } from '../db/queries/tasks';
import type { Claim } from '../domain/claim';
import type { TaskKind } from '../domain/task';
import { noteClaims } from './note-claims';

/**
 * A claim of an order whose personal data is erased. Its record is not kept, so that nothing can be read from it
 * later: what it asks for is noted now, and what Boosta would do by itself a person does.
 */
export async function noteLateClaim(tx: Db, orderKey: string, told: ToldClaim): Promise<void> {
  const { claim, isAnswered } = told;
  await noteClaims(tx, orderKey, { claims: [{ ...told, isAnswered: false }], conflicting: [] });
  if (claim.kind === 'cancellation') await decideCancellations(tx, orderKey, 'too late');
  const subject = { orderKey, part: claim.claimId };
  const kind = toDo(claim, isAnswered);
  if (kind === undefined)
    return closeTasks(tx, ['claim_unanswered', 'return_not_booked'], subject, 'channel');
  const lines = claim.lines.map(({ lineNumber, quantity }) => `${quantity} of line ${lineNumber}`).join(', ');
  const reason = `${claim.kind} ${claim.claimId} is ${claim.state}: ${lines}; the personal data is erased`;
  await openTask(tx, kind, subject, reason);
}

function toDo({ kind, state }: Claim, isAnswered: boolean): TaskKind | undefined {
  if (kind === 'cancellation' && state === 'requested' && isAnswered) return 'claim_unanswered';
  if (kind === 'return' && state === 'done') return 'return_not_booked';
  return undefined;
}
