import type { Reply, TrackingUpload } from '../source';
import type { Parcel } from './parcel';

/** One of Coupang's parcels and the number that it is to have: still to be told, or with what became of it. */
export interface Errand {
  readonly upload: TrackingUpload;
  readonly recordId: string;
  readonly parcel?: Parcel;
  readonly reply?: Reply;
}

/** As Coupang takes it and shows it. */
export function numberOf({ trackingNumber }: TrackingUpload): string {
  return trackingNumber.replaceAll(/[\s-]/g, '');
}
