import type { ClaimedLine, ClaimKind, ClaimState } from '../../domain/claim';
import type { EmittedLine, EmittedOrder } from '../generator/generate-day';

export interface Invoice {
  readonly at: number;
  readonly carrierCode: string;
  readonly number: string;
}

/** What a customer asks for after ordering; the marketplace's numbers of it are made of `claimId`. */
export class BookClaim {
  /** Epoch milliseconds of the last change. */
  changedAt: number;
  /** The seller has said what became of it. */
  answered = false;

  constructor(
    readonly claimId: string,
    readonly kind: ClaimKind,
    readonly at: number,
    readonly lines: readonly ClaimedLine[],
    public state: ClaimState,
  ) {
    this.changedAt = at;
  }
}

/**
 * An order as a marketplace has it. `serial` is unique and stays: the marketplace's numbers of order, parcel
 * and lines are made of it.
 */
export class BookOrder {
  recipient: EmittedOrder['recipient'];
  acknowledgedAt: number | null = null;
  /** Somebody has been shown it. */
  read = false;
  /** Epoch milliseconds of the last change of anything. */
  changedAt: number;
  readonly claims: BookClaim[] = [];
  readonly #invoices = new Map<string, Invoice[]>();

  constructor(
    readonly order: EmittedOrder,
    readonly serial: number,
    /** When it was paid, from when on it is offered, in epoch milliseconds. */
    readonly offeredAt: number,
    /** To be written so that nobody can read it. */
    readonly broken: boolean,
  ) {
    this.recipient = order.recipient;
    this.changedAt = offeredAt;
  }

  /** Tracking numbers of a line, the one that counts last. */
  invoicesOf(lineNumber: string): readonly Invoice[] {
    return this.#invoices.get(lineNumber) ?? [];
  }

  get isShipped(): boolean {
    return this.#invoices.size > 0;
  }

  ship(lineNumber: string, invoice: Invoice): void {
    this.#invoices.set(lineNumber, [...this.invoicesOf(lineNumber), invoice]);
    this.changedAt = invoice.at;
  }

  /** Claims that have been made by now: what has left cannot be cancelled any more. */
  claimsBy(now: number): BookClaim[] {
    return this.claims.filter(
      ({ kind, at }) => at <= now && !(kind === 'cancellation' && this.#hasLeftBy(at)),
    );
  }

  /** Before the seller has taken the order over, a cancellation needs nobody's consent. */
  stateOf({ kind, state, at }: BookClaim): ClaimState {
    const isTaken = this.acknowledgedAt !== null && this.acknowledgedAt <= at;
    return kind === 'cancellation' && state === 'requested' && !isTaken ? 'done' : state;
  }

  /** Units of a line that the marketplace has taken off the order by now: a request counts once it is settled. */
  cancelledUnits(line: EmittedLine, now: number): number {
    const claimed = this.claimsBy(now)
      .filter((claim) => claim.kind === 'cancellation' && this.stateOf(claim) === 'done')
      .flatMap(({ lines }) => lines.filter(({ lineNumber }) => lineNumber === line.lineNumber));
    return Math.min(
      line.quantity,
      claimed.reduce((sum, { quantity }) => sum + quantity, 0),
    );
  }

  isCancelled(now: number): boolean {
    return this.order.lines.every((line) => this.cancelledUnits(line, now) === line.quantity);
  }

  #hasLeftBy(at: number): boolean {
    return [...this.#invoices.values()].some(([first]) => first !== undefined && first.at < at);
  }
}
