import type { Carrier } from '../../domain/carrier';
import type { OrderPart, TimeWindow } from '../../domain/order';
import type { Exchange, NotReceived, Refused, Unknown } from '../outcome';

export interface SourceCapabilities {
  /** The longest window one call may ask for. */
  readonly maxWindowHours: number;
  /** Reading an order tells the source that we have it, so a lost answer is not offered as new again. */
  readonly readingAcknowledges: boolean;
  readonly uploadsPerCall: number;
}

/** One record exactly as it came. */
export interface FetchedRecord {
  /** The source's own number of the record. */
  readonly recordId: string;
  readonly body: Uint8Array;
  /**
   * A hash (hex, at most 64 characters) of what means something in the body: the same record read again
   * has the same one, also where reading or shipping it has moved a status on.
   */
  readonly contentHash: string;
}

/** One parcel's tracking number, on its way back to the source. */
export interface TrackingUpload {
  /** The source's own numbers of the records that were in the parcel. */
  readonly recordIds: readonly string[];
  readonly carrier: Carrier;
  readonly trackingNumber: string;
  readonly shippedAt: Date;
}

export interface UploadReply {
  readonly outcome: { readonly kind: 'done' } | Refused | NotReceived | Unknown;
  readonly exchange: Exchange;
}

/** Where orders are collected from, as one account of ours sees it. */
export interface Source {
  readonly capabilities: SourceCapabilities;
  /**
   * Every record that the source holds for the window (at most `maxWindowHours`), new or read before,
   * in pages. A response that cannot be cut into records comes as one record, so that nothing is lost.
   *
   * @throws OutsideUnavailable when the source did not answer; the window is then read again.
   */
  fetchOrders(window: TimeWindow): AsyncIterable<FetchedRecord[]>;
  /** @throws UndecodableRecord naming the field. Pure: the same bytes give the same part. */
  decode(body: Uint8Array): OrderPart;
  /** One call with at most `uploadsPerCall` parcels; a reply for each, in the same order. Safe to repeat. */
  uploadTracking(uploads: readonly TrackingUpload[]): Promise<UploadReply[]>;
  /** Frees what the source listens on. */
  close(): Promise<void>;
}

/** How a kind of source is plugged in: one folder, one line in the registry. */
export interface SourceAdapter {
  readonly name: string;
  readonly capabilities: SourceCapabilities;
  /** @throws ZodError naming the setting that does not fit. */
  connect(settings: unknown): Promise<Source>;
}
