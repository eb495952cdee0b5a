import { holdingUp, soon } from '../held-up';
import { someOrders } from '../some-orders';
import type { Fault } from './fault';

const STARTS = 100;
const TIMES_IN_EACH_WORKER = 5;
const HELD_UP = 4;

/**
 * The same orders many times at once: their journeys are started a hundred times, and orders that no WMS
 * could be reached for are sent by all workers in the moment they can be.
 */
export const startTogether: Fault = {
  kind: 'start-together',
  async inject(world, random) {
    const orders = await soon(
      () => someOrders(world.context.database.db, random, 3),
      (some) => some.length > 0,
    );
    const started = await Promise.all(
      orders.flatMap((order) => Array.from({ length: STARTS }, () => world.journeys.start(order))),
    );
    const runs = started.filter(Boolean).length;
    const ms = random.between(2_000, 4_000);
    const together = await holdingUp(world, { atLeast: HELD_UP, ms }, (orderKeys) => {
      for (const seat of world.seats)
        seat.tell({ do: 'dispatch-together', orderKeys, times: TIMES_IN_EACH_WORKER });
      return orderKeys.length;
    });
    return `${orders.length} orders started ${STARTS} times (${runs} new runs), ${together} sent by all`;
  },
};
