import { type Command, recordAudit } from '../../db/queries/audit';
import { findConnection, listConnections, saveRoute } from '../../db/queries/connections';
import { ordersWithoutRoute } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { Context } from '../connect';
import { nudgeOrders } from './nudge-orders';
import { UseCaseError } from './use-case-error';

export interface NewRoute {
  /** Empty: all channels without a route of their own. */
  readonly channel: string;
  readonly wms: string;
  readonly validFrom?: Date | undefined;
}

/**
 * Sends a channel's orders to this WMS from a moment on, and lets those look again that waited for a
 * route. What a WMS has been chosen for already stays there.
 *
 * @returns how many orders look again.
 * @throws UseCaseError.
 */
export async function setRoute(
  { database, temporal }: Context,
  { channel, wms, validFrom }: NewRoute,
  command: Command,
): Promise<number> {
  const connection = await findConnection(database.db, wms);
  if (connection?.kind !== 'wms') {
    const known = (await listConnections(database.db)).filter(({ kind }) => kind === 'wms');
    const names = known.map(({ id }) => id).join(', ') || 'none';
    throw new UseCaseError(`No WMS is connected as ${wms}; there are: ${names}.`);
  }
  await inTransaction(database, async (tx) => {
    await saveRoute(tx, { channel, wms, ...(validFrom === undefined ? {} : { validFrom }) });
    const detail = { channel, wms, validFrom: validFrom?.toISOString() ?? 'now' };
    await recordAudit(tx, { ...command, action: 'route.set', subject: `route/${channel || '*'}`, detail });
  });
  return nudgeOrders(temporal, await ordersWithoutRoute(database.db));
}
