import type { ParcelCarrier } from '../../domain/carrier';
import type { WmsOrder } from '../../domain/wms-order';
import type { HttpRequest } from '../http';
import type { Exchange, NotReceived, Refused, Unknown } from '../outcome';

export type { WmsOrder } from '../../domain/wms-order';

/** What a WMS promises; the dispatch protocol decides by this alone how an unknown outcome is resolved. */
export interface WmsCapabilities {
  /** When an order is sent again under its caller key: it stays one order, is refused, or nothing is promised. */
  readonly onRepeat: 'same-order' | 'refused' | 'not-promised';
  /** Whether an order can be found by its caller key, and how long after it was created at the latest. */
  readonly lookup: { readonly visibleAfterSeconds: number } | 'none';
  readonly ordersPerCall: number;
  /** The WMS's own limit; a connection may set a lower one. */
  readonly callsPerMinute: number;
  /** `available`: the WMS subtracts its own allocations before it answers. */
  readonly stock: 'on-hand' | 'available' | 'none';
  readonly cancels: boolean;
  /** Whether its orders since a moment can be listed, and how long after it was created at the latest one is. */
  readonly list: { readonly visibleAfterSeconds: number } | 'none';
  /** Whether it tells of shipments by itself; `webhook` reads what it sends then. */
  readonly webhooks: boolean;
}

/** `duplicate` is the refusal of a caller key that the WMS knows already. */
export type CreateOutcome =
  | { readonly kind: 'done'; readonly reference: string }
  | { readonly kind: 'duplicate'; readonly reason: string }
  | Refused
  | NotReceived
  | Unknown;

export interface CreateReply {
  readonly outcome: CreateOutcome;
  readonly exchange: Exchange;
}

export interface WmsOrderFound {
  /** The WMS's own number of the order. */
  readonly reference: string;
  readonly state: 'open' | 'shipped' | 'cancelled';
}

/** An order as the WMS's own list has it, to be compared with what was sent. */
export interface WmsOrderListed extends WmsOrderFound {
  /** The caller key; whatever stands in its field for an order that somebody else made. */
  readonly code: string;
}

export type CancelOutcome =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'too-late'; readonly reason: string }
  | NotReceived
  | Unknown;

export interface CancelReply {
  readonly outcome: CancelOutcome;
  readonly exchange: Exchange;
}

export interface WmsShipment {
  /** The WMS's own number of the shipment, unique within the connection. */
  readonly shipmentId: string;
  /** The caller key of the order it belongs to. */
  readonly code: string;
  /** One that the adapter does not know is told in the WMS's words: it must not hide the other parcels. */
  readonly carrier: ParcelCarrier;
  readonly trackingNumber: string;
  readonly shippedAt: Date;
  readonly items: readonly { readonly itemCode: string; readonly quantity: number }[];
}

/** A row of the WMS's list of parcels that could not be read: a person looks at it there. */
export interface UnreadableRow {
  /** What names it in the WMS. */
  readonly id: string;
  /** What is wrong with it, without what it holds. */
  readonly reason: string;
}

export interface ShipmentsRead {
  readonly shipments: readonly WmsShipment[];
  readonly unreadable: readonly UnreadableRow[];
  /** Whether the list goes on at the cursor: it is too long for one call. */
  readonly more: boolean;
  readonly cursor: string;
}

export interface WmsStockLevel {
  readonly itemCode: string;
  /** On hand or available, as the capabilities say. */
  readonly quantity: number;
  /** On its way to the warehouse or being put away there; left out where the WMS does not tell. */
  readonly incoming?: number;
}

/** What somebody sent to our address for a WMS's webhooks, byte for byte. */
export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
}

/** `unsigned`: nothing proves that it is from this WMS. `unreadable`: it is, and does not fit. */
export type WebhookReading =
  | { readonly kind: 'shipments'; readonly shipments: readonly WmsShipment[] }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface CreateOptions {
  /** The whole call, connecting and reading included, ends within this. */
  readonly timeoutMs: number;
  /** Called in the tick that hands the creating request over; when it throws, nothing is sent. */
  readonly beforeHandOver: () => void;
}

/**
 * A warehouse system, as one account of ours sees it. `create` and `cancel` answer with an outcome and
 * never throw for what the outside does; the reads throw `OutsideUnavailable`.
 */
export interface Wms {
  readonly capabilities: WmsCapabilities;
  /** One call with at most `ordersPerCall` orders; a reply for each, in the same order. */
  create(orders: readonly WmsOrder[], options: CreateOptions): Promise<CreateReply[]>;
  /**
   * The WMS's orders under this caller key, exactly; several only if something went wrong. A cancelled one
   * may be missing. Where `capabilities.lookup` is `none` it throws: that nothing is found would be untrue.
   */
  lookup(code: string): Promise<WmsOrderFound[]>;
  /**
   * Every order that the WMS has from this moment on, by its own clock, shipped ones too. It may list
   * earlier ones, and a cancelled one may be missing. Where `capabilities.list` is `none` it throws.
   */
  ordersSince(from: Date): Promise<WmsOrderListed[]>;
  /**
   * Stops an order. `cancelled` only where the WMS shows it as cancelled, says in documented words that it is,
   * or does not have any more what can only be gone by being cancelled: our units are then free to be sent
   * anew. `too-late` only where it has shipped, or can no longer be stopped by a call. Repeatable: asked again,
   * it finds out what an earlier call has done. Where `capabilities.cancels` is false, nobody calls it.
   */
  cancel(code: string, reference: string, options: CreateOptions): Promise<CancelReply>;
  /**
   * What has shipped since the cursor that the last call returned, or since a moment; of a long list, as much
   * as one call may read. A shipment may come more than once, none is left out.
   */
  shipmentsSince(from: string | Date): Promise<ShipmentsRead>;
  /** Every item's level at one moment; empty where `capabilities.stock` is `none`. */
  stock(): Promise<WmsStockLevel[]>;
  /**
   * What a webhook tells of shipments; none where it speaks of something else. Who sent it is proven first,
   * over the bytes as they came. A webhook that only points at the fact has it read from the WMS's own
   * address, never from one that it names.
   *
   * @throws OutsideUnavailable when the fact could not be read.
   */
  webhook?(request: WebhookRequest): Promise<WebhookReading>;
}

export type Permit = NonNullable<HttpRequest['permit']>;

/** How a kind of WMS is plugged in: one file, one line in the registry. */
export interface WmsAdapter {
  readonly name: string;
  readonly capabilities: WmsCapabilities;
  /**
   * What this WMS would refuse or cut of an order: a sentence each, naming the field, without what it holds.
   * Pure: nothing is sent.
   */
  preview(order: WmsOrder): readonly string[];
  /**
   * @param settings the connection's settings and secrets, checked by the adapter's own zod schema.
   * @param permit of the connection's call limit: to be handed over with every request ({@link HttpRequest}).
   * @throws ZodError naming the setting that does not fit.
   */
  connect(settings: unknown, permit: Permit): Wms;
}
