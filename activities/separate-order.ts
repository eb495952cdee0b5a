import { type Command, recordAudit } from '../db/queries/audit';
import { linesOfDispatches, lockDispatchesOf } from '../db/queries/dispatches';
import { lockOrder } from '../db/queries/orders';
import { endWaiting, markPackedAlone } from '../db/queries/packing';
import { inTransaction } from '../db/transaction';
import { isOver, isUnsent } from '../domain/dispatch-protocol';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { takeApart } from './give-up';

/** Takes an order out of what it is packed with, for good, and has it go at once; once the WMS may have them, that is too late. */
export async function separateOrder(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  const { left, ...answer } = await inTransaction(deps.database, async (tx) => {
    const live = (await lockDispatchesOf(tx, orderKey)).filter(({ state }) => !isOver(state));
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) return { done: false, says: 'There is no such order', left: [] };
    const lines = await linesOfDispatches(
      tx,
      live.map(({ id }) => id),
    );
    const others = lines.filter((line) => line.orderKey !== orderKey);
    const shared = live.filter(({ id }) => others.some((line) => line.dispatchId === id));
    if (shared.length === 0) return { done: false, says: 'It is packed with no other order', left: [] };
    const unsent = shared.filter(({ state }) => isUnsent(state));
    if (unsent.length === 0)
      return { done: false, says: 'Too late: the WMS may have them already', left: [] };
    const alone = await takeApart(tx, orderKey, unsent);
    // There is nobody that it would wait for.
    const waiting = alone.filter(({ packsLeftMs }) => packsLeftMs > 0);
    if (waiting.length > 0)
      await endWaiting(
        tx,
        waiting.map(({ id }) => id),
      );
    await markPackedAlone(tx, [orderKey], true);
    const left = [...new Set(others.map((line) => line.orderKey))];
    await recordAudit(tx, {
      ...command,
      action: 'order.separate',
      subject: orderKey,
      detail: { from: left },
    });
    return { done: true, says: 'It goes by itself', left };
  });
  for (const key of left) await deps.journeys.nudge(key, 'rematch');
  return answer;
}
