import { move, type Step } from './record';
import { tell } from './senders';
import type { Setting } from './setting';
import { changed, changedLedger, type Dispatch, dispatchAt, liveIn, type Sender, type World } from './world';

/** What the WMS and the clock do. */

export function* warehouseSteps(world: World, setting: Setting): Generator<Step> {
  for (const [at, row] of world.dispatches.entries()) {
    yield* requestsArrive(world, at, row, setting);
    yield* theWarehouseWorks(world, at, row, setting);
    yield* timePasses(world, at, row, setting);
  }
}

type Answer = 'done' | 'duplicate' | 'refused';

function* requestsArrive(world: World, at: number, row: Dispatch, setting: Setting): Generator<Step> {
  const name = `generation ${at + 1}`;
  for (const [index, sender] of world.senders.entries()) {
    if (sender.at !== 'waiting' || sender.dispatch !== at) continue;
    for (const { says, answer, to } of received(world, at, row, setting)) {
      const told = `The WMS ${says} ${name} and tells Sender ${index + 1} so`;
      yield { says: told, to: tell(to, index, sender, answer, setting) };
      const silent = `The WMS ${says} ${name}; Sender ${index + 1} waits for the answer in vain`;
      yield { says: silent, to: tell(to, index, sender, 'unknown', setting) };
    }
  }
  if (row.wms.lateCreates > 0) {
    const arrived = changedLedger(world, at, { lateCreates: row.wms.lateCreates - 1 });
    for (const { says, answer, to } of received(arrived, at, dispatchAt(arrived, at), setting))
      if (answer !== 'refused') yield { says: `A late request for ${name} arrives: the WMS ${says} it`, to };
  }
  if (row.wms.lateCancel) {
    const arrived = changedLedger(world, at, { lateCancel: false });
    yield { says: `The late cancellation of ${name} arrives`, to: cancelled(arrived, at) };
  }
}

/** What a WMS of this class does with a request to create. */
function* received(
  world: World,
  at: number,
  row: Dispatch,
  { wms, without }: Setting,
): Generator<{ says: string; answer: Answer; to: World }> {
  const { open, cancelled: wasCancelled } = row.wms;
  const { onRepeat, lookup } = wms.promises;
  const known = liveIn(row) > 0 || (wasCancelled && !wms.revives);
  if (!known || onRepeat === 'not-promised' || without === 'wms-key') {
    const listed = lookup === 'none' || lookup.visibleAfterSeconds === 0;
    yield { says: 'takes', answer: 'done', to: changedLedger(world, at, { open: open + 1, listed }) };
    yield { says: 'refuses', answer: 'refused', to: world };
  } else if (onRepeat === 'same-order' && open > 0) yield { says: 'has already', answer: 'done', to: world };
  else yield { says: 'refuses the code of', answer: 'duplicate', to: world };
}

function* theWarehouseWorks(world: World, at: number, row: Dispatch, setting: Setting): Generator<Step> {
  const { open, shipped, listed } = row.wms;
  const name = `generation ${at + 1}`;
  if (at === 0 && open > 0)
    yield {
      says: `The WMS ships ${name}`,
      to: changedLedger(world, at, { open: open - 1, shipped: shipped + 1 }),
    };
  if (!listed) yield { says: `The WMS lists ${name}`, to: changedLedger(world, at, { listed: true }) };
  if (
    at === 0 &&
    open > 0 &&
    row.state === 'unknown' &&
    !world.senders.some((sender) => hasGoodNews(sender, at))
  )
    yield { says: `The warehouse cancels ${name} by hand`, to: cancelled(world, at), byChoice: true };
  if (shipped > 0 && row.state !== 'shipped' && !setting.rules.isOver(row.state))
    yield {
      says: `Boosta records the parcel of ${name}`,
      to: move(world, at, 'shipped', setting, { proof: 'parcel', stock: 'left' }),
    };
}

/** What the warehouse does by hand with an order that Boosta knows to be there is for reconcile to find. */
function hasGoodNews({ at: step, dispatch, answer }: Sender, at: number): boolean {
  return dispatch === at && (step === 'found' || answer === 'done');
}

export function cancelled(world: World, at: number): World {
  const { open } = dispatchAt(world, at).wms;
  return open > 0 ? changedLedger(world, at, { open: 0, cancelled: true }) : world;
}

function* timePasses(world: World, at: number, row: Dispatch, setting: Setting): Generator<Step> {
  if (row.lease === 'running')
    yield { says: `The lease of generation ${at + 1} ends`, to: changed(world, at, { lease: 'ended' }) };
  if (row.lease !== 'ended') return;
  const settled = changed(world, at, { lease: 'settled' });
  yield {
    says: `The settling time of generation ${at + 1} is over`,
    to: setting.time === 'bounded' ? nothingIsUnderWay(settled, at, setting) : settled,
  };
}

/** Time is bounded: what has not arrived by now never does, and what has is listed. */
function nothingIsUnderWay(world: World, at: number, setting: Setting): World {
  const waiting = (sender: Sender) => sender.dispatch === at && sender.at === 'waiting';
  const told = world.senders.reduce(
    (before, sender, index) => (waiting(sender) ? tell(before, index, sender, 'unknown', setting) : before),
    world,
  );
  return changedLedger(told, at, { lateCreates: 0, listed: true });
}
