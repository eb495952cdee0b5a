import { orUnavailable } from '../../json-call';
import { type Exchange, type NotReceived, OutsideUnavailable } from '../../outcome';
import type { Reply } from '../source';
import type { Wing } from './client';
import { type Errand, numberOf } from './errand';
import { type Parcel, readParcel } from './parcel';

/** Before anything is told: whoever cannot be looked at has certainly not heard of it. */
export async function look(wing: Wing, errand: Errand): Promise<Errand> {
  const parcel = await orUnavailable(readParcel(wing, errand.recordId));
  if (parcel instanceof OutsideUnavailable) return replied(errand, notReceived(parcel), null);
  if ('kind' in parcel) return replied(errand, parcel, parcel.reason);
  if (isTold(errand, parcel)) return done(errand, parcel);
  const isWanted = parcel.orderItems.some(({ cancelCount, shippingCount }) => cancelCount < shippingCount);
  if (isWanted) return { ...errand, parcel };
  return replied(errand, { kind: 'refused', reason: 'all of it is cancelled' }, parcel.status);
}

/** Who refuses may have heard of it before: in a call whose answer was lost, or one that was acted on twice. */
export async function lookAgain(wing: Wing, errand: Errand): Promise<Errand> {
  const { parcel, reply } = errand;
  if (parcel === undefined || reply?.outcome.kind !== 'refused') return errand;
  const now = await orUnavailable(readParcel(wing, errand.recordId));
  if (now instanceof OutsideUnavailable)
    return { ...errand, reply: { ...reply, outcome: { kind: 'unknown', reason: now.message } } };
  return !('kind' in now) && isTold(errand, now) ? done(errand, now) : errand;
}

/** A carrier alone that is another is not corrected: a sheet names it in words only. */
function isTold({ upload }: Errand, { invoiceNumber }: Parcel): boolean {
  return invoiceNumber === numberOf(upload);
}

function done(errand: Errand, { status, invoiceNumber }: Parcel): Errand {
  return replied(errand, { kind: 'done' }, `${status}, invoiceNumber ${invoiceNumber ?? ''}`);
}

/** What the sheet holds besides is the customer's, and no evidence of this. */
function replied(errand: Errand, outcome: Reply['outcome'], response: string | null): Errand {
  const exchange: Exchange = { request: `GET ${errand.recordId}`, response, status: null };
  return { ...errand, reply: { outcome, exchange } };
}

function notReceived({ message: reason, retryAfterMs }: OutsideUnavailable): NotReceived {
  return { kind: 'not-received', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
