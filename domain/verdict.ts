import { type DispatchState, msUntilSettled } from './dispatch-protocol';

/** What a person who has looked into a WMS may say of a dispatch that nobody else can tell about. */
export const VERDICTS = ['received', 'not-received', 'cancelled', 'ships'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The first two settle what became of sending it, the others what became of cancelling it. */
const SETTLES: Readonly<Record<Verdict, readonly DispatchState[]>> = {
  received: ['unknown'],
  'not-received': ['unknown', 'rejected'],
  cancelled: ['cancel_unknown'],
  ships: ['cancel_unknown'],
};

export function settles(verdict: Verdict, state: DispatchState): boolean {
  return SETTLES[verdict].includes(state);
}

/** As the database's clock tells. */
export interface SinceAsked {
  readonly leaseLeftMs: number;
  /** How long a request that its sender has given up may still take to arrive. */
  readonly settlingMs: number;
  /** Since the WMS was last asked to cancel it; null if it never was. */
  readonly msSinceCancelAsked: number | null;
}

/**
 * How long a person's word must still wait, in ms. What they have seen in the WMS must stay so: a request that is on
 * its way could make the order, revive it or cancel it after they have looked.
 */
export function msUntilHeard(verdict: Verdict, since: SinceAsked): number {
  const { leaseLeftMs, settlingMs, msSinceCancelAsked } = since;
  switch (verdict) {
    case 'received':
      return Math.max(0, leaseLeftMs);
    case 'not-received':
      return msUntilSettled({ leaseLeftMs, settlingMs });
    case 'cancelled':
    case 'ships':
      return Math.max(
        msUntilSettled({ leaseLeftMs, settlingMs }),
        msSinceCancelAsked === null ? 0 : settlingMs - msSinceCancelAsked,
      );
  }
}
