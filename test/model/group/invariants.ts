import { isOver, isUnsent } from '../../../domain/dispatch-protocol';
import type { Invariant } from '../invariants';
import type { GroupWorld, Order, Packed } from './world';

const ORDERS: readonly Order[] = ['A', 'B'];
const isLive = ({ state }: Packed) => !isOver(state);
const liveAt = (world: GroupWorld, order: Order) =>
  world.dispatches.filter(({ there }) => there.includes(order)).length;
const heldBy = ({ dispatches }: GroupWorld, order: Order) =>
  dispatches.filter((row) => isLive(row) && row.orders.includes(order));

/** What must hold of two orders, whoever packs them together or apart. */
export const INVARIANTS = {
  once: {
    says: 'the WMS has each order at most once, over all dispatches',
    holds: (world) => ORDERS.every((order) => liveAt(world, order) <= 1),
  },
  'one-dispatch': {
    says: 'no order is in two dispatches that are not over',
    holds: (world) => ORDERS.every((order) => heldBy(world, order).length <= 1),
  },
  content: {
    says: 'what the WMS has under a code is what the dispatch holds',
    holds: ({ dispatches }) =>
      dispatches.every((row) => row.there === '' || !isLive(row) || row.there === row.orders),
  },
  'given-up': {
    says: 'nothing that Boosta believes unsent, refused or cancelled is live in the WMS',
    holds: ({ dispatches }) =>
      dispatches.every((row) => !(isUnsent(row.state) || isOver(row.state)) || row.there === ''),
  },
  gone: {
    says: 'an order whose cancellation was confirmed is live nowhere, and nothing is left that would send it',
    holds: (world) => world.wish !== 'gone' || liveAt(world, 'B') + heldBy(world, 'B').length === 0,
  },
  'not-lost': {
    says: 'an order that is to ship is in a dispatch that is not over',
    holds: (world) =>
      ORDERS.every((order) => (order === 'B' && world.wish === 'gone') || heldBy(world, order).length > 0),
  },
  moves: {
    says: 'states move only along the table of moves',
    holds: ({ forbidden }) => forbidden === null,
  },
} as const satisfies Record<string, Invariant<GroupWorld>>;
export type GroupInvariant = keyof typeof INVARIANTS;

/** Nobody is at work, and what is left waits for the warehouse or a person. */
export function isSettled({ dispatches, senders, canceller }: GroupWorld): boolean {
  return (
    canceller.at === 'idle' &&
    senders.every(({ at }) => at === 'idle') &&
    dispatches.every((row) => isOver(row.state) || AT_REST.has(row.state) || isAsked(row))
  );
}

/** A person is asked: sending again would tell nothing any more. */
const isAsked = ({ state, doubt }: Packed) => state === 'unknown' && doubt === 'refused';

const AT_REST = new Set(['accepted', 'shipped', 'rejected', 'cancel_unknown']);
