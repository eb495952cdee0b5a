import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { someOrders } from '../some-orders';
import { REST_MS, type World } from '../world';
import type { Fault } from './fault';

const STARTS = 100;
const TIMES_IN_EACH_WORKER = 5;

/**
 * The same orders many times at once: their journeys are started a hundred times, and orders that a WMS
 * could not take for a while are sent by all workers in the moment it can.
 */
export const startTogether: Fault = {
  kind: 'start-together',
  async inject(world, random) {
    const orders = await someOrders(world.context.database.db, random, 3);
    const started = await Promise.all(
      orders.flatMap((order) => Array.from({ length: STARTS }, () => world.journeys.start(order))),
    );
    const runs = started.filter(Boolean).length;
    const line = random.pick(
      world.outside.filter(({ standIn }) => world.wmses.some((w) => w.standIn === standIn)),
    );
    const ms = random.between(2_000, 4_000);
    return line.turns.take(async () => {
      await line.proxy.refuse();
      await sleep(ms);
      await line.proxy.accept();
      // Until then the workers do not even try.
      await sleep(REST_MS + 100);
      const orderKeys = await heldUp(world);
      for (const seat of world.seats)
        seat.tell({ do: 'dispatch-together', orderKeys, times: TIMES_IN_EACH_WORKER });
      return `${orders.length} orders started ${STARTS} times (${runs} new runs), ${orderKeys.length} for ${line.name} sent by all`;
    });
  },
};

async function heldUp({ context }: World): Promise<string[]> {
  const [rows] = await context.database.pool.query<RowDataPacket[]>(
    "select lead_order_key as orderKey from dispatch where state = 'ready' order by created_at desc limit 20",
  );
  return rows.map((row) => String(row['orderKey']));
}
