import type { Carrier } from '../../domain/carrier';
import type { Told } from '../../domain/claim';
import type { TimeWindow } from '../../domain/order';
import type { Exchange, Outcome } from '../outcome';

/** What a source can do; the flow and the table of `boosta sources kinds` follow from this alone. */
export interface SourceCapabilities {
  /** Whether it is read on a schedule; otherwise a person gives it its records. */
  readonly collects: boolean;
  /** The longest window one call may ask for. */
  readonly maxWindowHours: number;
  /** So many days back it can be read at most; null where no limit is known. */
  readonly lookBackDays: number | null;
  /**
   * How the source learns that we have an order. `by-reading`: a lost answer is not offered as new again, so
   * that windows are read by date. `by-call`: `acknowledge` tells it, at most so many records a call.
   */
  readonly acknowledges: 'by-reading' | 'not-at-all' | { readonly perCall: number };
  /** What customers take back, as far as the source tells of it. */
  readonly cancellations: {
    readonly beforeShipping: boolean;
    /** Claims on what has shipped: returns, exchanges. */
    readonly afterShipping: boolean;
    /** Units of a line; otherwise whole lines only. */
    readonly partial: boolean;
    /** Whether it wants to hear what became of a claim: `answerClaim`. */
    readonly answered: boolean;
  };
  /** Tracking numbers a call; 0: it takes none. */
  readonly uploadsPerCall: number;
  /** Whether a number that was uploaded can be replaced. */
  readonly correctsTracking: boolean;
  /** Listings a call whose stock can be set; 0: it takes none. */
  readonly stockPerCall: number;
  /** The source's own limit over all workers, a connection may set a lower one; null: none is known. */
  readonly callsPerMinute: number | null;
}

/** One record exactly as it came: an order, a part of one, or a claim. */
export interface FetchedRecord {
  /** The source's own number of the record, unique over all it offers; at most 120 ASCII characters. */
  readonly recordId: string;
  readonly body: Uint8Array;
  /**
   * A hash (hex, at most 64 characters) of what means something in the body: the same record read again
   * has the same one, also where reading or shipping it has moved a status on.
   */
  readonly contentHash: string;
}

export interface FetchedPage {
  readonly records: readonly FetchedRecord[];
  /** Where reading the same window goes on after this page; holds no personal data. None on the last page. */
  readonly next?: string;
  /** How many records the source says the window holds, where it says so. */
  readonly announced?: number;
}

/** What an outside system says to a call that tells it something. */
export interface Reply {
  readonly outcome: Outcome;
  readonly exchange: Exchange;
}

/** One parcel's tracking number, on its way back to the source. */
export interface TrackingUpload {
  /** The source's own numbers of the records that were in the parcel. */
  readonly recordIds: readonly string[];
  readonly carrier: Carrier;
  readonly trackingNumber: string;
  readonly shippedAt: Date;
}

/** What became of a cancellation that a customer has asked for. */
export interface ClaimAnswer {
  /** The source's own number of the record that told of the claim. */
  readonly recordId: string;
  /** The record as it came. */
  readonly body: Uint8Array;
  readonly answer:
    | { readonly kind: 'stopped' }
    | {
        readonly kind: 'shipped';
        readonly carrier: Carrier;
        readonly trackingNumber: string;
        readonly shippedAt: Date;
      };
}

/** How many units of a listing may be sold. */
export interface ListingStock {
  readonly listing: string;
  readonly quantity: number;
}

/** Where orders are collected from, as one account of ours sees it. Each call is tried once. */
export interface Source {
  readonly capabilities: SourceCapabilities;
  /**
   * Every record that the source holds for the window (at most `maxWindowHours`), new or read before, orders
   * and claims, in pages. A response that cannot be cut into records comes as one record, so that nothing is lost.
   *
   * @param from where an earlier reading of the same window stopped: a page's `next`.
   * @throws OutsideUnavailable when the source did not answer; the window is then read again from there.
   */
  fetchRecords(window: TimeWindow, from?: string): AsyncIterable<FetchedPage>;
  /** @throws UndecodableRecord naming the field. Pure: the same bytes give the same. */
  decode(body: Uint8Array): Told;
  /** One call with at most `uploadsPerCall` parcels; a reply for each, in the same order. Safe to repeat. */
  uploadTracking(uploads: readonly TrackingUpload[]): Promise<Reply[]>;
  /**
   * Where `acknowledges` is by call: tells the source that we have these records, a reply for each, in the same
   * order. `refused` where the source no longer hands the order over (it was cancelled). Safe to repeat.
   */
  acknowledge?(recordIds: readonly string[]): Promise<Reply[]>;
  /**
   * The same records as they are now: what the customer could change until they were acknowledged. One that
   * the source does not show any more is left out.
   *
   * @throws OutsideUnavailable when the source did not answer.
   */
  reread?(recordIds: readonly string[]): Promise<FetchedRecord[]>;
  /** Where `cancellations.answered`: tells what became of a claim. Safe to repeat. */
  answerClaim?(answer: ClaimAnswer): Promise<Reply>;
  /** Where `stockPerCall` is not 0: sets what may be sold, a reply for each, in the same order. Safe to repeat. */
  pushStock?(levels: readonly ListingStock[]): Promise<Reply[]>;
  /** Frees what the source listens on. */
  close(): Promise<void>;
}

/** A token or session that all workers share, where a source allows few logins. */
export interface SharedSession {
  /** Undefined where there is none, or it has ended. */
  read(): Promise<string | undefined>;
  keep(session: string, endsAt: Date): Promise<void>;
}

/** What the house lends to an adapter. */
export interface SourceTools {
  /**
   * To be awaited before each call: resolves when the limit leaves one, over all workers.
   */
  permit(): Promise<void>;
  readonly session: SharedSession;
}

/** How a kind of source is plugged in: one folder, one line in the registry. */
export interface SourceAdapter {
  readonly name: string;
  readonly capabilities: SourceCapabilities;
  /** @throws ZodError naming the setting that does not fit. */
  connect(settings: unknown, tools: SourceTools): Promise<Source>;
}
