import { openAcknowledgements, settleAcknowledgements } from '../db/queries/acknowledgements';
import { lockOrder } from '../db/queries/orders';
import { parkOrder, unparkOrder } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import type { Standing } from '../domain/stage';
import type { Deps } from './deps';
import { OutsideUnavailable } from './outcome';

/**
 * Tells an order's sources that we have it. Where one no longer hands it over, a person looks why: it may be
 * cancelled there, and must not ship.
 *
 * @throws OutsideUnavailable, to be tried again; telling it once more does no harm.
 */
export async function acknowledgeOrder(deps: Deps, orderKey: string): Promise<Standing> {
  const open = await openAcknowledgements(deps.database.db, orderKey);
  const replies = await Promise.all(
    open.map(async ({ connectionId, recordId }) => {
      const { outcome } = await deps.wayBack.acknowledgements.send(connectionId, recordId);
      return { connectionId, recordId, outcome };
    }),
  );
  const refusals: string[] = [];
  for (const { connectionId, recordId, outcome } of replies) {
    if (outcome.kind !== 'done' && outcome.kind !== 'refused') continue;
    const reason = outcome.kind === 'refused' ? outcome.reason : null;
    await settleAcknowledgements(deps.database.db, connectionId, [recordId], outcome.kind, reason);
    if (reason !== null) refusals.push(`${connectionId}: ${reason}`);
  }
  for (const { outcome } of replies) {
    if (outcome.kind === 'not-received')
      throw new OutsideUnavailable(
        'The source could not be told that we have the order',
        outcome.retryAfterMs,
      );
    if (outcome.kind === 'unknown')
      throw new OutsideUnavailable('Whether the source knows that we have the order is unknown');
  }
  return wait(deps, orderKey, refusals);
}

async function wait(deps: Deps, orderKey: string, refusals: readonly string[]): Promise<Standing> {
  return inTransaction(deps.database, async (tx) => {
    const order = await lockOrder(tx, orderKey);
    if (order === undefined) throw new RangeError(`No order ${orderKey}`);
    if (order.stage !== 'collected') return { stage: order.stage };
    if (refusals.length > 0) {
      await parkOrder(tx, orderKey, 'collected', 'not_acknowledged', refusals.join('; '));
      return { stage: 'collected', waiting: 'not_acknowledged' };
    }
    if (order.waiting === 'not_acknowledged') await unparkOrder(tx, orderKey, 'boosta');
    return { stage: 'collected' };
  });
}
