import type { Database } from '../db/database';
import { dispatchesOf } from '../db/queries/dispatches';
import { findOrder, moveStage, unreadRecord } from '../db/queries/orders';
import { hasOpenParcels, type PendingUpload, pendingUploads, settleUpload } from '../db/queries/shipments';
import { closeTasks, openTask } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { type DispatchState, isOver, isUnsent } from '../domain/dispatch-protocol';
import { groupBy } from '../domain/group-by';
import type { Stage, Standing } from '../domain/stage';
import type { Deps } from './deps';
import { OutsideUnavailable } from './outcome';
import type { Reply } from './sources/source';

/** The first, short try: what does not go through at once is left to {@link uploadTracking}, which can be seen. */
export async function tryUploadTracking(deps: Deps, orderKey: string): Promise<Standing> {
  try {
    return await tellNumbers(deps, orderKey);
  } catch (error) {
    deps.log.warn({ err: error, order: orderKey }, 'first try to upload tracking failed');
    return { stage: 'booked', waiting: 'retry' };
  }
}

/**
 * Tells the source the tracking number of each parcel of an order. A number that the source refuses is
 * a task and holds nothing up; one whose outcome is unknown is sent again, which changes nothing there.
 * What the channel has told meanwhile is taken in first: some sources take no number while a customer's
 * request waits for its answer. Unless it cannot be taken in yet, since nobody knows what the WMS has.
 *
 * @throws OutsideUnavailable, to be tried again.
 */
export async function uploadTracking(deps: Deps, orderKey: string): Promise<Standing> {
  const { db } = deps.database;
  const dispatches = await dispatchesOf(db, orderKey);
  const isDoubtful = dispatches.some(({ state }) => DOUBTFUL.includes(state));
  if (!isDoubtful && (await unreadRecord(db, orderKey)) !== undefined) return { stage: 'collected' };
  return tellNumbers(deps, orderKey);
}

const DOUBTFUL: readonly DispatchState[] = ['sending', 'unknown', 'cancelling', 'cancel_unknown'];

async function tellNumbers(deps: Deps, orderKey: string): Promise<Standing> {
  const { db } = deps.database;
  const rows = await pendingUploads(db, orderKey);
  const parcels = groupBy(rows, (row) => row.shipmentId);
  await Promise.all(
    [...parcels.values()].map(async (records) => {
      const [first] = records;
      if (first === undefined) return;
      const { carrier, trackingNumber, shippedAt } = first;
      const owed = await toBeTold(deps, records);
      if (owed.length === 0) return settle(deps.database, orderKey, first, { kind: 'done' });
      if (carrier === 'other')
        return giveUp(
          deps.database,
          orderKey,
          first,
          'unknown_carrier',
          `${first.carrierName} ${trackingNumber}`,
        );
      const replies = await Promise.all(
        [...groupBy(owed, (row) => row.source)].map(([source, told]) =>
          deps.wayBack.tracking.send(source, {
            carrier,
            trackingNumber,
            shippedAt,
            recordIds: told.map((row) => row.recordId),
          }),
        ),
      );
      await settle(deps.database, orderKey, first, leastSettled(replies));
    }),
  );
  return close(deps.database, orderKey);
}

/** Who gave us a file is told nothing, and the carrier need not be known. */
async function toBeTold(
  { connections }: Deps,
  records: readonly PendingUpload[],
): Promise<readonly PendingUpload[]> {
  const owed: PendingUpload[] = [];
  for (const record of records) {
    const { capabilities } = await connections.decoder(record.source);
    if (capabilities.uploadsPerCall > 0) owed.push(record);
  }
  return owed;
}

/** The ways in which a tracking number does not reach the channel. */
const UNTOLD = {
  tracking_refused: 'The source refused the tracking number',
  unknown_carrier: 'The channel cannot be told the carrier, which Boosta does not know',
};

const MAYBE_TAKEN = 'an earlier call may have been taken';

/** Where a parcel holds records of several sources, the reply that most is left to do after. */
function leastSettled(replies: readonly Reply[]): Reply['outcome'] {
  const outcomes = replies.map((reply) => reply.outcome);
  return (
    outcomes.find(({ kind }) => kind === 'unknown' || kind === 'not-received') ??
    outcomes.find(({ kind }) => kind === 'refused') ?? { kind: 'done' }
  );
}

function subjectOf(orderKey: string, { shipmentId }: PendingUpload) {
  return { orderKey, part: String(shipmentId) };
}

/** A person takes over; the order goes on. */
async function giveUp(
  database: Database,
  orderKey: string,
  parcel: PendingUpload,
  kind: keyof typeof UNTOLD,
  why: string,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    await settleUpload(tx, orderKey, parcel.shipmentId, 'refused', why);
    await openTask(tx, kind, subjectOf(orderKey, parcel), `${UNTOLD[kind]}: ${why}`);
  });
}

async function settle(
  database: Database,
  orderKey: string,
  parcel: PendingUpload,
  outcome: Reply['outcome'],
): Promise<void> {
  const { db } = database;
  const { shipmentId } = parcel;
  switch (outcome.kind) {
    case 'done':
      await settleUpload(db, orderKey, shipmentId, 'done', null);
      if (parcel.lastReason !== null)
        await closeTasks(db, ['tracking_refused', 'unknown_carrier'], subjectOf(orderKey, parcel), 'boosta');
      return;
    case 'refused': {
      // Where an earlier call may have been taken, this does not say that the number is not there.
      const before = parcel.lastReason?.includes(MAYBE_TAKEN) === true ? `; ${MAYBE_TAKEN}` : '';
      return giveUp(database, orderKey, parcel, 'tracking_refused', `${outcome.reason}${before}`);
    }
    case 'not-received':
      throw new OutsideUnavailable('The source did not take the tracking number', outcome.retryAfterMs);
    case 'unknown':
      await settleUpload(db, orderKey, shipmentId, 'pending', MAYBE_TAKEN);
      throw new OutsideUnavailable('Whether the source took the tracking number is unknown');
  }
}

/** An order that was split may have a part that is still to be sent. */
function afterParcels(states: readonly DispatchState[], isComplete: boolean): Stage {
  if (states.some((state) => isUnsent(state) || state === 'sending' || state === 'unknown')) return 'matched';
  return isComplete ? 'done' : 'dispatched';
}

/**
 * Done when everything the order sends has shipped, is booked and told. That all has shipped is read first:
 * every parcel is there to be seen by then, also one that came while the numbers were under way.
 */
async function close({ db }: Database, orderKey: string): Promise<Standing> {
  const states = (await dispatchesOf(db, orderKey)).map((dispatch) => dispatch.state);
  const complete = states.every((state) => state === 'shipped' || isOver(state));
  const isOpen = await hasOpenParcels(db, orderKey);
  const to = afterParcels(states, complete && !isOpen);
  if (await moveStage(db, orderKey, 'booked', to)) {
    return to !== 'dispatched' || isOpen ? { stage: to } : { stage: to, waiting: 'shipment' };
  }
  const order = await findOrder(db, orderKey);
  if (order === undefined) throw new RangeError(`No order ${orderKey}`);
  return { stage: order.stage };
}
