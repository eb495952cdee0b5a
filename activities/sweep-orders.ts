import { markSwept, ordersToSweep, type Sweepable } from '../db/queries/orders';
import { dropExpiredDrafts } from '../db/queries/upload-drafts';
import { bookReturns } from './book-returns';
import type { Deps } from './deps';
import { fillSearchTerms } from './fill-search-terms';
import { releaseEnded } from './hold-order';
import { nudgeShort } from './nudge-short';
import { inParallel } from './parallel';
import { recordSale } from './record-sale';
import { uploadTracking } from './upload-tracking';
import { watchLevels } from './watch-levels';
import { watchShipBy } from './watch-ship-by';

const QUIET_FOR_SECONDS = 60;
const AT_A_TIME = 200;
/** Well within the activity's time-out; the next run goes on where this one stops. */
const LONGEST_MS = 60_000;
const AT_ONCE = 10;

/**
 * Sees to it that every unfinished order has a journey: one may be missing after a crash between
 * storing and starting, after somebody terminated it, or because its history is gone. A journey that
 * is there is told to look again, in case a nudge was lost: so are those that stock has come for, and those
 * whose rule for holding them has ended. What is due by the calendar is looked at, returns are booked, files
 * that nobody has taken in within their day go, and orders from before the search get what they are found by.
 *
 * @returns how many journeys were started.
 */
export async function sweepOrders(deps: Deps): Promise<number> {
  await releaseEnded(deps);
  await nudgeShort(deps);
  await watchLevels(deps.database.db);
  await watchShipBy(deps.database.db);
  await bookReturns(deps);
  await dropExpiredDrafts(deps.database.db);
  await fillSearchTerms(deps.database);
  const ends = performance.now() + LONGEST_MS;
  let started = 0;
  for (;;) {
    const swept = await sweepSome(deps);
    started += swept.started;
    if (swept.orders < AT_A_TIME || performance.now() > ends) return started;
  }
}

async function sweepSome(deps: Deps): Promise<{ orders: number; started: number }> {
  const orders = await ordersToSweep(deps.database.db, QUIET_FOR_SECONDS, AT_A_TIME);
  let started = 0;
  let failed = 0;
  await inParallel(AT_ONCE, orders, async (order) => {
    try {
      if (await look(deps, order)) started += 1;
    } catch (error) {
      // One that fails keeps no other from being looked at; it has its turn again.
      failed += 1;
      deps.log.warn({ err: error, order: order.key }, 'could not be swept');
    }
  });
  await markSwept(
    deps.database.db,
    orders.map((order) => order.key),
  );
  if (failed > 0 && failed === orders.length) throw new Error(`None of ${failed} orders could be swept`);
  return { orders: orders.length, started };
}

/** @returns whether its journey was missing. */
async function look(deps: Deps, order: Sweepable): Promise<boolean> {
  if (await deps.journeys.start(order)) return true;
  if (!order.hasChanged && !order.canGoOn) return false;
  const nudged = await deps.journeys.nudge(order.key, order.hasChanged ? 'changed' : 'rematch');
  // A parcel, or a corrected tracking number, after the journey's end, whose workflow ID is still taken.
  if (!nudged && order.stage === 'dispatched') await recordSale(deps, order.key);
  if (!nudged && (order.stage === 'dispatched' || order.stage === 'booked'))
    await uploadTracking(deps, order.key);
  return false;
}
