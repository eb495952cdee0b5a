import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import type { Step } from '../../../activities/dispatch/one-call';
import { holdingUp } from '../held-up';
import type { Seat } from '../seat';
import { LEASE_MS, REQUEST_TIMEOUT_MS, SETTLING_MS, type World } from '../world';
import type { Fault } from './fault';

/** Most often with the lease in hand and nothing sent: what comes back then is the zombie to be feared. */
const STEPS: readonly Step[] = ['claimed', 'claimed', 'sent', 'before-claim'];
/** For what comes after the settling time: a look-up, and the call that sends again. */
const MORE_MS = 2 * REQUEST_TIMEOUT_MS;
const HELD_UP = 3;
const TELL_AGAIN_AFTER_MS = 1_000;

/**
 * SIGSTOP past the lease, until others have taken over what the stopped worker had in hand and are through
 * with it: it has been found or sent again, or a person is asked. Then SIGCONT, and it goes on as if nothing
 * had been.
 */
export const stopWorker: Fault = {
  kind: 'stop-worker',
  async inject(world, random) {
    const seat = random.pick(world.seats);
    const drawn = random.pick(STEPS);
    // Where others send it again, one that has not sent yet must not: nowhere else does the look at the lease count.
    const step = world.onAbsent === 'resend' ? 'claimed' : drawn;
    return seat.turns.take(async () => {
      const where = await (step === 'claimed'
        ? stopSending(world, seat)
        : seat.strike({ step, signal: 'SIGSTOP' }));
      try {
        const inHand = await heldBy(world);
        await sleep(LEASE_MS - REQUEST_TIMEOUT_MS);
        const left = await takeOver(world, seat, inHand);
        return `${seat.name} at ${where === 'at the step' ? step : where}; ${inHand.length - left} of ${inHand.length} orders taken over`;
      } finally {
        seat.signal('SIGCONT');
      }
    });
  },
};

/** It has orders to claim, whatever the other workers are faster at. */
async function stopSending(world: World, seat: Seat): ReturnType<Seat['strike']> {
  const { struck } = await holdingUp(world, { atLeast: HELD_UP, ms: 0 }, async (orderKeys) => {
    await seat.untilRunning();
    const struck = seat.strike({ step: 'claimed', signal: 'SIGSTOP', holdingNoLocks: true });
    seat.tell({ do: 'dispatch-together', orderKeys, times: 1 });
    return { struck };
  });
  return struck;
}

/** Ids of the dispatches that the stopped worker has in hand: no other's call takes so long. */
async function heldBy({ context }: World): Promise<string[]> {
  const sending = async () => {
    const [rows] = await context.database.pool.query<RowDataPacket[]>(
      "select id, lease_token from dispatch where state = 'sending'",
    );
    return new Map(rows.map((row) => [String(row['lease_token']), String(row['id'])]));
  };
  const before = await sending();
  await sleep(REQUEST_TIMEOUT_MS);
  const still = await sending();
  return [...before].flatMap(([token, id]) => (still.has(token) ? [id] : []));
}

/**
 * As when Temporal gives the step to another worker, which it would only after more waiting.
 *
 * @returns how many were not through in time.
 */
async function takeOver(world: World, stopped: Seat, inHand: readonly string[]): Promise<number> {
  const deadline = performance.now() + REQUEST_TIMEOUT_MS + SETTLING_MS + MORE_MS;
  for (;;) {
    const orderKeys = await openOf(world, inHand);
    if (orderKeys.length === 0 || performance.now() > deadline) return orderKeys.length;
    for (const seat of world.seats)
      if (seat !== stopped) seat.tell({ do: 'dispatch-together', orderKeys, times: 1 });
    await sleep(TELL_AGAIN_AFTER_MS);
  }
}

/** The orders of those that somebody still has to find out about, or to send again. */
async function openOf({ context }: World, dispatchIds: readonly string[]): Promise<string[]> {
  if (dispatchIds.length === 0) return [];
  const [rows] = await context.database.pool.query<RowDataPacket[]>(
    `select lead_order_key as orderKey from dispatch join orders on orders.order_key = lead_order_key
     where dispatch.id in (?) and dispatch.state in ('ready', 'sending', 'unknown')
       and not (orders.waiting <=> 'unknown_outcome')`,
    [dispatchIds],
  );
  return rows.map((row) => String(row['orderKey']));
}
