/** The one standard form that every source's orders are brought to. */

/** Personal data: kept in MySQL only, never in Temporal and never in a log. */
export interface Recipient {
  readonly name: string;
  readonly phone: string;
  /** A second number; often a 050 safe number that differs from order to order. */
  readonly phone2: string | null;
  readonly postcode: string;
  readonly address: string;
  readonly deliveryMessage: string | null;
}

export interface OrderLine {
  /** The channel's own line number, unique within the order. */
  readonly lineNumber: string;
  /** 딜: the channel's product wording. */
  readonly deal: string;
  /** The channel's option wording; empty when the deal has none. */
  readonly option: string;
  /** Ordered units of the deal. */
  readonly quantity: number;
  /** How many of them the customer has cancelled. */
  readonly cancelledQuantity: number;
  /** What the customer paid for the whole line before {@link discount}, in KRW. */
  readonly amount: bigint;
  /** What the seller bore of it, in KRW. */
  readonly discount: bigint;
  /** The channel's own number of what is sold, under which its stock is kept there; null where it tells none. */
  readonly listing: string | null;
}

/**
 * What one raw record says of an order. A hub gives a record per line, a marketplace one per
 * parcel or order: the parts of one order are put together by `mergeParts`.
 */
export interface OrderPart {
  readonly channel: string;
  readonly orderNumber: string;
  readonly orderedAt: Date;
  readonly recipient: Recipient;
  /** In KRW, for the whole order; the highest of the parts counts. */
  readonly shippingFee: bigint;
  /** When the channel wants it shipped by; null where the channel tells none. */
  readonly shipBy: Date | null;
  readonly lines: readonly OrderLine[];
}

export interface StandardOrder extends OrderPart {
  readonly key: string;
}

/** A half-open interval of time. */
export interface TimeWindow {
  readonly from: Date;
  readonly to: Date;
}
