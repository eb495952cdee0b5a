import { type ClaimToAnswer, claimsToAnswer, settleAnswer } from '../db/queries/claims';
import { shipmentsOf } from '../db/queries/shipments';
import { closeTasks, openTask } from '../db/queries/tasks';
import { UndecodableRecord } from '../domain/errors';
import type { Deps } from './deps';
import { OutsideUnavailable } from './outcome';
import type { ClaimAnswer, Reply, Source } from './sources/source';

const AT_A_TIME = 200;

/**
 * Tells a source what became of the cancellations that its customers have asked for. One that came too late is
 * answered with the parcel's tracking number, as soon as there is one.
 *
 * @returns how many were told.
 * @throws OutsideUnavailable, to be tried again: an answer that was lost does no harm twice.
 */
export async function answerClaims(deps: Deps, sourceId: string): Promise<number> {
  const source = await deps.connections.source(sourceId);
  let told = 0;
  let failed: OutsideUnavailable | undefined;
  for (const claim of await claimsToAnswer(deps.database.db, sourceId, AT_A_TIME)) {
    const answer = await answerOf(deps, claim);
    if (answer === undefined) continue;
    // One that cannot be told now keeps no other from being told.
    failed = (await tell(deps, sourceId, source, claim, answer)) ?? failed;
    told += 1;
  }
  if (failed !== undefined) throw failed;
  return told;
}

/** @returns undefined while it is not known by which parcel the order has left. */
async function answerOf(
  { database }: Deps,
  claim: ClaimToAnswer,
): Promise<ClaimAnswer['answer'] | undefined> {
  if (claim.outcome === 'stopped') return { kind: 'stopped' };
  const parcels = await shipmentsOf(database.db, claim.orderKey);
  for (const { carrier, trackingNumber, shippedAt } of parcels)
    if (carrier !== 'other') return { kind: 'shipped', carrier, trackingNumber, shippedAt };
  return undefined;
}

/** @returns why it could not be told, where it is to be tried again. */
async function tell(
  { database: { db } }: Deps,
  sourceId: string,
  source: Source,
  { recordId, claimId, orderKey, body }: ClaimToAnswer,
  answer: ClaimAnswer['answer'],
): Promise<OutsideUnavailable | undefined> {
  if (source.answerClaim === undefined) throw new RangeError(`${sourceId} takes no answers to claims`);
  const subject = { orderKey, part: claimId };
  const outcome = await outcomeOf(source.answerClaim({ recordId, body, answer }));
  switch (outcome.kind) {
    case 'done':
      await settleAnswer(db, sourceId, recordId, 'done', null);
      await closeTasks(db, ['claim_unanswered'], subject, 'boosta');
      return undefined;
    case 'refused':
      await settleAnswer(db, sourceId, recordId, 'refused', outcome.reason);
      await openTask(db, 'claim_unanswered', subject, `Claim ${claimId} (${answer.kind}): ${outcome.reason}`);
      return undefined;
    case 'not-received':
      return new OutsideUnavailable(`Claim ${claimId} could not be answered`, outcome.retryAfterMs);
    case 'unknown':
      return new OutsideUnavailable(`Whether claim ${claimId} is answered is unknown`);
  }
}

/** A record that cannot be read keeps no other claim from being answered. */
async function outcomeOf(reply: Promise<Reply>): Promise<Reply['outcome']> {
  try {
    return (await reply).outcome;
  } catch (error) {
    if (!(error instanceof UndecodableRecord)) throw error;
    return { kind: 'refused', reason: `its record cannot be read: ${error.message}` };
  }
}
