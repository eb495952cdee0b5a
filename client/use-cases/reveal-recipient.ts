import type { Database } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { recipientOf } from '../../db/queries/orders';
import type { Recipient } from '../../domain/order';
import { omit } from '../omit';
import { requireOrder } from './find-order';
import { NotFound, UseCaseError } from './use-case-error';

/** An order's recipient, not masked; who has seen it and why is kept. @throws UseCaseError. */
export async function revealRecipient(
  { db }: Database,
  orderKey: string,
  command: Command,
): Promise<Recipient> {
  const { erasedAt } = await requireOrder(db, orderKey);
  if (erasedAt !== null) throw new UseCaseError(`The personal data of ${orderKey} is erased.`);
  const recipient = await recipientOf(db, orderKey);
  if (recipient === undefined) throw new NotFound(`Nobody is known yet whom ${orderKey} goes to.`);
  await recordAudit(db, { ...command, action: 'order.reveal', subject: orderKey });
  return omit(recipient, 'orderKey');
}
