import type { CreateResult, DispatchState, Doubt } from '../../../domain/dispatch-protocol';
import type { Lease } from '../world';

/** Two orders of one receiver, A and B, and all dispatches that hold either; B is the one that is cancelled. */
export interface GroupWorld {
  readonly dispatches: readonly Packed[];
  readonly senders: readonly [Sender, Sender];
  readonly canceller: Canceller;
  /** Who packs them together or apart, between its look and its write: only without the lock there is such a moment. */
  readonly packer: Packer | null;
  /** `gone`: whoever asked for it has been told that B is cancelled. */
  readonly wish: 'ship' | 'cancel' | 'gone';
  /** A write that the table of moves does not have. */
  readonly forbidden: string | null;
}

export type Order = 'A' | 'B';
export type Orders = '' | 'A' | 'B' | 'AB';

/** A row of `dispatch` with its lines, and what the WMS has under its code. */
export interface Packed {
  readonly state: DispatchState;
  readonly doubt: Doubt;
  readonly lease: Lease;
  readonly orders: Orders;
  /** What is live at the WMS: what it was told when it took the code. */
  readonly there: Orders;
  readonly shipped: boolean;
  /** A request that nobody waits for is on its way. */
  readonly late: Orders;
}

export interface Sender {
  readonly at: 'idle' | 'waiting' | 'told';
  readonly dispatch: number;
  readonly current: boolean;
  readonly request: Orders;
  readonly answer: CreateResult | 'none';
}

export interface Canceller {
  readonly at: 'idle' | 'waiting' | 'told';
  readonly dispatch: number;
  readonly answer: 'none' | 'cancelled' | 'too late' | 'unknown';
  /** Judged before the WMS is asked. */
  readonly isFinal: boolean;
}

export interface Packer {
  readonly does: 'combine' | 'separate';
  readonly seen: readonly number[];
}

export const IDLE: Sender = { at: 'idle', dispatch: 0, current: false, request: '', answer: 'none' };
export const CANCELLER_IDLE: Canceller = { at: 'idle', dispatch: 0, answer: 'none', isFinal: false };

export function ready(orders: Orders): Packed {
  return {
    state: 'ready',
    doubt: 'none',
    lease: 'none',
    orders,
    there: '',
    shipped: false,
    late: '',
  };
}

/** Whatever was before is over: what they come to once they are together is explored from there. */
export const BEGINNINGS = { apart: beginning('A', 'B'), together: beginning('AB') };

function beginning(...orders: readonly Orders[]): GroupWorld {
  return {
    dispatches: orders.map(ready),
    senders: [IDLE, IDLE],
    canceller: CANCELLER_IDLE,
    packer: null,
    wish: 'ship',
    forbidden: null,
  };
}

export function packedAt({ dispatches }: GroupWorld, index: number): Packed {
  const found = dispatches[index];
  if (found === undefined) throw new RangeError(`No dispatch ${index + 1}`);
  return found;
}

export function changed(world: GroupWorld, index: number, to: Partial<Packed>): GroupWorld {
  return { ...world, dispatches: world.dispatches.with(index, { ...packedAt(world, index), ...to }) };
}

export function withSender(world: GroupWorld, index: number, sender: Sender): GroupWorld {
  const [first, second] = world.senders;
  return { ...world, senders: index === 0 ? [sender, second] : [first, sender] };
}

/** The same for two worlds that differ in nothing that can still tell, or only in which of the two senders is which. */
export function keyOf({ dispatches, senders, canceller, packer, wish, forbidden }: GroupWorld): string {
  const [first, second] = senders.map(senderKey).toSorted();
  const rows = dispatches.map(packedKey).join(' ');
  const packs = packer === null ? '' : `${packer.does}${packer.seen.join('+')}`;
  const cancels = `${canceller.at}${canceller.dispatch}${canceller.answer}${canceller.isFinal}`;
  return [first, second, rows, cancels, packs, wish, forbidden].join('|');
}

function senderKey({ at, dispatch, current, request, answer }: Sender): string {
  return at === 'idle' ? at : `${at}${dispatch}${current}${request}${answer}`;
}

/** Of what is over, its clock and its doubts tell nothing any more, but for a request that is still on its way. */
function packedKey({ state, doubt, lease, orders, there, shipped, late }: Packed): string {
  const isPast = (state === 'cancelled' || state === 'shipped') && late === '';
  const clock = isPast ? '' : `${doubt}${lease}`;
  return `${state}:${orders}:${there}:${shipped}:${late}:${clock}`;
}
