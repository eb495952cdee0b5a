import type { DispatchState, Proof } from '../../domain/dispatch-protocol';
import type { Verdict } from '../../domain/verdict';
import { SETTLING_SECONDS, type Setting } from './setting';
import { changed, type Dispatch, dispatchAt, type Lease, type World } from './world';

/** What all who write a dispatch's row have in common. */

export interface Step<W = World> {
  readonly says: string;
  readonly to: W;
  /** Somebody may do this or never: no order may need it to come to rest. */
  readonly byChoice?: true;
}

export function secondsAfterEnd(lease: Lease): number {
  return lease === 'running' ? -1 : lease === 'settled' ? SETTLING_SECONDS : 0;
}

export function settlingSeconds({ without }: Setting): number {
  return without === 'settling' ? 0 : SETTLING_SECONDS;
}

/** db/queries/dispatch-states.ts: every write of a state is checked against the table of moves. */
export function move(
  world: World,
  at: number,
  to: DispatchState,
  { rules }: Setting,
  more: Partial<Dispatch> & { proof?: Proof } = {},
): World {
  const { proof, ...fields } = more;
  const row = dispatchAt(world, at);
  if (!rules.mayMove(row.state, to, proof)) return { ...world, forbidden: `${row.state} to ${to}` };
  return changed(world, at, { ...fields, state: to, asked: false });
}

/** db/queries/stock.ts: a second time gives back nothing. */
export function giveBack(world: World, at: number): World {
  return dispatchAt(world, at).stock === 'reserved' ? changed(world, at, { stock: 'given back' }) : world;
}

/** domain/verdict.ts: whether what a person says of a row counts yet. */
export function isHeard(verdict: Verdict, { state, lease, wms }: Dispatch, setting: Setting): boolean {
  const { rules, time } = setting;
  const settlingMs = settlingSeconds(setting) * 1000;
  const since = {
    leaseLeftMs: -secondsAfterEnd(lease) * 1000,
    settlingMs,
    // Where time is bounded, what is still on its way was asked less than the settling time ago.
    msSinceCancelAsked: wms.lateCancel && time === 'bounded' ? 0 : settlingMs,
  };
  return rules.settles(verdict, state) && rules.msUntilHeard(verdict, since) <= 0;
}

export function msUntilSettled({ lease }: Dispatch, setting: Setting): number {
  return setting.rules.msUntilSettled({
    leaseLeftMs: -secondsAfterEnd(lease) * 1000,
    settlingMs: settlingSeconds(setting) * 1000,
  });
}
