import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { Line, World } from './world';

const PATIENCE_MS = 12_000;
const LOOK_EVERY_MS = 200;

/**
 * Lets no WMS be reached until so many orders wait for one, or orders do not come, and gives them to `work`
 * while they cannot leave. So a worker that is told there to send them surely does, once it has returned.
 */
export async function holdingUp<T>(
  world: World,
  { atLeast, ms }: { readonly atLeast: number; readonly ms: number },
  work: (orderKeys: readonly string[]) => T | Promise<T>,
): Promise<T> {
  const lines = world.outside.filter(({ standIn }) => world.wmses.some((wms) => wms.standIn === standIn));
  return takingAll(lines, async () => {
    await Promise.all(lines.map(({ proxy }) => proxy.refuse()));
    try {
      await sleep(ms);
      const held = await soon(
        () => heldUp(world),
        (keys) => keys.length >= atLeast,
      );
      return await work(held);
    } finally {
      await Promise.all(lines.map(({ proxy }) => proxy.accept()));
    }
  });
}

/** What comes late may take some time; what there is then has to do. */
export async function soon<T>(look: () => Promise<T>, isEnough: (seen: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isEnough(seen) || performance.now() > deadline) return seen;
    await sleep(LOOK_EVERY_MS);
  }
}

/** One after the other and always in the same order: nobody waits for somebody who waits for them. */
function takingAll<T>(lines: readonly Line[], work: () => Promise<T>): Promise<T> {
  const [first, ...others] = lines;
  return first === undefined ? work() : first.turns.take(() => takingAll(others, work));
}

/** Claimed before and certainly not received: all that is left to do is to send them. */
async function heldUp({ context }: World): Promise<string[]> {
  const [rows] = await context.database.pool.query<RowDataPacket[]>(
    `select lead_order_key as orderKey from dispatch where state = 'ready' and request is not null
     order by created_at desc limit 20`,
  );
  return rows.map((row) => String(row['orderKey']));
}
