import type { CreateResult, DispatchState, Doubt } from '../../domain/dispatch-protocol';

/** Everything there is in the model: one order, its dispatches, their WMS, and who is at work on them. */
export interface World {
  /** The order's dispatches, oldest first: a new generation, or the same lines moved to another WMS. */
  readonly dispatches: readonly Dispatch[];
  readonly senders: readonly [Sender, Sender];
  readonly canceller: Canceller;
  readonly wish: 'ship' | 'cancel' | 'move';
  /** A write that the table of moves does not have. */
  readonly forbidden: string | null;
}

/** A row of `dispatch`, and what the WMS has under its code. */
export interface Dispatch {
  readonly state: DispatchState;
  readonly doubt: Doubt;
  readonly lease: Lease;
  /** A person has been asked: the task `unknown_outcome` is open. */
  readonly asked: boolean;
  readonly stock: 'untouched' | 'reserved' | 'given back' | 'left';
  readonly wms: Ledger;
}

/** Of the last attempt's lease: it runs, it has ended, the settling time after it is over too. */
export type Lease = 'none' | 'running' | 'ended' | 'settled';

/** What the WMS has under one code, and what is on its way there with nobody waiting for the answer. */
export interface Ledger {
  readonly open: number;
  readonly shipped: number;
  readonly cancelled: boolean;
  /** A look-up and the WMS's own list show it. */
  readonly listed: boolean;
  readonly lateCreates: number;
  readonly lateCancel: boolean;
}

/** One process that dispatches. Fields that say nothing at a step stand as in {@link IDLE}. */
export interface Sender {
  readonly at: 'idle' | 'about to claim' | 'claimed' | 'waiting' | 'told' | 'looking' | 'found' | 'resending';
  readonly dispatch: number;
  /** Its lease token, or the one it looked up for, is still the row's. */
  readonly current: boolean;
  readonly doubt: Doubt;
  readonly answer: CreateResult | 'none';
  /** As it stood when the look-up was decided on. */
  readonly lease: Lease;
}

export interface Canceller {
  readonly at: 'idle' | 'waiting' | 'told';
  readonly dispatch: number;
  readonly answer: 'none' | 'cancelled' | 'too late' | 'unknown';
  /** Judged before the WMS is asked: a request may arrive between its answer and what is made of it. */
  readonly isFinal: boolean;
}

export const IDLE: Sender = {
  at: 'idle',
  dispatch: 0,
  current: false,
  doubt: 'none',
  answer: 'none',
  lease: 'none',
};

export const CANCELLER_IDLE: Canceller = { at: 'idle', dispatch: 0, answer: 'none', isFinal: false };

export const NEW_DISPATCH: Dispatch = {
  state: 'ready',
  doubt: 'none',
  lease: 'none',
  asked: false,
  stock: 'untouched',
  wms: { open: 0, shipped: 0, cancelled: false, listed: true, lateCreates: 0, lateCancel: false },
};

export const BEGINNING: World = {
  dispatches: [NEW_DISPATCH],
  senders: [IDLE, IDLE],
  canceller: CANCELLER_IDLE,
  wish: 'ship',
  forbidden: null,
};

export function liveIn({ wms }: Dispatch): number {
  return wms.open + wms.shipped;
}

export function dispatchAt(world: World, index: number): Dispatch {
  const found = world.dispatches[index];
  if (found === undefined) throw new RangeError(`No generation ${index + 1}`);
  return found;
}

export function changed(world: World, index: number, to: Partial<Dispatch>): World {
  return { ...world, dispatches: world.dispatches.with(index, { ...dispatchAt(world, index), ...to }) };
}

export function changedLedger(world: World, index: number, to: Partial<Ledger>): World {
  return changed(world, index, { wms: { ...dispatchAt(world, index).wms, ...to } });
}

export function withSender(world: World, index: number, sender: Sender): World {
  const [first, second] = world.senders;
  return { ...world, senders: index === 0 ? [sender, second] : [first, sender] };
}

/** The same for two worlds that differ only in which of the two senders is which. */
export function keyOf({ dispatches, senders, canceller, wish, forbidden }: World): string {
  const first = kept(senders[0], senderKey);
  const second = kept(senders[1], senderKey);
  let key = first < second ? first + second : second + first;
  for (const dispatch of dispatches) key += kept(dispatch, dispatchKey);
  key +=
    code(canceller.at) + canceller.dispatch + code(canceller.answer) + Number(canceller.isFinal) + code(wish);
  return forbidden === null ? key : key + forbidden;
}

const keys = new WeakMap<Dispatch | Sender, string>();

/** Most parts of a world are those of the world before. */
function kept<T extends Dispatch | Sender>(part: T, make: (part: T) => string): string {
  let key = keys.get(part);
  if (key === undefined) {
    key = make(part);
    keys.set(part, key);
  }
  return key;
}

function dispatchKey(dispatch: Dispatch): string {
  const { state, lease, asked, stock, wms } = dispatch;
  const doubt = doubtThatMatters(dispatch);
  const flags =
    Number(asked) + 2 * Number(wms.cancelled) + 4 * Number(wms.listed) + 8 * Number(wms.lateCancel);
  return `${code(state)}${code(doubt)}${code(lease)}${code(stock)}${wms.open}${wms.shipped}${wms.lateCreates}${code(String(flags))}`;
}

/** Of what the WMS has accepted it only matters whether there was any; of what is over, not even that. */
function doubtThatMatters({ state, doubt }: Dispatch): string {
  switch (state) {
    case 'shipped':
    case 'superseded':
    case 'cancelled':
      return '';
    case 'accepted':
    case 'cancelling':
    case 'cancel_unknown':
      return doubt === 'none' ? doubt : 'some';
    default:
      return doubt;
  }
}

function senderKey({ at, dispatch, current, doubt, answer, lease }: Sender): string {
  return `${code(at)}${dispatch}${current ? 1 : 0}${code(doubt)}${code(answer)}${code(lease)}`;
}

const codes = new Map<string, string>();

/** One character a word, so that keys stay short. */
function code(word: string): string {
  let known = codes.get(word);
  if (known === undefined) {
    known = String.fromCharCode(65 + codes.size);
    codes.set(word, known);
  }
  return known;
}
