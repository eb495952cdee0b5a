import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { someOrders } from '../some-orders';
import { type Line, REST_MS, type World } from '../world';
import type { Fault } from './fault';

const STARTS = 100;
const TIMES_IN_EACH_WORKER = 5;

/**
 * The same orders many times at once: their journeys are started a hundred times, and orders that no WMS
 * could be reached for are sent by all workers in the moment they can be.
 */
export const startTogether: Fault = {
  kind: 'start-together',
  async inject(world, random) {
    const orders = await someOrders(world.context.database.db, random, 3);
    const started = await Promise.all(
      orders.flatMap((order) => Array.from({ length: STARTS }, () => world.journeys.start(order))),
    );
    const runs = started.filter(Boolean).length;
    const lines = world.outside.filter(({ standIn }) => world.wmses.some((wms) => wms.standIn === standIn));
    const ms = random.between(2_000, 4_000);
    const orderKeys = await takingAll(lines, async () => {
      await Promise.all(lines.map(({ proxy }) => proxy.refuse()));
      await sleep(ms);
      await Promise.all(lines.map(({ proxy }) => proxy.accept()));
      // Until then the workers do not even try.
      await sleep(REST_MS + 100);
      const held = await heldUp(world);
      for (const seat of world.seats)
        seat.tell({ do: 'dispatch-together', orderKeys: held, times: TIMES_IN_EACH_WORKER });
      return held;
    });
    return `${orders.length} orders started ${STARTS} times (${runs} new runs), ${orderKeys.length} sent by all`;
  },
};

/** One after the other and always in the same order: nobody waits for somebody who waits for them. */
function takingAll<T>(lines: readonly Line[], work: () => Promise<T>): Promise<T> {
  const [first, ...others] = lines;
  return first === undefined ? work() : first.turns.take(() => takingAll(others, work));
}

async function heldUp({ context }: World): Promise<string[]> {
  const [rows] = await context.database.pool.query<RowDataPacket[]>(
    "select lead_order_key as orderKey from dispatch where state = 'ready' order by created_at desc limit 20",
  );
  return rows.map((row) => String(row['orderKey']));
}
