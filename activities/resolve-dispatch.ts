import type { Db } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { moveDispatch } from '../db/queries/dispatch-states';
import {
  createDispatch,
  freeUnits,
  type LockedDispatch,
  linesOfDispatch,
  lockDispatchesOf,
} from '../db/queries/dispatches';
import { setStage } from '../db/queries/orders';
import { giveBack } from '../db/queries/stock';
import { unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { msUntilSettled } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { acceptLate } from './dispatch/confirm';
import { nudgeShort } from './nudge-short';

export type Verdict = 'received' | 'not-received';

/**
 * A person says whether the WMS has an order whose outcome nobody else can tell. Not received, it gets
 * a new generation, with a caller key of its own; an order that was refused gets one in the same way.
 */
export async function resolveDispatch(
  deps: Deps,
  orderKey: string,
  verdict: Verdict,
  { wms, ...command }: Command & { readonly wms?: string },
): Promise<Answer> {
  const { settlingMs } = deps.dispatcher;
  const answer = await inTransaction(deps.database, async (tx): Promise<Answer> => {
    const dispatches = await lockDispatchesOf(tx, orderKey);
    const [open, ...others] = dispatches.filter(
      (d) => (d.state === 'unknown' || d.state === 'rejected') && (wms === undefined || d.wms === wms),
    );
    if (open === undefined) return { done: false, says: 'No dispatch of it is unknown or refused' };
    if (others.length > 0) {
      const wmses = [open, ...others].map((d) => d.wms).join(', ');
      return { done: false, says: `It has several such dispatches: say of which WMS (${wmses})` };
    }
    if (open.state === 'rejected' && verdict === 'received') {
      return { done: false, says: 'The WMS refused it: there is nothing to have been received' };
    }
    const waitMs = verdict === 'received' ? open.leaseLeftMs : msUntilSettled({ ...open, settlingMs });
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      return { done: false, says: `Its last sender may still be at it: try again in ${seconds} s` };
    }
    if (verdict === 'received') await acceptLate(tx, open, null);
    else await beginAnew(tx, orderKey, open);
    await unparkOrder(tx, orderKey, command.by);
    const detail = { verdict, dispatch: open.id, was: open.state };
    await recordAudit(tx, { ...command, action: 'dispatch.resolve', subject: orderKey, detail });
    return { done: true, says: verdict === 'received' ? 'It is with the WMS' : 'It is sent anew' };
  });
  if (answer.done && verdict === 'not-received') await nudgeShort(deps);
  return answer;
}

async function beginAnew(tx: Db, orderKey: string, open: LockedDispatch): Promise<void> {
  const lines = await linesOfDispatch(tx, open.id);
  await moveDispatch(tx, open, 'superseded');
  await giveBack(tx, open.id);
  await freeUnits(tx, open.id);
  await createDispatch(tx, {
    orderKey,
    lines: lines.map(({ lineKey, quantity }) => ({ lineKey, quantity })),
    supersedes: open,
    directedTo: open.directedTo,
  });
  await setStage(tx, orderKey, 'matched');
}
