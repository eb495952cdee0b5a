import { commandOrder, rematchOrder, resolveDispatch } from '../../client/use-cases/command-order';
import { UseCaseError } from '../../client/use-cases/use-case-error';
import { dispatchesOf } from '../../db/queries/dispatches';
import { searchOrders } from '../../db/queries/order-search';
import { isLive, readLedgers } from './ledgers';
import type { World } from './world';

const BY = { by: 'campaign', reason: "looked into the WMS's own list" };
const ALL = 1_000_000;

type Waiting = Awaited<ReturnType<typeof searchOrders>>[number];

/** The orders that wait for a person, by what they wait for. */
export async function countParked({ context }: World): Promise<Record<string, number>> {
  const waiting = await searchOrders(context.database.db, { isWaiting: true }, undefined, ALL);
  const counts: Record<string, number> = {};
  for (const { waiting: reason } of waiting) {
    if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

/** Does for every order that waits what its task asks for, as somebody who looks into the WMSes would. */
export async function workOffTasks(world: World): Promise<void> {
  const { context } = world;
  const live = new Set(
    (await readLedgers(world)).flatMap(({ list }) => list.filter(isLive).map(({ code }) => code)),
  );
  for (const order of await searchOrders(context.database.db, { isWaiting: true }, undefined, ALL)) {
    try {
      await settle(world, order, live);
    } catch (error) {
      // Its journey may be missing until the sweep has come by: it has its turn again.
      if (!(error instanceof UseCaseError)) throw error;
      world.say(`${order.key}: ${error.message}`);
    }
  }
}

async function settle(
  { context }: World,
  { key, waiting }: Waiting,
  live: ReadonlySet<string>,
): Promise<void> {
  if (waiting === 'unknown_outcome') {
    const unknown = (await dispatchesOf(context.database.db, key)).filter(({ state }) => state === 'unknown');
    const isThere = unknown.some(({ code }) => live.has(code));
    await resolveDispatch(context, key, isThere ? 'received' : 'not-received', BY);
  } else if (waiting === 'cancel_unknown') {
    await commandOrder(context, 'cancel', key, BY);
  } else if (waiting === 'failed') {
    await rematchOrder(context, key);
  }
}
