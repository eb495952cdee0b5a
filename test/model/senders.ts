import type { CreateResult, DispatchState, Doubt } from '../../domain/dispatch-protocol';
import { giveBack, move, type Step, secondsAfterEnd, settlingSeconds } from './record';
import type { Setting } from './setting';
import {
  changed,
  changedLedger,
  type Dispatch,
  dispatchAt,
  IDLE,
  liveIn,
  type Sender,
  type World,
  withSender,
} from './world';

/** What the two senders do: activities/dispatch, a step for each place where a process can stop or die. */

/**
 * Requests with nobody waiting for their answer: one at a time of the first generation. The second is a plain
 * one, sent once, never late, cancelled or held: all that can happen within one happens in the first.
 */
export const MOST_LATE = [1, 0] as const;

export function* senderSteps(world: World, setting: Setting): Generator<Step> {
  for (const index of [0, 1] as const) {
    const sender = world.senders[index];
    const who = `Sender ${index + 1}`;
    for (const { says, to } of stepsOf(world, index, sender, setting)) yield { says: `${who} ${says}`, to };
    if (sender.at !== 'idle' && sender.at !== 'waiting')
      yield { says: `${who} dies`, to: withSender(world, index, IDLE) };
  }
}

function stepsOf(world: World, index: number, sender: Sender, setting: Setting): Iterable<Step> {
  switch (sender.at) {
    case 'idle':
      return begin(world, index, setting);
    case 'about to claim':
      return [writeClaim(world, index, sender.dispatch, sender.doubt, setting)];
    case 'claimed':
      return handOver(world, index, sender, setting);
    case 'waiting':
      return waitInVain(world, index, sender, setting);
    case 'told':
      return confirm(world, index, sender, setting);
    case 'looking':
      return lookUp(world, index, sender, setting);
    case 'found':
      return [acceptFound(world, index, sender, setting)];
    case 'resending':
      return claim(world, index, sender.dispatch, sender.current, setting);
  }
}

/** The journey takes up what is not over. */
function begin(world: World, index: number, setting: Setting): Iterable<Step> {
  const newest = world.dispatches.length - 1;
  const { state } = dispatchAt(world, newest);
  const isLeftAlone = newest > 0 && state !== 'ready';
  return setting.rules.isOver(state) || isLeftAlone ? [] : claim(world, index, newest, false, setting);
}

/** activities/dispatch/claim.ts */
function claim(world: World, index: number, at: number, resends: boolean, setting: Setting): Step[] {
  const { rules, wms, without } = setting;
  const row = dispatchAt(world, at);
  const leaseExpired = row.lease !== 'running';
  const step =
    resends && row.state === 'unknown' ? 'send' : rules.claimStep({ ...row, leaseExpired }, wms.promises);
  const silent = row.state === 'sending';
  const doubt = silent ? rules.doubtAfterSilence(row.doubt) : row.doubt;
  const unknown = silent ? move(world, at, 'unknown', setting, { doubt }) : world;
  switch (step) {
    case 'send':
      if (without !== 'lock') return [writeClaim(world, index, at, doubt, setting)];
      return [
        {
          says: `reads that generation ${at + 1} is ${row.state} and means to send it`,
          to: withSender(world, index, { ...IDLE, at: 'about to claim', dispatch: at, doubt }),
        },
      ];
    case 'look-up': {
      const looking = { at: 'looking', dispatch: at, current: true, doubt, lease: row.lease } as const;
      const says = `finds generation ${at + 1} ${row.state}${whose(row)} and begins to look it up`;
      return [{ says, to: withSender(unknown, index, { ...IDLE, ...looking }) }];
    }
    case 'ask': {
      const says = `finds generation ${at + 1} ${row.state}${whose(row)} and asks a person`;
      return [{ says, to: withSender(ask(unknown, at), index, IDLE) }];
    }
    case 'later':
    case 'with-the-wms':
    case 'stop':
      return [{ says: `leaves generation ${at + 1} alone`, to: withSender(world, index, IDLE) }];
  }
}

function whose({ state }: Dispatch): string {
  return state === 'sending' ? ' under a lease that has ended' : '';
}

function writeClaim(world: World, index: number, at: number, doubt: Doubt, setting: Setting): Step {
  const { stock } = dispatchAt(world, at);
  const lease = {
    doubt,
    lease: 'running',
    asked: false,
    stock: stock === 'untouched' ? 'reserved' : stock,
  } as const;
  // Without the lock, the state that was checked is not the one that is overwritten.
  const sending =
    setting.without === 'lock'
      ? changed(world, at, { ...lease, state: 'sending' })
      : move(world, at, 'sending', setting, lease);
  const fenced = fenceOff(sending, at, setting);
  const sender: Sender = { ...IDLE, at: 'claimed', dispatch: at, current: true, doubt };
  return { says: `claims generation ${at + 1}`, to: withSender(fenced, index, sender) };
}

/** A fresh lease token: every other's is stale from now on, and what its sender thought counts no more. */
function fenceOff(world: World, at: number, { without }: Setting): World {
  const [first, second] = world.senders.map((sender) => {
    if (sender.dispatch !== at || !sender.current) return sender;
    const forgets = without !== 'fence' && sender.at !== 'looking';
    return { ...sender, current: false, doubt: forgets ? 'none' : sender.doubt };
  }) as [Sender, Sender];
  return { ...world, senders: [first, second] };
}

