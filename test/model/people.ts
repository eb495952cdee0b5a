import { giveBack, isHeard, move, msUntilSettled, type Step } from './record';
import type { Setting } from './setting';
import { cancelled } from './warehouse';
import {
  CANCELLER_IDLE,
  type Canceller,
  changedLedger,
  type Dispatch,
  dispatchAt,
  liveIn,
  NEW_DISPATCH,
  type World,
} from './world';

/** What becomes of the wishes and decisions of customers and operators. */

export function* peopleSteps(world: World, setting: Setting): Generator<Step> {
  yield* theCancellerWorks(world, setting);
  for (const step of aPersonDecides(world, setting)) yield { ...step, byChoice: true };
  for (const step of aPersonAttests(world, setting)) yield { ...step, byChoice: true };
  yield* theMoveGoesOn(world, setting);
}

/** activities/cancel-order.ts: begin, ask the WMS, write what came of it. */
function* theCancellerWorks(world: World, setting: Setting): Generator<Step> {
  const { canceller } = world;
  const dispatch = canceller.at === 'idle' ? world.dispatches.length - 1 : canceller.dispatch;
  const row = dispatchAt(world, dispatch);
  const name = `generation ${dispatch + 1}`;
  const told = (answer: 'cancelled' | 'too late' | 'unknown', on = world): World => ({
    ...on,
    canceller: { ...canceller, at: 'told', answer },
  });
  switch (canceller.at) {
    case 'idle':
      for (const wish of wishes(world, setting))
        for (const step of beginCancelling({ ...world, wish }, dispatch, row, setting))
          yield wish === world.wish ? step : { ...step, byChoice: true };
      return;
    case 'waiting': {
      const there =
        row.wms.shipped > 0 ? 'too late' : row.wms.open > 0 || row.wms.cancelled ? 'cancelled' : 'unknown';
      yield {
        says: `The WMS is asked to cancel ${name}: ${there}`,
        to: told(there, cancelled(world, dispatch)),
      };
      yield { says: `The request to cancel ${name} is lost`, to: told('unknown') };
      if (!row.wms.lateCancel) {
        const to = told('unknown', changedLedger(world, dispatch, { lateCancel: true }));
        yield { says: `The request to cancel ${name} is not answered in time`, to };
      }
      return;
    }
    case 'told': {
      const idle: World = { ...world, canceller: CANCELLER_IDLE };
      yield { says: 'The canceller dies', to: idle };
      if (row.state === 'cancelling') yield* writeCancellation(idle, canceller, setting);
      return;
    }
  }
}

/** A first generation is cancelled for the customer's sake or, where that is part of the run, to be moved. */
function wishes({ dispatches, wish }: World, { anew }: Setting): World['wish'][] {
  if (wish !== 'ship') return [wish];
  if (dispatches.length > 1) return [];
  return anew ? ['cancel', 'move'] : ['cancel'];
}

function* beginCancelling(world: World, at: number, row: Dispatch, setting: Setting): Generator<Step> {
  const name = `generation ${at + 1}${world.wish === 'move' ? ', to move it to another WMS,' : ''}`;
  if (setting.rules.isUnsent(row.state))
    yield {
      says: `${name} is cancelled before it was sent`,
      to: giveBack(move(world, at, 'cancelled', setting), at),
    };
  else if (row.state === 'accepted' || row.state === 'cancelling' || row.state === 'cancel_unknown') {
    const cancelling = row.state === 'cancelling' ? world : move(world, at, 'cancelling', setting);
    const isFinal = setting.rules.cancellationIsFinal(row.doubt, msUntilSettled(row, setting));
    const canceller = { at: 'waiting', dispatch: at, answer: 'none', isFinal } as const;
    yield { says: `The cancellation of ${name} begins`, to: { ...cancelling, canceller } };
  }
}

function* writeCancellation(
  world: World,
  { dispatch: at, answer, isFinal }: Canceller,
  setting: Setting,
): Generator<Step> {
  if (answer === 'cancelled' && !isFinal) {
    yield { says: 'The canceller was too early for its answer to be final, and has to ask again', to: world };
    return;
  }
  const to = answer === 'cancelled' ? 'cancelled' : answer === 'too late' ? 'accepted' : 'cancel_unknown';
  const written = move(world, at, to, setting);
  yield {
    says: `The canceller writes that generation ${at + 1} is ${to}`,
    to: to === 'cancelled' ? giveBack(written, at) : written,
  };
}

/** activities/resolve-dispatch.ts and hold-order.ts */
function* aPersonDecides(world: World, setting: Setting): Generator<Step> {
  const at = world.dispatches.length - 1;
  const row = dispatchAt(world, at);
  const name = `generation ${at + 1}`;
  const canBeginAnew = setting.anew && at === 0;
  const looksReceived = row.wms.listed && liveIn(row) > 0;
  if (row.state === 'ready' && at === 0)
    yield { says: `A person holds ${name}`, to: move(world, at, 'held', setting) };
  if (row.state === 'held')
    yield { says: `A person releases ${name}`, to: move(world, at, 'ready', setting) };
  if (looksReceived && isHeard('received', row, setting))
    yield {
      says: `A person sees ${name} in the WMS’s list: received`,
      to: move(world, at, 'accepted', setting),
    };
  if (canBeginAnew && isHeard('not-received', row, setting)) {
    const anew = beginAnew(giveBack(move(world, at, 'superseded', setting), at));
    if (setting.without === 'attestation')
      yield { says: `${name} is taken for not received: a new generation`, to: anew };
    else if (!looksReceived)
      yield {
        says: `A person does not see ${name} in the WMS’s list: not received, a new generation`,
        to: anew,
      };
  }
}

/** activities/attest-cancellation.ts: only what is final counts, an order that stands open there is neither. */
function* aPersonAttests(world: World, setting: Setting): Generator<Step> {
  const at = world.dispatches.length - 1;
  const row = dispatchAt(world, at);
  const { listed, open, shipped, cancelled: isCancelled } = row.wms;
  const name = `generation ${at + 1}`;
  if (listed && open > 0) return;
  if (listed && shipped > 0 && isHeard('ships', row, setting))
    yield { says: `A person says that ${name} ships`, to: move(world, at, 'accepted', setting) };
  if (listed && shipped === 0 && isCancelled && isHeard('cancelled', row, setting))
    yield {
      says: `A person says that the WMS has cancelled ${name}`,
      to: giveBack(move(world, at, 'cancelled', setting), at),
    };
}

/** Once the cancellation is confirmed. */
function* theMoveGoesOn(world: World, { anew }: Setting): Generator<Step> {
  if (!anew || world.wish !== 'move' || world.dispatches.length > 1) return;
  if (dispatchAt(world, 0).state !== 'cancelled') return;
  yield {
    says: 'The order gets a new generation for the other WMS',
    to: { ...beginAnew(world), wish: 'ship' },
  };
}

function beginAnew(world: World): World {
  return { ...world, dispatches: [...world.dispatches, NEW_DISPATCH] };
}
