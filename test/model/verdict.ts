import { type Counterexample, explore } from './explore';
import type { InvariantName } from './invariants';
import { CLASSES, type ClassName, type Guard, type Rules, setting } from './setting';

/** `breaks`: even if time is bounded. `if late`: only if a request outlives the settling time. */
export type Verdict = 'holds' | 'if late' | 'breaks';

export interface Judged {
  readonly verdict: Verdict;
  readonly states: number;
  readonly counterexample: Counterexample | undefined;
}

export interface Case {
  readonly name: ClassName;
  readonly anew: boolean;
  readonly without?: Guard | null;
  readonly rules?: Partial<Rules>;
  /** All invariants unless told. */
  readonly only?: readonly InvariantName[];
}

/** Whether an invariant breaks, and which assumption on time keeps it. */
export function judge({ name, only, ...given }: Case): Judged {
  const options = { firstOnly: true, ...(only === undefined ? {} : { only }) };
  const unbounded = explore(setting(name, { ...given, time: 'unbounded' }), options);
  // Whatever can happen while time is bounded can happen while it is not.
  if (unbounded.counterexamples.length === 0) return judged('holds', unbounded);
  const bounded = explore(setting(name, { ...given, time: 'bounded' }), options);
  return bounded.counterexamples.length > 0 ? judged('breaks', bounded) : judged('if late', unbounded);
}

function judged(verdict: Verdict, { states, counterexamples }: ReturnType<typeof explore>): Judged {
  return { verdict, states, counterexample: counterexamples[0] };
}

/** A guard that a class or a run does not come to changes nothing: the run is the one with every guard on. */
export function concerns(guard: Guard, name: ClassName, anew: boolean): boolean {
  const { promises, onAbsent } = CLASSES[name];
  switch (guard) {
    case 'wms-key':
      return promises.onRepeat !== 'not-promised';
    case 'lookup-filter':
      return promises.lookup !== 'none';
    case 'attestation':
      return anew;
    case 'settling':
      return anew || onAbsent === 'resend' || promises.onRepeat !== 'not-promised';
    case 'lock':
    case 'lease':
    case 'fence':
    case 'doubt':
      return true;
  }
}
