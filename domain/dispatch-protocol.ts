/**
 * The rules by which a dispatch reaches a WMS exactly once, as pure functions: what a sender that
 * holds the row's lock may do, and what an answer means. docs/dispatch.md tells the story.
 */

export const DISPATCH_STATES = [
  'ready',
  'held',
  'sending',
  'accepted',
  'rejected',
  'unknown',
  'superseded',
  'cancelling',
  'cancel_unknown',
  'cancelled',
  'shipped',
] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];

/**
 * What may have been received over all attempts of a generation. `none`: nothing. `unanswered`: an
 * attempt may have been. `refused`: an attempt may have been, and a later one was refused, so that
 * sending again would say nothing new and only a look-up can settle it.
 */
export const DOUBTS = ['none', 'unanswered', 'refused'] as const;
export type Doubt = (typeof DOUBTS)[number];

const MOVES: Readonly<Record<DispatchState, readonly DispatchState[]>> = {
  ready: ['held', 'sending', 'cancelled'],
  held: ['ready', 'cancelled'],
  // To itself: another sender takes over once the lease has run out.
  sending: ['ready', 'accepted', 'rejected', 'unknown', 'sending'],
  unknown: ['sending', 'accepted', 'superseded'],
  rejected: ['superseded', 'cancelled'],
  accepted: ['shipped', 'cancelling'],
  cancelling: ['cancelled', 'shipped', 'cancel_unknown', 'accepted'],
  cancel_unknown: ['cancelling', 'cancelled', 'shipped', 'accepted'],
  superseded: [],
  cancelled: [],
  shipped: [],
};

/** A parcel proves that the WMS had the dispatch, whatever its senders have come to know. */
export type Proof = 'parcel';

export function mayMove(from: DispatchState, to: DispatchState, proof?: Proof): boolean {
  if (MOVES[from].includes(to)) return true;
  return proof === 'parcel' && MOVES[from].length > 0 && (to === 'accepted' || to === 'shipped');
}

/**
 * How long a new generation must still wait, in ms: until the last lease has ended and as long again as
 * a sender that slept past it, or a request on its way, is given to arrive.
 */
export function msUntilSettled(lease: { readonly leaseLeftMs: number; readonly settlingMs: number }): number {
  return Math.max(0, lease.leaseLeftMs + lease.settlingMs);
}

/** Nothing of it can reach the WMS any more, so its units are free for another dispatch. */
export function isOver(state: DispatchState): boolean {
  return state === 'cancelled' || state === 'superseded';
}

/** No sender has had it in hand, so it can be changed or given up without asking the WMS. */
export function isUnsent(state: DispatchState): boolean {
  return state === 'ready' || state === 'held' || state === 'rejected';
}

/** The WMS has taken it, whatever has become of it there since. */
export function isWithTheWms(state: DispatchState): boolean {
  return state === 'accepted' || state === 'shipped' || state === 'cancelling' || state === 'cancel_unknown';
}

/** What the WMS promises; the rest of the adapter does not matter here. */
export interface Promises {
  readonly onRepeat: 'same-order' | 'refused' | 'not-promised';
  readonly lookup: { readonly visibleAfterSeconds: number } | 'none';
}

/** How an outcome that nobody knows is found out: by sending again, by looking it up, or by a person. */
export function resolution(promises: Promises, doubt: Doubt): 'resend' | 'look-up' | 'ask' {
  if (doubt !== 'refused' && promises.onRepeat !== 'not-promised') return 'resend';
  return promises.lookup === 'none' ? 'ask' : 'look-up';
}

export type ClaimStep = 'send' | 'look-up' | 'ask' | 'later' | 'with-the-wms' | 'stop';

/** What a sender that holds the lock on the row does with it. */
export function claimStep(
  row: { readonly state: DispatchState; readonly doubt: Doubt; readonly leaseExpired: boolean },
  promises: Promises,
): ClaimStep {
  switch (row.state) {
    case 'ready':
      return 'send';
    case 'sending': {
      if (!row.leaseExpired) return 'later';
      const how = resolution(promises, doubtAfterSilence(row.doubt));
      return how === 'resend' ? 'send' : how;
    }
    case 'unknown': {
      const how = resolution(promises, row.doubt);
      return how === 'resend' ? 'send' : how;
    }
    case 'accepted':
    case 'shipped':
    case 'cancelling':
    case 'cancel_unknown':
      return 'with-the-wms';
    case 'held':
    case 'rejected':
    case 'cancelled':
    case 'superseded':
      return 'stop';
  }
}

/** A sender that never reported may have been heard. */
export function doubtAfterSilence(doubt: Doubt): Doubt {
  return doubt === 'none' ? 'unanswered' : doubt;
}

export type CreateResult = 'done' | 'duplicate' | 'refused' | 'not-received' | 'unknown';

/** What an answer means, judged over all attempts so far. */
export function settle(doubt: Doubt, result: CreateResult): { state: DispatchState; doubt: Doubt } {
  switch (result) {
    case 'done':
      return { state: 'accepted', doubt };
    case 'duplicate':
      return { state: 'unknown', doubt: 'refused' };
    case 'refused':
      return doubt === 'none' ? { state: 'rejected', doubt } : { state: 'unknown', doubt: 'refused' };
    case 'not-received':
      return { state: doubt === 'none' ? 'ready' : 'unknown', doubt };
    case 'unknown':
      return { state: 'unknown', doubt: doubtAfterSilence(doubt) };
  }
}

/** When an absence begins to tell something, in seconds after the lease's end. */
export function absenceTellsAfter(
  lookup: { readonly visibleAfterSeconds: number },
  onAbsent: 'ask' | 'resend',
  settlingSeconds: number,
): number {
  // A person waits for the settling time by their own rule; sending again waits for it here.
  return onAbsent === 'ask'
    ? lookup.visibleAfterSeconds
    : Math.max(lookup.visibleAfterSeconds, settlingSeconds);
}

/**
 * What a look-up that found nothing means: it may be too early, or the connection's policy decides.
 * `settlingSeconds`: how long after a lease's end its request may still arrive.
 */
export function afterAbsence(
  lookup: { readonly visibleAfterSeconds: number },
  secondsSinceLeaseEnd: number,
  onAbsent: 'ask' | 'resend',
  settlingSeconds: number,
): 'later' | 'ask' | 'resend' {
  return secondsSinceLeaseEnd < absenceTellsAfter(lookup, onAbsent, settlingSeconds) ? 'later' : onAbsent;
}

/**
 * Whether an order that the WMS has cancelled stays so. Where an earlier request may still be on its way,
 * one that takes a cancelled order's code again would revive it: it is asked once more when that is over.
 */
export function cancellationIsFinal(doubt: Doubt, msUntilSettled: number): boolean {
  return doubt === 'none' || msUntilSettled === 0;
}
