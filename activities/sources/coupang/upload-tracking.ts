import { inParallel } from '../../parallel';
import type { Reply, TrackingUpload } from '../source';
import type { Wing } from './client';
import type { Errand } from './errand';
import { look, lookAgain } from './look-at-parcel';
import { tellInvoices } from './tell-invoices';

const LOOKS_AT_ONCE = 4;

/**
 * Tells tracking numbers, by the call that a parcel's status takes. So each is looked at first, which also tells the
 * ones that have the number, and the options that a call has to name. Where several parcels of the warehouse are one
 * of Coupang's, the number that is told last counts there.
 */
export async function uploadTracking(wing: Wing, uploads: readonly TrackingUpload[]): Promise<Reply[]> {
  const errands = uploads.flatMap((upload) =>
    upload.recordIds.map((recordId): Errand => ({ upload, recordId })),
  );
  const looked = await each(errands, (errand) => look(wing, errand));
  const first = await tellInvoices(wing, 'invoices', looked);
  const told = await tellInvoices(wing, 'updateInvoices', first);
  const settled = await each(told, (errand) => lookAgain(wing, errand));
  return uploads.map((upload) => leastSettled(settled.filter((errand) => errand.upload === upload)));
}

async function each(errands: readonly Errand[], act: (errand: Errand) => Promise<Errand>): Promise<Errand[]> {
  const results = [...errands];
  await inParallel(LOOKS_AT_ONCE, [...errands.entries()], async ([index, errand]) => {
    results[index] = await act(errand);
  });
  return results;
}

const UNSETTLED = ['unknown', 'not-received', 'refused'];

/** Of several parcels with one number, the reply that most is left to do after. */
function leastSettled(errands: readonly Errand[]): Reply {
  const replies = errands.flatMap(({ reply }) => reply ?? []);
  const [first] = UNSETTLED.flatMap((kind) => replies.filter(({ outcome }) => outcome.kind === kind));
  const reply = first ?? replies[0];
  if (reply === undefined) throw new RangeError('A parcel without records cannot be told of');
  return reply;
}
