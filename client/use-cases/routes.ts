import { type Command, recordAudit } from '../../db/queries/audit';
import { ordersWaitingForRoute } from '../../db/queries/orders';
import { saveRoute } from '../../db/queries/routes';
import { inTransaction } from '../../db/transaction';
import type { Context } from '../connect';
import { nudgeOrders } from './nudge-orders';
import { requireWms } from './require-wms';

export interface NewRoute {
  /** Empty: any. */
  readonly channel: string;
  /** Empty: any. */
  readonly itemCode: string;
  readonly wms: string;
  readonly validFrom?: Date | undefined;
}

/**
 * Sends a channel's orders, or an item wherever it is ordered, to this WMS from a moment on, and lets those
 * look again that wait for a route or for stock. What a WMS has been chosen for already stays there.
 *
 * @returns how many orders look again.
 * @throws UseCaseError.
 */
export async function setRoute(
  { database, temporal }: Context,
  { channel, itemCode, wms, validFrom }: NewRoute,
  command: Command,
): Promise<number> {
  await requireWms(database.db, wms);
  await inTransaction(database, async (tx) => {
    await saveRoute(tx, { channel, itemCode, wms, ...(validFrom === undefined ? {} : { validFrom }) });
    const detail = { channel, itemCode, wms, validFrom: validFrom?.toISOString() ?? 'now' };
    const subject = `route/${channel || '*'}/${itemCode || '*'}`;
    await recordAudit(tx, { ...command, action: 'route.set', subject, detail });
  });
  return nudgeOrders(temporal, await ordersWaitingForRoute(database.db));
}
