import type { DispatchState, Proof } from '../../../domain/dispatch-protocol';
import type { GroupSetting } from './setting';
import { changed, type GroupWorld, type Orders, type Packed, packedAt, ready } from './world';

/** db/queries/dispatch-states.ts: every write of a state is checked against the table of moves. */
export function move(
  world: GroupWorld,
  at: number,
  to: DispatchState,
  { rules }: GroupSetting,
  more: Partial<Packed> & { proof?: Proof } = {},
): GroupWorld {
  const { proof, ...fields } = more;
  const row = packedAt(world, at);
  if (!rules.mayMove(row.state, to, proof)) return { ...world, forbidden: `${row.state} to ${to}` };
  return changed(world, at, { ...fields, state: to });
}

/** activities/give-up.ts: what was in a dispatch that is over goes on in new ones. */
export function anew(world: GroupWorld, ...orders: readonly Orders[]): GroupWorld {
  const made = orders.filter((one) => one !== '').map(ready);
  return { ...world, dispatches: [...world.dispatches, ...made] };
}
