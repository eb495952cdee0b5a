import type { Db } from '../db/database';
import type { Command } from '../db/queries/audit';
import type { LockedDispatch } from '../db/queries/dispatches';
import { unreadRecord } from '../db/queries/orders';
import type { Answer } from './answer';
import { settleCancellation } from './cancel-order';
import { endCancellation } from './end-cancellation';
import { beginElsewhere, finishMoving } from './move-order';

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
  const { id, wms, directedTo } = asked;
  const reason = 'a person says that it ships';
  const outcome = verdict === 'cancelled' ? { kind: verdict } : ({ kind: 'too-late', reason } as const);
  const cancelled = await settleCancellation(tx, id, outcome);
  const upTo = await unreadRecord(tx, orderKey);
  if (directedTo === null || (directedTo === wms && upTo !== undefined)) {
    // What the channel told is dealt with by this: otherwise the WMS would be asked again, and again.
    const news = upTo === undefined ? {} : { upTo, isRecall: directedTo !== null };
    return endCancellation(tx, orderKey, { ...command, ...news });
  }
  const move = { ...command, to: directedTo };
  if (cancelled !== undefined) await beginElsewhere(tx, orderKey, cancelled, move);
  return finishMoving(tx, orderKey, move, [asked]);
}
