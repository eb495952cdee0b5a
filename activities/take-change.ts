import { type Command, recordAudit } from '../db/queries/audit';
import { lockDispatchesOf } from '../db/queries/dispatches';
import { linesOf, lockOrder, setStage } from '../db/queries/orders';
import { writeLines } from '../db/queries/standard-order';
import { closeTasks } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { isAtRest } from '../domain/stage';
import type { Answer } from './answer';
import type { Deps } from './deps';
import { readOrder } from './read-order';

/** Takes lines over that came after the WMS had the others: they are sent as a dispatch of their own. */
export async function takeChange(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  const { order, tellers } = await readOrder(deps, orderKey);
  return inTransaction(deps.database, async (tx) => {
    await lockDispatchesOf(tx, orderKey);
    const current = await lockOrder(tx, orderKey);
    if (current === undefined) return { done: false, says: 'There is no such order' };
    if (isAtRest({ stage: current.stage })) return { done: false, says: `It is ${current.stage}` };
    const known = new Set((await linesOf(tx, orderKey)).map(({ lineNumber }) => lineNumber));
    const late = order.lines.filter(
      (line) => !known.has(line.lineNumber) && line.cancelledQuantity < line.quantity,
    );
    if (late.length === 0) return { done: false, says: 'No line has come late' };
    await writeLines(tx, { ...order, lines: late }, tellers);
    await setStage(tx, orderKey, 'normalized');
    await closeTasks(tx, ['late_line'], { orderKey }, command.by);
    const numbers = late.map(({ lineNumber }) => lineNumber);
    const { by, reason } = command;
    await recordAudit(tx, {
      by,
      reason,
      action: 'order.take-change',
      subject: orderKey,
      detail: { lines: numbers },
    });
    return { done: true, says: `Line ${numbers.join(', ')} is sent too` };
  });
}
