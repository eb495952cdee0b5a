import { resendTracking as writeResend } from '../../activities/resend-tracking';
import type { Command } from '../../db/queries/audit';
import type { UploadFilter } from '../../db/queries/shipments';
import type { Servers } from '../connect';
import { nudgeOrders } from './nudge-orders';
import { UseCaseError } from './use-case-error';

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
  const { parcels, orderKeys } = await writeResend(database, filter, command);
  if (parcels === 0) throw new UseCaseError('There is no such tracking number to tell again.');
  await nudgeOrders(temporal, orderKeys, 'shipped');
  return parcels;
}