/** activities/dispatch/send.ts: a lease that no longer covers the call sends nothing. */
function handOver(world: World, index: number, sender: Sender, setting: Setting): Step[] {
  const { without } = setting;
  const leaseRuns = sender.current && dispatchAt(world, sender.dispatch).lease === 'running';
  const told = tell(world, index, sender, 'not-received', setting);
  if (!leaseRuns && without !== 'lease')
    return [{ says: 'wakes up, sees that its lease has ended, and sends nothing', to: told }];
  const late = leaseRuns ? '' : 'wakes up and, though its lease has ended, ';
  const request = `request for generation ${sender.dispatch + 1}`;
  return [
    {
      says: `${late}hands its ${request} over`,
      to: withSender(world, index, { ...sender, at: 'waiting' }),
    },
    { says: `cannot connect: its ${request} is certainly not received`, to: told },
  ];
}

/** Its answer is heard when the WMS gives it, in warehouse.ts; here is what else can come of waiting. */
function waitInVain(world: World, index: number, sender: Sender, setting: Setting): Step[] {
  const { dispatch } = sender;
  const silence = tell(world, index, sender, 'unknown', setting);
  const lost = { says: 'waits in vain: its request is lost', to: silence };
  const { lateCreates } = dispatchAt(world, dispatch).wms;
  if (lateCreates === MOST_LATE[dispatch]) return [lost];
  const late = changedLedger(silence, dispatch, { lateCreates: lateCreates + 1 });
  return [lost, { says: 'stops waiting while its request is still on its way', to: late }];
}

/** Of a sender that is fenced off only good news counts: with any other it has nothing left to do. */
export function tell(
  world: World,
  index: number,
  sender: Sender,
  answer: CreateResult,
  setting: Setting,
): World {
  const counts = sender.current || answer === 'done' || setting.without === 'fence';
  return withSender(world, index, counts ? { ...sender, at: 'told', answer } : IDLE);
}

/** activities/dispatch/confirm.ts; the answer to its COMMIT may be lost, and it is then made again. */
function confirm(world: World, index: number, sender: Sender, setting: Setting): Step[] {
  const { dispatch: at, answer } = sender;
  if (answer === 'none') throw new RangeError('Nothing to confirm');
  const row = dispatchAt(world, at);
  const holds = row.state === 'sending' && (sender.current || setting.without === 'fence');
  const written = holds
    ? write(world, at, setting.rules.settle(sender.doubt, answer), setting)
    : afterTheFact(world, at, answer, setting);
  const outcome =
    written === world ? 'changes nothing' : `generation ${at + 1} is ${dispatchAt(written, at).state}`;
  const done = { says: `confirms "${answer}": ${outcome}`, to: withSender(written, index, IDLE) };
  if (written === world) return [done];
  return [done, { says: `confirms "${answer}": ${outcome}, but the COMMIT’s answer is lost`, to: written }];
}

function write(
  world: World,
  at: number,
  to: { state: DispatchState; doubt: Doubt },
  setting: Setting,
): World {
  const settled = move(world, at, to.state, setting, { doubt: to.doubt });
  return to.state === 'rejected' ? giveBack(settled, at) : settled;
}

function afterTheFact(world: World, at: number, answer: CreateResult, setting: Setting): World {
  if (dispatchAt(world, at).state !== 'unknown' || answer !== 'done') return world;
  return move(world, at, 'accepted', setting);
}

/** activities/dispatch/look-up.ts */
function lookUp(world: World, index: number, sender: Sender, setting: Setting): Step[] {
  const { rules, wms, without } = setting;
  const { dispatch: at, doubt, lease } = sender;
  const row = dispatchAt(world, at);
  const seen = row.wms.listed
    ? { live: liveIn(row), cancelled: row.wms.cancelled }
    : { live: 0, cancelled: false };
  const idle = withSender(world, index, IDLE);
  if (seen.live > 0 || (seen.cancelled && without === 'lookup-filter')) {
    const what = seen.live > 0 ? 'it' : 'a cancelled order and takes it for received';
    const found: Sender = { ...IDLE, at: 'found', dispatch: at };
    return [{ says: `looks generation ${at + 1} up and finds ${what}`, to: withSender(world, index, found) }];
  }
  if (seen.cancelled)
    return [{ says: `looks it up, finds a cancelled order only, and asks a person`, to: ask(idle, at) }];
  if (wms.promises.lookup === 'none') return [{ says: 'asks a person', to: ask(idle, at) }];
  const onAbsent = doubt === 'refused' ? 'ask' : wms.onAbsent;
  const says = `looks generation ${at + 1} up and does not find it`;
  switch (
    rules.afterAbsence(wms.promises.lookup, secondsAfterEnd(lease), onAbsent, settlingSeconds(setting))
  ) {
    case 'later':
      return [{ says: `${says}: too early to tell`, to: idle }];
    case 'ask':
      return [{ says: `${says}: asks a person`, to: ask(idle, at) }];
    case 'resend': {
      const resending: Sender = { ...IDLE, at: 'resending', dispatch: at, current: sender.current };
      return [{ says: `${says}: means to send it again`, to: withSender(world, index, resending) }];
    }
  }
}

/** activities/dispatch-order.ts parks what is still unknown then. */
function ask(world: World, at: number): World {
  return dispatchAt(world, at).state === 'unknown' ? changed(world, at, { asked: true }) : world;
}

function acceptFound(world: World, index: number, { dispatch: at }: Sender, setting: Setting): Step {
  const idle = withSender(world, index, IDLE);
  return dispatchAt(world, at).state === 'unknown'
    ? { says: `accepts generation ${at + 1} as found`, to: move(idle, at, 'accepted', setting) }
    : { says: 'sees that others have settled it', to: idle };
}
