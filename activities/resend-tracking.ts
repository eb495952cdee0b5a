import type { Database } from '../db/database';
import { type Command, recordAudit } from '../db/queries/audit';
import { reopenOrders } from '../db/queries/orders';
import { listUploads, resendUploads, type UploadFilter } from '../db/queries/shipments';
import { inTransaction } from '../db/transaction';

const AT_MOST = 10_000;

/**
 * Writes down that tracking numbers are to be told to their sources again which were told, or refused.
 *
 * @returns how many parcels, and the orders whose journeys are to look.
 */
export async function resendTracking(
  database: Database,
  filter: Omit<UploadFilter, 'limit'>,
  command: Command,
): Promise<{ parcels: number; orderKeys: string[] }> {
  const uploads = (await listUploads(database.db, { ...filter, limit: AT_MOST })).filter(
    ({ state }) => state !== 'pending',
  );
  const orderKeys = [...new Set(uploads.map(({ orderKey }) => orderKey))];
  if (uploads.length === 0) return { parcels: 0, orderKeys };
  await inTransaction(database, async (tx) => {
    for (const { orderKey, shipmentId } of uploads) await resendUploads(tx, orderKey, shipmentId);
    await reopenOrders(tx, orderKeys);
    for (const orderKey of orderKeys)
      await recordAudit(tx, { ...command, action: 'tracking.resend', subject: orderKey });
  });
  return { parcels: uploads.length, orderKeys };
}
