import type { Step } from '../record';
import { received } from './senders';
import type { GroupSetting } from './setting';
import { changed, type GroupWorld, type Sender } from './world';
import { move } from './write';

/** What the WMS and the clock do; what has not arrived by the end of the settling time never does. */
export function* warehouseSteps(world: GroupWorld, setting: GroupSetting): Generator<Step<GroupWorld>> {
  for (const [at, row] of world.dispatches.entries()) {
    const name = `dispatch ${at + 1}`;
    if (row.late !== '') {
      const arrived = { ...received(row, row.late), late: '' } as const;
      yield { says: `A late request for ${name} arrives`, to: changed(world, at, arrived) };
    }
    if (row.there !== '' && !row.shipped)
      yield { says: `The WMS ships ${name}`, to: changed(world, at, { shipped: true }) };
    if (row.shipped && row.state !== 'shipped' && !setting.rules.isOver(row.state))
      yield {
        says: `Boosta records the parcel of ${name}`,
        to: move(world, at, 'shipped', setting, { proof: 'parcel' }),
      };
    if (row.lease === 'running')
      yield { says: `The lease of ${name} ends`, to: changed(world, at, { lease: 'ended' }) };
    if (row.lease === 'ended') yield { says: `The settling time of ${name} is over`, to: settled(world, at) };
  }
}

function settled(world: GroupWorld, at: number): GroupWorld {
  const senders = world.senders.map((sender) =>
    sender.at === 'waiting' && sender.dispatch === at
      ? { ...sender, at: 'told' as const, answer: 'unknown' as const }
      : sender,
  );
  const [first, second] = senders as [Sender, Sender];
  return changed({ ...world, senders: [first, second] }, at, { lease: 'settled', late: '' });
}
