import { isOver, isUnsent } from '../../domain/dispatch-protocol';
import { type Dispatch, dispatchAt, liveIn, type World } from './world';

/** What must hold in every world that can be reached. */
export interface Invariant<W = World> {
  readonly says: string;
  readonly holds: (world: W) => boolean;
}

const total = (world: World) => world.dispatches.reduce((sum, dispatch) => sum + liveIn(dispatch), 0);

export const INVARIANTS = {
  'one-order': {
    says: 'all WMSes together have at most one live order, over all generations',
    holds: (world) => total(world) <= 1,
  },
  'one-dispatch': {
    says: 'no unit is in two dispatches that are not over',
    holds: ({ dispatches }) => dispatches.filter(({ state }) => !isOver(state)).length <= 1,
  },
  'given-up': {
    says: 'nothing that Boosta believes unsent, refused, superseded or cancelled is live in a WMS',
    holds: ({ dispatches }) =>
      dispatches.every((d) => !(isUnsent(d.state) || isOver(d.state)) || liveIn(d) === 0),
  },
  received: {
    says: 'what is recorded as accepted, the WMS has received',
    holds: ({ dispatches }) => dispatches.every((d) => !isWithTheWms(d) || liveIn(d) > 0 || d.wms.cancelled),
  },
  moves: {
    says: 'states move only along the table of moves',
    holds: ({ forbidden }) => forbidden === null,
  },
  stock: {
    says: 'stock is reserved while the WMS may have the order, and given back when it is given up',
    holds: ({ dispatches }) => dispatches.every(stockIsRight),
  },
  'not-lost': {
    says: 'an order that has come to rest is at one WMS, is shipped, is cancelled as wished, or has an open task',
    holds: (world) => !isAtRest(world) || isAccountedFor(world),
  },
} as const satisfies Record<string, Invariant>;
export type InvariantName = keyof typeof INVARIANTS;

function isWithTheWms({ state }: Dispatch): boolean {
  return state === 'accepted' || state === 'shipped' || state === 'cancelling' || state === 'cancel_unknown';
}

function stockIsRight({ state, stock }: Dispatch): boolean {
  switch (state) {
    case 'ready':
    case 'held':
      return stock === 'untouched' || stock === 'reserved';
    case 'sending':
    case 'unknown':
    case 'accepted':
    case 'cancelling':
    case 'cancel_unknown':
      return stock === 'reserved';
    case 'rejected':
      return stock === 'given back';
    case 'superseded':
    case 'cancelled':
      return stock === 'given back' || stock === 'untouched';
    case 'shipped':
      return stock === 'left';
  }
}

/** Nobody is at work on it, nothing is on its way, and its state waits for nothing but the warehouse or a person. */
export function isAtRest(world: World): boolean {
  const isQuiet =
    world.canceller.at === 'idle' &&
    world.senders.every(({ at }) => at === 'idle') &&
    world.dispatches.every(({ wms }) => wms.lateCreates === 0 && !wms.lateCancel);
  return isQuiet && isSettled(world);
}

/** The states in which Boosta has done what it can: an end, with the WMS, or a task. */
export function isSettled(world: World): boolean {
  const { state, asked } = dispatchAt(world, world.dispatches.length - 1);
  switch (state) {
    case 'accepted':
    case 'shipped':
    case 'rejected':
    case 'held':
    case 'cancel_unknown':
      return true;
    case 'cancelled':
      return world.wish !== 'move';
    case 'unknown':
      return asked || world.dispatches.length > 1;
    case 'sending':
      return world.dispatches.length > 1;
    case 'ready':
    case 'cancelling':
    case 'superseded':
      return false;
  }
}

function isAccountedFor(world: World): boolean {
  const newest = dispatchAt(world, world.dispatches.length - 1);
  switch (newest.state) {
    case 'accepted':
    case 'shipped':
      return total(world) === 1 && liveIn(newest) === 1;
    case 'cancelled':
      return total(world) === 0 && world.wish === 'cancel';
    default:
      return true;
  }
}

/**
 * What comparing Boosta's record with the WMSes' own lists finds: a code with several live orders, a live
 * order of a dispatch that Boosta does not count as sent, an accepted dispatch without one.
 */
export function reconcileFinds({ dispatches }: World): boolean {
  return dispatches.some((d) => {
    const live = liveIn(d);
    const isMissing = live === 0 && (d.state === 'accepted' || d.state === 'shipped');
    const isSurplus = live > 0 && (isUnsent(d.state) || isOver(d.state));
    return live > 1 || isMissing || isSurplus;
  });
}
