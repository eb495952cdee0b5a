import * as protocol from '../../domain/dispatch-protocol';
import * as verdict from '../../domain/verdict';

/** What a run of the model is about: a kind of WMS, what is assumed of time, and what is switched off. */

const production = { ...protocol, ...verdict };

export type Rules = Pick<
  typeof production,
  | 'afterAbsence'
  | 'cancellationIsFinal'
  | 'claimStep'
  | 'doubtAfterSilence'
  | 'isOver'
  | 'isUnsent'
  | 'mayMove'
  | 'msUntilHeard'
  | 'msUntilSettled'
  | 'settle'
  | 'settles'
>;

export interface WmsClass {
  readonly promises: protocol.Promises;
  readonly onAbsent: 'ask' | 'resend';
  /** It takes a code again once what it had under it is cancelled, as Sabangnet Fulfillment does. */
  readonly revives: boolean;
}

/** In the model's clock a lease ends at 0 s, and the settling time and a look-up's lag are over at 60 s. */
export const SETTLING_SECONDS = 60;
const EXACT = { visibleAfterSeconds: 0 };
const LAGGING = { visibleAfterSeconds: SETTLING_SECONDS };

export const CLASSES = {
  idempotent: {
    promises: { onRepeat: 'same-order', lookup: EXACT },
    onAbsent: 'ask',
    revives: false,
  },
  reject: { promises: { onRepeat: 'refused', lookup: EXACT }, onAbsent: 'ask', revives: true },
  'lookup-ask': { promises: { onRepeat: 'not-promised', lookup: EXACT }, onAbsent: 'ask', revives: true },
  'lookup-resend': {
    promises: { onRepeat: 'not-promised', lookup: EXACT },
    onAbsent: 'resend',
    revives: true,
  },
  'lag-ask': { promises: { onRepeat: 'not-promised', lookup: LAGGING }, onAbsent: 'ask', revives: true },
  'lag-resend': {
    promises: { onRepeat: 'not-promised', lookup: LAGGING },
    onAbsent: 'resend',
    revives: true,
  },
  neither: { promises: { onRepeat: 'not-promised', lookup: 'none' }, onAbsent: 'ask', revives: true },
} as const satisfies Record<string, WmsClass>;
export type ClassName = keyof typeof CLASSES;

export const GUARDS = {
  lock: 'reading the row and claiming it are one transaction',
  lease: 'the lease is checked in the tick that hands the request over',
  fence: 'a confirmation counts only under the lease token that is still the row’s',
  'wms-key': 'the WMS knows a code that it has had before',
  doubt: 'an answer is judged over all attempts of a generation, not by itself',
  settling: 'what would send anew or count as final waits for the settling time after the lease’s end',
  attestation: 'a new generation after an unknown outcome needs a person who has looked',
  'lookup-filter': 'an order that a look-up finds cancelled does not count as received',
} as const;
export type Guard = keyof typeof GUARDS;

export interface Setting {
  readonly wms: WmsClass;
  /** `bounded`: what has been handed over arrives before the settling time is over, or never. */
  readonly time: 'bounded' | 'unbounded';
  /** Whether the order may be sent anew: after a person's "not received", or moved to another WMS. */
  readonly anew: boolean;
  readonly without: Guard | null;
  readonly rules: Rules;
}

export function setting(
  name: ClassName,
  given: { time: Setting['time']; anew: boolean; without?: Guard | null; rules?: Partial<Rules> },
): Setting {
  const without = given.without ?? null;
  const rules: Rules = { ...production, ...given.rules };
  const forgetful: Partial<Rules> =
    without === 'doubt' ? { settle: (_, result) => rules.settle('none', result) } : {};
  return {
    wms: CLASSES[name],
    time: given.time,
    anew: given.anew,
    without,
    rules: { ...rules, ...forgetful },
  };
}
