import type { Db } from '../../db/database';
import { type Command, recordAudit } from '../../db/queries/audit';
import { countOrdersOpenAt, ordersOpenAt } from '../../db/queries/open-dispatches';
import { countWaitingForRoute, ordersWaitingForRoute } from '../../db/queries/orders';
import { listRoutes, saveRoute } from '../../db/queries/routes';
import { databaseNow } from '../../db/queries/server';
import { inTransaction } from '../../db/transaction';
import { type Route, routesToReplace } from '../../domain/routing';
import type { Servers } from '../connect';
import { moveOrder } from './command-order';
import { nudgeOrders } from './nudge-orders';
import { requireWms } from './require-wms';
import { lockRouting, versionOf } from './routes';
import { UseCaseError } from './use-case-error';

export interface CutOver {
  readonly from: string;
  readonly to: string;
  /** Now, unless given. */
  readonly at?: Date | undefined;
}

export interface CutOverPreview {
  readonly at: Date;
  /** What leads to the new WMS from then on. */
  readonly routes: Pick<Route, 'channel' | 'itemCode'>[];
  /** What will lead to the old one again after that, as somebody once set it. */
  readonly later: Route[];
  /** How many orders stay with the old one unless they are moved. */
  readonly openAtOld: number;
}

/** What a cut-over would do, with the version of the routing that it says so of. @throws UseCaseError. */
export async function previewCutOver(db: Db, change: CutOver) {
  await requireBoth(db, change);
  const listed = await listRoutes(db);
  const planned = await plan(db, listed, change);
  const [waiting, openAtOld] = await Promise.all([
    countWaitingForRoute(db),
    countOrdersOpenAt(db, change.from),
  ]);
  return { ...planned, openAtOld, waiting, version: versionOf(listed) };
}

/**
 * From a moment on, whatever goes to the one WMS goes to the other. What is claimed by then stays; what is
 * not follows the routes at its claim.
 *
 * @param version of the routing that it was decided on; left out: whatever it is.
 * @throws UseCaseError when there is no such WMS or route, or the moment has passed; ChangedMeanwhile.
 */
export async function cutOver(
  { database, temporal }: Servers,
  change: CutOver,
  command: Command,
  version?: string,
): Promise<CutOverPreview> {
  const { from, to } = change;
  await requireBoth(database.db, change);
  const done = await inTransaction(database, async (tx) => {
    const planned = await plan(tx, await lockRouting(tx, version), change);
    const { at, routes } = planned;
    for (const { channel, itemCode } of routes)
      await saveRoute(tx, { channel, itemCode, wms: to, validFrom: at });
    const detail = { from, to, at: at.toISOString(), routes };
    await recordAudit(tx, { ...command, action: 'wms.cutover', subject: `wms/${from}`, detail });
    return planned;
  });
  // What waits for stock or a route looks again; where the moment is still to come, the sweep tells it then.
  await nudgeOrders(temporal, await ordersWaitingForRoute(database.db));
  return { ...done, openAtOld: await countOrdersOpenAt(database.db, from) };
}

async function requireBoth(db: Db, { from, to }: CutOver): Promise<void> {
  if (from === to) throw new UseCaseError(`${from} and ${to} are the same WMS.`);
  await requireWms(db, from);
  const target = await requireWms(db, to);
  if (target.paused) throw new UseCaseError(`${to} is paused: orders sent there would wait.`);
}

async function plan(db: Db, listed: readonly Route[], { from, at: wanted }: CutOver) {
  const now = await databaseNow(db);
  const at = wanted ?? now;
  if (at < now) throw new UseCaseError('The moment has passed: give one to come, or none for now.');
  const { inForce, later } = routesToReplace(listed, from, at);
  if (inForce.length === 0) throw new UseCaseError(`No route leads to ${from} at that time.`);
  return { at, routes: inForce.map(({ channel, itemCode }) => ({ channel, itemCode })), later };
}

export interface Moved {
  readonly orderKey: string;
  readonly done: boolean;
  readonly says: string;
}

const AT_ONCE = 8;

/** Moves every order that is still open at a WMS to another, and says of each what came of it. @throws UseCaseError. */
export async function moveAll(
  context: Servers,
  { from, to }: Pick<CutOver, 'from' | 'to'>,
  command: Command,
): Promise<Moved[]> {
  const { db } = context.database;
  if (from === to) throw new UseCaseError(`${from} and ${to} are the same WMS.`);
  await requireWms(db, from);
  await requireWms(db, to);
  const keys = await ordersOpenAt(db, from);
  const moved: Moved[] = [];
  for (let first = 0; first < keys.length; first += AT_ONCE) {
    const some = keys.slice(first, first + AT_ONCE);
    moved.push(...(await Promise.all(some.map((key) => moveOne(context, key, to, command)))));
  }
  return moved;
}

/** One that cannot be moved keeps no other from being moved. */
async function moveOne(context: Servers, orderKey: string, to: string, command: Command): Promise<Moved> {
  try {
    return { orderKey, ...(await moveOrder(context, orderKey, to, command)) };
  } catch (error) {
    if (!(error instanceof UseCaseError)) throw error;
    return { orderKey, done: false, says: error.message };
  }
}
