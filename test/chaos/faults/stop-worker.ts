import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { Step } from '../../../activities/dispatch/one-call';
import type { Seat } from '../seat';
import { LEASE_MS, type World } from '../world';
import type { Fault } from './fault';

/** Most often with the lease in hand and nothing sent: what comes back then is the zombie to be feared. */
const STEPS: readonly Step[] = ['claimed', 'claimed', 'sent', 'before-claim'];

/**
 * SIGSTOP past the lease, until another worker has taken over what the stopped one had in hand; then
 * SIGCONT, and it goes on as if nothing had been.
 */
export const stopWorker: Fault = {
  kind: 'stop-worker',
  async inject(world, random) {
    const seat = random.pick(world.seats);
    const step = random.pick(STEPS);
    const more = random.between(1_000, 3_000);
    const patienceMs = random.between(2_000, 8_000);
    return seat.turns.take(async () => {
      const where = await seat.strike({ do: 'strike', step, signal: 'SIGSTOP' });
      try {
        const inHand = await beingSent(world);
        await sleep(LEASE_MS + more);
        const taken = await takeOver(world, seat, inHand, patienceMs);
        return `${seat.name} at ${where === 'at the step' ? step : where}; ${taken} of ${inHand.size} orders taken over`;
      } finally {
        seat.signal('SIGCONT');
      }
    });
  },
};

/** Order keys by lease token. */
async function beingSent({ context }: World): Promise<Map<string, string>> {
  const [rows] = await context.database.pool.query<RowDataPacket[]>(
    "select lease_token as token, lead_order_key as orderKey from dispatch where state = 'sending'",
  );
  return new Map(
    (rows as { token: string; orderKey: string }[]).map(({ token, orderKey }) => [token, orderKey]),
  );
}

/** As when Temporal gives the step to another worker, which it would only after more waiting. */
async function takeOver(
  world: World,
  stopped: Seat,
  inHand: ReadonlyMap<string, string>,
  patienceMs: number,
): Promise<number> {
  const left = async () => {
    const sending = await beingSent(world);
    return [...inHand].filter(([token]) => sending.has(token)).map(([, orderKey]) => orderKey);
  };
  const orderKeys = await left();
  for (const seat of world.seats)
    if (seat !== stopped) seat.tell({ do: 'dispatch-together', orderKeys, times: 1 });
  const deadline = performance.now() + patienceMs;
  while ((await left()).length > 0 && performance.now() < deadline) await sleep(250);
  return orderKeys.length - (await left()).length;
}
