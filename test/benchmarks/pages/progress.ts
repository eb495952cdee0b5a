import type { DispatchState } from '../../../domain/dispatch-protocol';
import type { Stage, WaitingReason } from '../../../domain/stage';
import type { TaskKind } from '../../../domain/task';
import type { Progress } from './one-order';

/** Where everything of an order stands that has come so far. */
export interface Standing {
  readonly stage: Stage;
  readonly waiting?: WaitingReason;
  /** Of its dispatch; undefined: it has none yet. */
  readonly dispatch?: DispatchState;
  /** Whether its parcel has left, and whether the channel was told. */
  readonly told?: 'pending' | 'done' | 'refused';
  /** Open for it, where it is not what the order waits for. */
  readonly task?: TaskKind;
}

/** By the progress of an order; a cancelled one may have been with the WMS or not. */
export const STANDINGS: Readonly<Record<Progress, Standing>> = {
  done: { stage: 'done', dispatch: 'shipped', told: 'done' },
  returned: { stage: 'done', dispatch: 'shipped', told: 'done' },
  cancelled: { stage: 'cancelled', dispatch: 'cancelled' },
  collected: { stage: 'collected' },
  unknown_deal: { stage: 'normalized', waiting: 'unknown_deal' },
  deal_changed: { stage: 'normalized', waiting: 'deal_changed' },
  no_route: { stage: 'matched', waiting: 'no_route', dispatch: 'ready' },
  shortage: { stage: 'matched', waiting: 'shortage', dispatch: 'ready' },
  held: { stage: 'matched', waiting: 'held', dispatch: 'held' },
  rejected: { stage: 'matched', waiting: 'rejected', dispatch: 'rejected' },
  unknown_outcome: { stage: 'matched', waiting: 'unknown_outcome', dispatch: 'unknown' },
  cancel_unknown: { stage: 'dispatched', waiting: 'cancel_unknown', dispatch: 'cancel_unknown' },
  failed: { stage: 'matched', waiting: 'failed', dispatch: 'ready' },
  ready: { stage: 'matched', dispatch: 'ready' },
  sending: { stage: 'matched', dispatch: 'sending' },
  accepted: { stage: 'dispatched', dispatch: 'accepted' },
  claimed: { stage: 'dispatched', dispatch: 'accepted' },
  missing: { stage: 'dispatched', dispatch: 'accepted', task: 'missing_in_wms' },
  booked: { stage: 'booked', dispatch: 'shipped', told: 'pending' },
  untold: { stage: 'done', dispatch: 'shipped', told: 'refused', task: 'tracking_refused' },
};
