import type { Step } from '../record';
import { SETTLING_SECONDS } from '../setting';
import { type GroupSetting, MOST_DISPATCHES } from './setting';
import {
  CANCELLER_IDLE,
  type Canceller,
  changed,
  type GroupWorld,
  type Orders,
  type Packed,
  type Packer,
  packedAt,
} from './world';
import { anew, move } from './write';

type GroupStep = Step<GroupWorld>;

/** Who packs together and apart, and who cancels one of the two. */
export function* peopleSteps(world: GroupWorld, setting: GroupSetting): Generator<GroupStep> {
  for (const step of packs(world, setting)) yield { ...step, byChoice: true };
  yield* cancels(world, setting);
}

/** activities/combine-orders.ts and separate-order.ts */
function* packs(world: GroupWorld, setting: GroupSetting): Generator<GroupStep> {
  if (world.packer !== null) {
    const { does, seen } = world.packer;
    const free: GroupWorld = { ...world, packer: null };
    yield { says: `who meant to ${does} writes what was seen`, to: written(free, does, seen, setting) };
    return;
  }
  for (const { does, seen } of wishes(world, setting)) {
    if (setting.without === 'lock')
      yield { says: `Somebody looks, and means to ${does}`, to: { ...world, packer: { does, seen } } };
    else
      yield {
        says: `Somebody ${does}s ${seen.map((at) => `dispatch ${at + 1}`).join(' and ')}`,
        to: written(world, does, seen, setting),
      };
  }
}

function* wishes(world: GroupWorld, { rules, without }: GroupSetting): Generator<Packer> {
  if (world.dispatches.length + 1 > MOST_DISPATCHES) return;
  const mayBePacked = ({ state }: Packed) =>
    state === 'ready' || (without === 'unsent' && state === 'sending');
  const mayBeApart = ({ state }: Packed) =>
    rules.isUnsent(state) || (without === 'unsent' && state === 'sending');
  const where = (orders: Orders, may: (row: Packed) => boolean) =>
    world.dispatches.findIndex((row) => row.orders === orders && may(row));
  const [a, b] = [where('A', mayBePacked), where('B', mayBePacked)];
  if (a >= 0 && b >= 0) yield { does: 'combine', seen: [a, b] };
  const both = where('AB', mayBeApart);
  if (both >= 0 && world.dispatches.length + 2 <= MOST_DISPATCHES) yield { does: 'separate', seen: [both] };
}

/** With the lock nothing has happened since the look, and without it the state that was seen is written over. */
function written(
  world: GroupWorld,
  does: Packer['does'],
  seen: readonly number[],
  setting: GroupSetting,
): GroupWorld {
  const { without } = setting;
  const dissolve = (before: GroupWorld, at: number) =>
    without === 'lock' || without === 'unsent'
      ? changed(before, at, { state: 'cancelled' })
      : move(before, at, 'cancelled', setting);
  const dissolved = seen.reduce(dissolve, world);
  return does === 'combine' ? anew(dissolved, 'AB') : anew(dissolved, 'A', 'B');
}

/** activities/cancel-order.ts for B: begin, ask the WMS, write what came of it. */
function* cancels(world: GroupWorld, setting: GroupSetting): Generator<GroupStep> {
  const { canceller } = world;
  const at = canceller.dispatch;
  switch (canceller.at) {
    case 'idle':
      yield* begins(world, setting);
      return;
    case 'waiting': {
      const { there, shipped } = packedAt(world, at);
      const told = (answer: Canceller['answer'], on = world): GroupWorld => ({
        ...on,
        canceller: { ...canceller, at: 'told', answer },
      });
      const stopped = there === '' || shipped ? world : changed(world, at, { there: '' });
      const answer = shipped ? 'too late' : there === '' ? 'unknown' : 'cancelled';
      yield { says: `The WMS is asked to stop dispatch ${at + 1}: ${answer}`, to: told(answer, stopped) };
      yield { says: 'The WMS has done so, and its answer is lost', to: told('unknown', stopped) };
      yield { says: 'The request to stop it is lost', to: told('unknown') };
      return;
    }
    case 'told': {
      const idle: GroupWorld = { ...world, canceller: CANCELLER_IDLE };
      yield { says: 'The canceller dies', to: idle };
      if (packedAt(world, at).state === 'cancelling') yield* writes(idle, canceller, setting);
    }
  }
}

function* begins(world: GroupWorld, setting: GroupSetting): Generator<GroupStep> {
  if (world.wish === 'gone') return;
  const { rules } = setting;
  const asked: GroupWorld = { ...world, wish: 'cancel' };
  for (const [at, row] of world.dispatches.entries()) {
    if (rules.isOver(row.state) || !row.orders.includes('B')) continue;
    const byChoice = world.wish === 'ship' ? { byChoice: true as const } : {};
    if (rules.isUnsent(row.state))
      yield {
        says: `B is cancelled before dispatch ${at + 1} was sent`,
        to: { ...anew(move(asked, at, 'cancelled', setting), theOthers(row, setting)), wish: 'gone' },
        ...byChoice,
      };
    else if (row.state === 'accepted' || row.state === 'cancelling' || row.state === 'cancel_unknown') {
      const cancelling = row.state === 'cancelling' ? asked : move(asked, at, 'cancelling', setting);
      const isFinal = rules.cancellationIsFinal(row.doubt, row.lease === 'settled' ? 0 : SETTLING_SECONDS);
      const canceller = { at: 'waiting', dispatch: at, answer: 'none', isFinal } as const;
      yield {
        says: `The WMS is to stop dispatch ${at + 1} for B’s sake`,
        to: { ...cancelling, canceller },
        ...byChoice,
      };
    }
  }
}

function* writes(
  world: GroupWorld,
  { dispatch: at, answer, isFinal }: Canceller,
  setting: GroupSetting,
): Generator<GroupStep> {
  const isStopped = answer === 'cancelled';
  if (isStopped && !isFinal && setting.without !== 'final') {
    yield { says: 'The answer came too early to be final: it has to be asked for again', to: world };
    return;
  }
  const to = isStopped ? 'cancelled' : answer === 'too late' ? 'accepted' : 'cancel_unknown';
  const moved = move(world, at, to, setting);
  yield {
    says: `The canceller writes that dispatch ${at + 1} is ${to}`,
    to: isStopped ? { ...anew(moved, theOthers(packedAt(world, at), setting)), wish: 'gone' } : moved,
  };
}

/** activities/send-others-anew.ts */
function theOthers({ orders }: Packed, { without }: GroupSetting): Orders {
  if (without === 'left-out') return orders;
  return orders === 'AB' ? 'A' : '';
}
