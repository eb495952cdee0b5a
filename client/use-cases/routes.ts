import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { itemExists } from '../../db/queries/matches';
import { ordersWaitingForRoute } from '../../db/queries/orders';
import { listRoutes, lockRoutes, type RouteRow, saveRoute } from '../../db/queries/routes';
import { databaseNow } from '../../db/queries/server';
import { inTransaction } from '../../db/transaction';
import { type Route, routesAt } from '../../domain/routing';
import { sha256 } from '../../domain/sha256';
import type { Servers } from '../connect';
import { nudgeOrders } from './nudge-orders';
import { requireWms } from './require-wms';
import { ChangedMeanwhile, UseCaseError } from './use-case-error';

export interface NewRoute {
  /** Empty: any. */
  readonly channel: string;
  /** Empty: any. */
  readonly itemCode: string;
  readonly wms: string;
  readonly validFrom?: Date | undefined;
  /** Of the routing that it was decided on; left out: whatever it is. */
  readonly version?: string | undefined;
}

/** The routes in force and those to come, and what a change of them is to be made on. */
export async function showRoutes(db: Db) {
  const [routes, now] = await Promise.all([listRoutes(db), databaseNow(db)]);
  const { inForce, later } = routesAt(routes, now);
  return { inForce: inForce.toSorted(byScope), later, version: versionOf(routes) };
}

function byScope(one: Route, other: Route): number {
  const [a, b] = [one, other].map(({ channel, itemCode }) => `${channel}\n${itemCode}`);
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Differs whenever somebody has set a route. */
export function versionOf(routes: readonly RouteRow[]): string {
  const rows = routes.map(({ id, wms }) => `${id} ${wms}`).toSorted();
  return sha256(rows.join('\n')).slice(0, 16);
}

/**
 * Locks the routing, to change it.
 *
 * @throws ChangedMeanwhile when somebody has done so since it was of this version.
 */
export async function lockRouting(tx: Db, version: string | undefined): Promise<RouteRow[]> {
  const routes = await lockRoutes(tx);
  if (version !== undefined && version !== versionOf(routes))
    throw new ChangedMeanwhile('Somebody has changed the routing meanwhile: look at it again.');
  return routes;
}

/**
 * Sends a channel's orders, or an item wherever it is ordered, to this WMS from a moment on, and lets those
 * look again that wait for a route or for stock. What a WMS has been chosen for already stays there.
 *
 * @returns how many orders look again.
 * @throws UseCaseError, ChangedMeanwhile.
 */
export async function setRoute(
  { database, temporal }: Servers,
  { channel, itemCode, wms, validFrom, version }: NewRoute,
  command: Command,
): Promise<number> {
  await requireWms(database.db, wms);
  if (itemCode !== '' && !(await itemExists(database.db, itemCode)))
    throw new UseCaseError(`There is no item ${itemCode}.`);
  await inTransaction(database, async (tx) => {
    await lockRouting(tx, version);
    await saveRoute(tx, { channel, itemCode, wms, ...(validFrom === undefined ? {} : { validFrom }) });
    const detail = { channel, itemCode, wms, validFrom: validFrom?.toISOString() ?? 'now' };
    const subject = `route/${channel || '*'}/${itemCode || '*'}`;
    await recordAudit(tx, { ...command, action: 'route.set', subject, detail });
  });
  return nudgeOrders(temporal, await ordersWaitingForRoute(database.db));
}
