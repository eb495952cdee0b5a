import type { CreateResult } from '../../../domain/dispatch-protocol';
import type { Step } from '../record';
import { type GroupSetting, PROMISES } from './setting';
import { changed, type GroupWorld, IDLE, type Packed, packedAt, type Sender, withSender } from './world';
import { move } from './write';

type GroupStep = Step<GroupWorld>;

/** activities/dispatch: a claim fixes what the dispatch holds; the request tells the WMS that. */
export function* senderSteps(world: GroupWorld, setting: GroupSetting): Generator<GroupStep> {
  for (const index of [0, 1] as const) {
    const sender = world.senders[index];
    const who = `Sender ${index + 1}`;
    for (const { says, to } of stepsOf(world, index, sender, setting)) yield { says: `${who} ${says}`, to };
    if (sender.at !== 'idle') yield { says: `${who} dies`, to: withSender(world, index, IDLE) };
  }
}

function* stepsOf(
  world: GroupWorld,
  index: number,
  sender: Sender,
  setting: GroupSetting,
): Generator<GroupStep> {
  switch (sender.at) {
    case 'idle':
      for (const at of world.dispatches.keys()) yield* claim(world, index, at, setting);
      return;
    case 'waiting':
      yield* wait(world, index, sender);
      return;
    case 'told':
      yield confirm(world, index, sender, setting);
  }
}

/** The claim and what it hands over are one step here: test/model/senders.ts has what can come between. */
function* claim(world: GroupWorld, index: number, at: number, setting: GroupSetting): Generator<GroupStep> {
  const { rules } = setting;
  const row = packedAt(world, at);
  const leaseExpired = row.lease !== 'running';
  const step = rules.isOver(row.state) ? 'stop' : rules.claimStep({ ...row, leaseExpired }, PROMISES);
  if (step === 'look-up') yield lookUp(world, at, setting);
  if (step !== 'send') return;
  const doubt = row.state === 'sending' ? rules.doubtAfterSilence(row.doubt) : row.doubt;
  const sending = move(world, at, 'sending', setting, { doubt, lease: 'running' });
  const [first, second] = sending.senders.map((other) =>
    other.dispatch === at ? { ...other, current: false } : other,
  ) as [Sender, Sender];
  const fenced = { ...sending, senders: [first, second] as const };
  const waiting = { at: 'waiting', dispatch: at, current: true, request: row.orders } as const;
  yield {
    says: `claims dispatch ${at + 1} with ${row.orders}`,
    to: withSender(fenced, index, { ...IDLE, ...waiting }),
  };
}

/** activities/dispatch/look-up.ts; what it does not find waits for a person, as in test/model/people.ts. */
function lookUp(world: GroupWorld, at: number, setting: GroupSetting): GroupStep {
  const { state, doubt, there } = packedAt(world, at);
  const silent = { doubt: setting.rules.doubtAfterSilence(doubt) };
  const unknown = state === 'sending' ? move(world, at, 'unknown', setting, silent) : world;
  const found = there === '' ? unknown : move(unknown, at, 'accepted', setting);
  return { says: `looks dispatch ${at + 1} up and finds ${there || 'nothing'}`, to: found };
}

function* wait(world: GroupWorld, index: number, sender: Sender): Generator<GroupStep> {
  const { dispatch: at, request } = sender;
  const row = packedAt(world, at);
  const told = (on: GroupWorld, answer: CreateResult) =>
    withSender(on, index, { ...sender, at: 'told', answer });
  const taken = changed(world, at, received(row, request));
  yield { says: `is told that the WMS has dispatch ${at + 1}`, to: told(taken, 'done') };
  yield { says: `waits in vain, though the WMS has dispatch ${at + 1}`, to: told(taken, 'unknown') };
  if (row.there === '') yield { says: `is refused dispatch ${at + 1}`, to: told(world, 'refused') };
  yield { says: 'waits in vain: its request is lost', to: told(world, 'unknown') };
  if (row.late === '')
    yield {
      says: 'stops waiting while its request is still on its way',
      to: told(changed(world, at, { late: request }), 'unknown'),
    };
}

/** The WMS keeps what it has under a code, and takes one again whose order is cancelled. */
export function received({ there }: Packed, request: Packed['orders']): Partial<Packed> {
  return there === '' ? { there: request, shipped: false } : {};
}

/** activities/dispatch/confirm.ts */
function confirm(world: GroupWorld, index: number, sender: Sender, setting: GroupSetting): GroupStep {
  const { dispatch: at, answer, current } = sender;
  const row = packedAt(world, at);
  const idle = withSender(world, index, IDLE);
  if (answer === 'none') throw new RangeError('Nothing to confirm');
  if (row.state === 'sending' && current) {
    const { state, doubt } = setting.rules.settle(row.doubt, answer);
    return { says: `confirms "${answer}": ${state}`, to: move(idle, at, state, setting, { doubt }) };
  }
  if (row.state === 'unknown' && answer === 'done')
    return { says: 'brings good news late', to: move(idle, at, 'accepted', setting) };
  return { says: 'sees that others have settled it', to: idle };
}
