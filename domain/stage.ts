/** How far an order has come. */
export const STAGES = [
  'collected',
  'normalized',
  'matched',
  'dispatched',
  'booked',
  'done',
  'cancelled',
] as const;
export type Stage = (typeof STAGES)[number];

/** Where orders end. */
export const FINISHED = ['done', 'cancelled'] as const satisfies readonly Stage[];

/** What a person (or the world) has to do before an order goes on. */
export const WAITING_REASONS = [
  'not_acknowledged',
  'unknown_deal',
  'held',
  'shortage',
  'no_route',
  'rejected',
  'unknown_outcome',
  'cancel_unknown',
  'failed',
  'deal_changed',
] as const;
export type WaitingReason = (typeof WAITING_REASONS)[number];

/**
 * Where an order stands. `shipment` is the one wait that is nobody's task: the warehouse is at work.
 * `retry`: the outside did not answer at once, and the step is to be tried again where it can be seen.
 * `cancellation`: the channel has cancelled what the WMS has already, and the WMS is to be asked; `recall`: it
 * has changed it, and what can be stopped is sent anew. `acknowledgement`: its source is to be told first that
 * we have it. `companions`: other orders of its receiver may go with it until its window ends.
 */
export interface Standing {
  readonly stage: Stage;
  readonly waiting?:
    | WaitingReason
    | 'shipment'
    | 'companions'
    | 'retry'
    | 'acknowledgement'
    | 'cancellation'
    | 'recall';
  /** With `companions`: how long it waits, unless it is nudged. */
  readonly forMs?: number;
  /** With `cancellation` and `recall`: the raw record that told of it. */
  readonly upTo?: number;
  /** With `retry`: the connection that is to be tried again. */
  readonly at?: string;
}

export function isAtRest(standing: Standing): boolean {
  return standing.stage === 'done' || standing.stage === 'cancelled';
}
