import type { Reply, TrackingUpload } from '../source';
import type { NaverClient } from './client';
import { DISPATCHES_PER_CALL, type Dispatch, dispatch, dispatchOf } from './dispatch';

/** A product order's dispatch, and the parcel it is in. */
interface Row {
  readonly upload: number;
  readonly dispatch: Dispatch;
}

/**
 * Tells the tracking numbers of parcels, in as few calls as Naver takes. A request of the customer's to cancel is
 * turned down by it, also one for some of the units only: what became of that has to be answered before.
 */
export async function uploadTracking(
  client: NaverClient,
  uploads: readonly TrackingUpload[],
): Promise<Reply[]> {
  const rows = uploads.flatMap((each, upload) =>
    each.recordIds.map((id) => ({ upload, dispatch: dispatchOf(id, each, client.settings) })),
  );
  const replies = uploads.map((): Reply[] => []);
  for (const together of callsOf(rows)) {
    const answers = await dispatch(
      client,
      together.map((row) => row.dispatch),
    );
    for (const [index, { upload }] of together.entries()) {
      const answer = answers[index];
      if (answer !== undefined) replies[upload]?.push(answer);
    }
  }
  return replies.map(leastSettled);
}

/** Naver refuses a call that names a product order twice: its second parcel goes in the next one. */
function callsOf(rows: readonly Row[]): Row[][] {
  const calls: Row[][] = [];
  for (const row of rows) {
    const { productOrderId } = row.dispatch;
    const open = calls.find(
      (call) =>
        call.length < DISPATCHES_PER_CALL &&
        call.every((other) => other.dispatch.productOrderId !== productOrderId),
    );
    if (open === undefined) calls.push([row]);
    else open.push(row);
  }
  return calls;
}

const MOST_LEFT_TO_DO = ['unknown', 'not-received', 'refused', 'done'] as const;

/** A parcel is told when each of its product orders is. */
function leastSettled(replies: readonly Reply[]): Reply {
  const found = MOST_LEFT_TO_DO.map((kind) => replies.find(({ outcome }) => outcome.kind === kind)).find(
    (reply) => reply !== undefined,
  );
  if (found === undefined) throw new RangeError('A parcel without a record');
  return found;
}
