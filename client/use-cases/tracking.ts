import { type Command, recordAudit } from '../../db/queries/audit';
import { reopenOrders } from '../../db/queries/orders';
import { listUploads, resendUploads, type UploadFilter } from '../../db/queries/shipments';
import { inTransaction } from '../../db/transaction';
import type { Servers } from '../connect';
import { nudgeOrders } from './nudge-orders';
import { UseCaseError } from './use-case-error';

const AT_MOST = 10_000;

/**
 * Has tracking numbers told to their sources again that were refused, or that somebody doubts. An order whose
 * journey is over is told by the next sweep.
 *
 * @returns how many parcels are told again.
 * @throws UseCaseError where there are none.
 */
export async function resendTracking(
  { database, temporal }: Servers,
  filter: Omit<UploadFilter, 'limit'>,
  command: Command,
): Promise<number> {
  const uploads = (await listUploads(database.db, { ...filter, limit: AT_MOST })).filter(
    ({ state }) => state !== 'pending',
  );
  if (uploads.length === 0) throw new UseCaseError('There is no such tracking number to tell again.');
  const orderKeys = [...new Set(uploads.map(({ orderKey }) => orderKey))];
  await inTransaction(database, async (tx) => {
    for (const { orderKey, shipmentId } of uploads) await resendUploads(tx, orderKey, shipmentId);
    await reopenOrders(tx, orderKeys);
    for (const orderKey of orderKeys)
      await recordAudit(tx, { ...command, action: 'tracking.resend', subject: orderKey });
  });
  await nudgeOrders(temporal, orderKeys, 'shipped');
  return uploads.length;
}
