import type { Db } from '../db/database';
import type { Command } from '../db/queries/audit';
import { type LockedDispatch, linesOfDispatches } from '../db/queries/dispatches';
import { unreadRecord } from '../db/queries/orders';
import type { Answer } from './answer';
import { settleCancellation } from './cancel-order';
import { endCancellation } from './end-cancellation';
import { finishMoving } from './move-order';
import { isRecalled } from './send-others-anew';

/**
 * A person says what came of a cancellation that the WMS cannot tell of. It counts as the WMS's own answer would: the
 * order is cancelled, or goes where it was to go next, or stays with the WMS that ships it.
 *
 * @param asked is `cancel_unknown`, and locked like the order's other dispatches.
 */
export async function attestCancellation(
  tx: Db,
  orderKey: string,
  asked: LockedDispatch,
  verdict: 'cancelled' | 'ships',
  command: Command,
): Promise<Answer> {
  const { id, wms } = asked;
  const leavesTo = await leavesFor(tx, id, orderKey);
  if (leavesTo === undefined)
    return {
      done: false,
      says: 'Another order that is packed with it is being cancelled: say so of that one',
    };
  const reason = 'a person says that it ships';
  const outcome = verdict === 'cancelled' ? { kind: verdict } : ({ kind: 'too-late', reason } as const);
  await settleCancellation(tx, id, outcome);
  const upTo = await unreadRecord(tx, orderKey);
  if (leavesTo === '' || (await isRecalled(tx, orderKey, wms, leavesTo))) {
    // What the channel told is dealt with by this: otherwise the WMS would be asked again, and again.
    const news = upTo === undefined ? {} : { upTo, isRecall: leavesTo !== '' };
    return endCancellation(tx, orderKey, { ...command, ...news });
  }
  return finishMoving(tx, orderKey, { ...command, to: leavesTo }, [asked]);
}

/** Where an order goes from a dispatch that is being cancelled; undefined: it stays. */
async function leavesFor(tx: Db, dispatchId: string, orderKey: string): Promise<string | undefined> {
  const lines = await linesOfDispatches(tx, [dispatchId]);
  return lines.find((line) => line.orderKey === orderKey)?.leavesTo ?? undefined;
}
