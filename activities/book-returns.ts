import { type ClaimToBook, returnsToBook, settleReturn } from '../db/queries/claims';
import { closeTasks, openTask } from '../db/queries/tasks';
import { isClaim } from '../domain/claim';
import type { Deps } from './deps';
import { ReturnRefused, recordReturn } from './record-return';

const AT_A_TIME = 50;

/**
 * Takes the returns that their channels have settled out of the sales. One that does not fit what has shipped is
 * a task, and looked at again: the channel may know of a parcel before we do.
 */
export async function bookReturns(deps: Deps): Promise<void> {
  for (const claim of await returnsToBook(deps.database.db, AT_A_TIME)) {
    const subject = { orderKey: claim.orderKey, part: claim.claimId };
    try {
      await book(deps, claim);
      await closeTasks(deps.database.db, ['return_not_booked'], subject, 'boosta');
      await settleReturn(deps.database.db, claim, true);
    } catch (error) {
      if (!(error instanceof ReturnRefused)) throw error;
      await openTask(
        deps.database.db,
        'return_not_booked',
        subject,
        `Return ${claim.claimId}: ${error.message}`,
      );
      await settleReturn(deps.database.db, claim, false);
    }
  }
}

async function book(deps: Deps, { connectionId, orderKey, claimId, body }: ClaimToBook): Promise<void> {
  const source = await deps.connections.decoder(connectionId);
  const told = source.decode(body);
  if (!isClaim(told)) throw new RangeError(`The record of claim ${claimId} tells of an order`);
  const lines = told.lines.map(({ lineNumber, quantity }) => ({ lineNumber, units: quantity }));
  await recordReturn(
    deps.database,
    { orderKey, number: claimId, lines, restocked: true, shippingFee: false },
    { by: 'channel', reason: 'The channel has settled the return' },
  );
}
