import type { ClaimedLine, ClaimKind } from '../../../domain/claim';
import type { StandardOrder, TimeWindow } from '../../../domain/order';
import type { EmittedLine, EmittedOrder } from '../../../sandbox/generator/generate-day';
import type { StandIn } from '../../../sandbox/stand-in/stand-in';

type Settings = Readonly<Record<string, unknown>>;

/** A stand-in with some orders, what a connection to it is set to, and its own books. */
export interface SourceFixture {
  readonly standIn: StandIn;
  readonly settings: Settings;
  /** The same with a secret that is wrong, and the word that it must not be quoted by. */
  readonly wrongSecret: { readonly settings: Settings; readonly secret: string };
  /** Names of the stand-in's endpoints, for faults. */
  readonly ordersEndpoint: string;
  readonly uploadsEndpoint: string;
  readonly orders: readonly EmittedOrder[];
  /** Covers all of them. */
  readonly window: TimeWindow;
  /** Offers a record that cannot be read; its id. */
  emitBroken(): Promise<string>;
  /** Tracking numbers of a line in the stand-in's own books, the last one last. */
  trackingOf(order: EmittedOrder, line: EmittedLine): Promise<string[]>;
  stop(): Promise<void>;

  /** The order as this source can tell it, where it cannot tell all (no second phone number, say). */
  told?(order: StandardOrder): StandardOrder;
  /** Ends the token or session that the adapter holds, as its time-out would. */
  expireSession?(): Promise<void>;
  /** What the stand-in's own books say and take, where it is a marketplace's. */
  readonly market?: MarketFixture;
}

export interface MarketFixture {
  isAcknowledged(order: EmittedOrder): Promise<boolean>;
  /** A customer changes the address. */
  moveTo(order: EmittedOrder, address: string): Promise<void>;
  /** A customer makes a claim. */
  claim(order: EmittedOrder, kind: ClaimKind, lines?: readonly ClaimedLine[]): Promise<void>;
  /** States of an order's claims, the newest last, and whether the seller has answered each. */
  claimsOf(order: EmittedOrder): Promise<{ state: string; answered: boolean }[]>;
  stockOf(listing: string): Promise<number | undefined>;
}
