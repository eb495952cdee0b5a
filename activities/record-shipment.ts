import type { Database, Db } from '../db/database';
import { driverError, isDataException } from '../db/errors';
import { type LockedDispatch, lockDispatches } from '../db/queries/dispatches';
import { insertShipment } from '../db/queries/shipments';
import { openTask, type TaskSubject } from '../db/queries/tasks';
import { inTransaction } from '../db/transaction';
import { dispatchIdOf } from '../domain/dispatch-id';
import { isOver } from '../domain/dispatch-protocol';
import { runTogether } from './run-together';
import { type Fresh, takeParcels } from './take-parcels';
import type { WmsShipment } from './wms/wms';

export type Recorded =
  | { readonly kind: 'new'; readonly orderKeys: readonly string[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'unmatched' }
  /** Not one of ours: the account ships for others, too. */
  | { readonly kind: 'foreign' };

/** A parcel under a code of ours. */
interface Parcel {
  readonly id: string;
  readonly given: WmsShipment;
}

/**
 * Writes parcels down, once: what each held of which lines, what left the stock, what is to be reported. Those that
 * come together share a transaction. One under our code that belongs nowhere, or that no column takes, is a task.
 *
 * @returns what each came to, in their order.
 */
export async function recordShipments(
  database: Database,
  wms: string,
  shipments: readonly WmsShipment[],
): Promise<PromiseSettledResult<Recorded>[]> {
  const codeOf = ({ code }: WmsShipment) => code;
  return runTogether(shipments, codeOf, async (some) => {
    const parcels = some.flatMap((given) => {
      const id = dispatchIdOf(given.code);
      return id === undefined ? [] : [{ id, given }];
    });
    const recorded = await recordOurs(database, wms, parcels);
    return some.map((given) => recorded.get(given) ?? { kind: 'foreign' });
  });
}

export async function recordShipment(database: Database, wms: string, given: WmsShipment): Promise<Recorded> {
  const [recorded] = await recordShipments(database, wms, [given]);
  if (recorded?.status === 'fulfilled') return recorded.value;
  throw recorded?.reason;
}

type ByParcel = Map<WmsShipment, Recorded>;

async function recordOurs(database: Database, wms: string, parcels: readonly Parcel[]): Promise<ByParcel> {
  const [first] = parcels;
  if (first === undefined) return new Map();
  try {
    return await inTransaction(database, (tx) => record(tx, wms, parcels));
  } catch (error) {
    if (parcels.length > 1 || !isDataException(error)) throw error;
    const why = `it cannot be recorded (${driverError(error)?.code})`;
    const task = await inTransaction(database, (tx) =>
      unmatched(tx, { connectionId: wms }, wms, first.given, why),
    );
    return new Map([[first.given, task]]);
  }
}

async function record(tx: Db, wms: string, parcels: readonly Parcel[]): Promise<ByParcel> {
  const rows = await lockDispatches(
    tx,
    parcels.map(({ id }) => id),
  );
  const recorded: ByParcel = new Map();
  const fresh: Fresh[] = [];
  for (const { id, given } of parcels) {
    const dispatch = rows.find((row) => row.id === id);
    if (dispatch === undefined) {
      recorded.set(given, await unmatched(tx, { connectionId: wms }, wms, given, 'no such dispatch'));
      continue;
    }
    const shipment = await insertShipment(tx, { ...given, wms, dispatchId: id });
    if (shipment.kind !== 'new') recorded.set(given, { kind: 'known' });
    else if (isOver(dispatch.state)) {
      const why = `the dispatch is ${dispatch.state}`;
      recorded.set(given, await unmatched(tx, subjectOf(dispatch), wms, given, why));
    } else fresh.push({ given, dispatch, shipmentId: shipment.id });
  }
  const taken = await takeParcels(tx, fresh);
  for (const { given, dispatch } of fresh) {
    const orderKeys = taken.get(given);
    recorded.set(
      given,
      orderKeys === undefined
        ? await unmatched(tx, subjectOf(dispatch), wms, given, 'nothing in it was asked for')
        : { kind: 'new', orderKeys },
    );
  }
  return recorded;
}

function subjectOf({ leadOrderKey: orderKey }: LockedDispatch): TaskSubject {
  return { orderKey };
}

async function unmatched(
  tx: Db,
  subject: TaskSubject,
  wms: string,
  given: WmsShipment,
  why: string,
): Promise<Recorded> {
  const reason = `${wms} shipped ${given.shipmentId} under ${given.code}: ${why}`;
  await openTask(tx, 'shipment_unmatched', { ...subject, part: given.shipmentId }, reason);
  return { kind: 'unmatched' };
}
