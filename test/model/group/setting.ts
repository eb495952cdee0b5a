import * as protocol from '../../../domain/dispatch-protocol';

/** What a run is about: whether any of what keeps groups right is switched off. */

export const GUARDS = {
  lock: 'whoever packs orders together or apart holds the locks of their dispatches from the look to the write',
  final: 'the others go out anew only once the WMS has confirmed, for good, that it has stopped them',
  'left-out': 'of what goes out anew, the one that was cancelled is left out',
  unsent: 'what a sender has had in hand is not taken apart here',
} as const;
export type Guard = keyof typeof GUARDS;

/** Answers a repeated code with the order it has, and takes the code of a cancelled one again: the harder of both. */
export const PROMISES: protocol.Promises = { onRepeat: 'same-order', lookup: { visibleAfterSeconds: 0 } };

/** Two that become one, or one that becomes two: nobody packs beyond that. */
export const MOST_DISPATCHES = 3;

export type Rules = Pick<
  typeof protocol,
  'cancellationIsFinal' | 'claimStep' | 'doubtAfterSilence' | 'isOver' | 'isUnsent' | 'mayMove' | 'settle'
>;

export interface GroupSetting {
  readonly without: Guard | null;
  readonly rules: Rules;
}

export function setting(without: Guard | null = null, rules: Partial<Rules> = {}): GroupSetting {
  return { without, rules: { ...protocol, ...rules } };
}
