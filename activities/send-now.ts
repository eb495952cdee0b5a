import { type Command, recordAudit } from '../db/queries/audit';
import { endWaiting } from '../db/queries/packing';
import { inTransaction } from '../db/transaction';
import type { Answer } from './answer';
import { lockGroup } from './combine-orders';
import type { Deps } from './deps';

/** Has an order, and whatever is packed with it by now, wait for companions no longer. */
export async function sendNow(deps: Deps, orderKey: string, command: Command): Promise<Answer> {
  const { members, ...answer } = await inTransaction(deps.database, async (tx) => {
    const group = await lockGroup(tx, [orderKey]);
    const waiting = group.ready.filter(({ packsLeftMs }) => packsLeftMs > 0).map(({ id }) => id);
    if (waiting.length === 0) return { done: false, says: 'It does not wait for companions', members: [] };
    await endWaiting(tx, waiting);
    await recordAudit(tx, { ...command, action: 'order.send-now', subject: orderKey });
    return { done: true, says: 'It goes now', members: waiting.flatMap(group.membersOf) };
  });
  for (const key of members) if (key !== orderKey) await deps.journeys.nudge(key, 'rematch');
  return answer;
}
