import { type DispatchState, isOver, isUnsent } from './dispatch-protocol';
import type { Stage, WaitingReason } from './stage';

/** What a person can do to an order, and what would come of it as things stand. */

export const ORDER_COMMANDS = [
  'hold',
  'release',
  'cancel',
  'rematch',
  'split',
  'move',
  'combine',
  'separate',
  'send-now',
  'take-change',
  'resend-tracking',
] as const;
export type OrderCommand = (typeof ORDER_COMMANDS)[number];

export const EFFECTS = [
  'stays-in-house',
  'goes-on',
  'cancelled-here',
  'wms-is-asked',
  'looks-again',
  'two-dispatches',
  'goes-to-other-wms',
  'goes-with-others',
  'goes-by-itself',
  'goes-now',
  'late-lines-go-too',
  'told-again',
] as const;
export type Effect = (typeof EFFECTS)[number];

export const HINDRANCES = [
  'held-already',
  'not-held',
  'held',
  'cancelled-already',
  'journey-over',
  'wms-has-it',
  'has-shipped',
  'outcome-unknown',
  'nothing-waits',
  'goes-by-itself',
  'waits-for-nobody',
  'no-late-line',
  'nothing-to-tell',
] as const;
export type Hindrance = (typeof HINDRANCES)[number];

/** What the answer depends on. */
export interface OrderFacts {
  readonly stage: Stage;
  readonly waiting: WaitingReason | null;
  readonly heldReason: string | null;
  /** Null where a person holds it, or nobody does. */
  readonly heldByRule: number | null;
  readonly dispatches: readonly {
    readonly state: DispatchState;
    /** Has lines of other orders, too. */
    readonly isShared: boolean;
    /** Its window for companions is open. */
    readonly waitsForCompanions: boolean;
  }[];
  readonly hasLateLine: boolean;
  /** Tracking numbers that were told, or refused. */
  readonly told: number;
}

export type Outlook =
  | { readonly possible: true; readonly effect: Effect }
  | { readonly possible: false; readonly hindrance: Hindrance };

const would = (effect: Effect): Outlook => ({ possible: true, effect });
const not = (hindrance: Hindrance): Outlook => ({ possible: false, hindrance });

/** The step itself looks again, under its locks: this is what a person is told before. */
export function outlookOf(command: OrderCommand, facts: OrderFacts): Outlook {
  if (command === 'resend-tracking') return facts.told > 0 ? would('told-again') : not('nothing-to-tell');
  if (facts.stage === 'cancelled') return not('cancelled-already');
  if (facts.stage === 'done') return not('journey-over');
  const live = facts.dispatches.map(({ state }) => state).filter((state) => !isOver(state));
  switch (command) {
    case 'hold':
      return outlookOfHold(facts, live);
    case 'release':
      return facts.heldReason === null ? not('not-held') : would('goes-on');
    case 'cancel':
      return outlookOfCancel(live);
    case 'rematch':
      return would('looks-again');
    case 'split':
      if (facts.heldReason !== null) return not('held');
      return facts.stage === 'matched' && live.includes('ready')
        ? would('two-dispatches')
        : not('nothing-waits');
    case 'move':
      return outlookOfMove(live);
    case 'combine':
      if (facts.heldReason !== null) return not('held');
      return live.includes('ready') ? would('goes-with-others') : not('nothing-waits');
    case 'separate':
      return outlookOfSeparate(facts);
    case 'send-now':
      return facts.dispatches.some(({ state, waitsForCompanions }) => state === 'ready' && waitsForCompanions)
        ? would('goes-now')
        : not('waits-for-nobody');
    case 'take-change':
      return facts.hasLateLine ? would('late-lines-go-too') : not('no-late-line');
  }
}

function outlookOfHold({ heldReason, heldByRule }: OrderFacts, live: readonly DispatchState[]): Outlook {
  if (heldReason !== null && heldByRule === null) return not('held-already');
  return live.every(isUnsent) ? would('stays-in-house') : not('wms-has-it');
}

function outlookOfCancel(live: readonly DispatchState[]): Outlook {
  if (live.includes('unknown')) return not('outcome-unknown');
  if (live.length > 0 && live.every((state) => state === 'shipped')) return not('has-shipped');
  return live.every(isUnsent) ? would('cancelled-here') : would('wms-is-asked');
}

function outlookOfMove(live: readonly DispatchState[]): Outlook {
  if (live.length === 0) return not('nothing-waits');
  if (live.includes('unknown')) return not('outcome-unknown');
  if (live.includes('shipped')) return not('has-shipped');
  return live.every(isUnsent) ? would('goes-to-other-wms') : would('wms-is-asked');
}

function outlookOfSeparate({ dispatches }: OrderFacts): Outlook {
  const shared = dispatches.filter(({ state, isShared }) => isShared && !isOver(state));
  if (shared.length === 0) return not('goes-by-itself');
  return shared.some(({ state }) => isUnsent(state)) ? would('goes-by-itself') : not('wms-has-it');
}
