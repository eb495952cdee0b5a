import { join } from 'node:path';
import { type EmittedOrder, generateDay } from '../generator/generate-day';
import { Journal } from '../stand-in/journal';
import { BookClaim, BookOrder } from './book-order';
import { type Day, type Entry, entrySchema } from './entries';

export { listingOf } from '../listings';

export interface OrderBookOptions {
  readonly dataDir: string;
  readonly name: string;
  readonly clock?: () => number;
}

/**
 * The orders of a marketplace with their claims, tracking numbers and stock, whatever it calls them. Days are
 * generated anew from their seed at every start, and an order is there from its moment on: nothing runs in the
 * background. What changes an order goes through {@link record}, and so to disk first.
 */
export class OrderBook {
  readonly clock: () => number;
  readonly days: Day[] = [];
  readonly stock = new Map<string, number>();
  readonly #orders: BookOrder[] = [];
  readonly #byNumber = new Map<string, BookOrder>();
  readonly #claims = new Map<string, { claim: BookClaim; order: BookOrder }>();
  readonly #journal: Journal<Entry>;

  constructor({ dataDir, name, clock = Date.now }: OrderBookOptions) {
    this.clock = clock;
    this.#journal = new Journal(join(dataDir, `${name}.journal`), entrySchema, (entry) => this.#apply(entry));
  }

  close(): void {
    this.#journal.close();
  }

  record(entry: Entry): void {
    this.#journal.record(entry);
  }

  /** What has been offered by now, the oldest first; what was taken back before it could be shown, too. */
  offered(): BookOrder[] {
    const now = this.clock();
    return this.#orders.filter(({ offeredAt }) => offeredAt <= now);
  }

  /** Orders whose moment is still to come. */
  get stillToCome(): number {
    return this.#orders.length - this.offered().length;
  }

  bySerial(serial: number): BookOrder | undefined {
    return this.#orders[serial - 1];
  }

  byNumber(orderNumber: string): BookOrder | undefined {
    return this.#byNumber.get(orderNumber);
  }

  /** Claims that have been made by now, with their orders, the oldest first. */
  claims(): { claim: BookClaim; order: BookOrder }[] {
    const now = this.clock();
    return [...this.#claims.values()]
      .filter(({ claim, order }) => order.claimsBy(now).includes(claim))
      .sort((a, b) => a.claim.at - b.claim.at);
  }

  claim(claimId: string): { claim: BookClaim; order: BookOrder } | undefined {
    return this.#claims.get(claimId);
  }

  markRead(orders: readonly BookOrder[]): void {
    const serials = orders.filter(({ read }) => !read).map(({ serial }) => serial);
    if (serials.length > 0) this.record({ type: 'read', serials });
  }

  #apply(entry: Entry): void {
    switch (entry.type) {
      case 'day':
        return this.#addDay(entry);
      case 'broken': {
        const date = new Date(entry.at).toISOString().slice(0, 10);
        const channels = this.days.at(-1)?.channels ?? ['coupang' as const];
        const [order] = generateDay({ seed: 900 + this.#orders.length, orders: 1, date, channels });
        return order && this.#add({ ...order, cancellation: null }, entry.at, true);
      }
      case 'read':
        for (const order of this.#each(entry.serials)) order.read = true;
        return;
      case 'acknowledge':
        for (const order of this.#each(entry.serials)) {
          order.acknowledgedAt ??= entry.at;
          order.changedAt = entry.at;
        }
        return;
      case 'invoice':
        return this.bySerial(entry.serial)?.ship(entry.lineNumber, entry);
      case 'address': {
        const order = this.byNumber(entry.orderNumber);
        if (order === undefined) return;
        order.recipient = { ...order.recipient, address: entry.address };
        order.changedAt = entry.at;
        return;
      }
      case 'claim': {
        const order = this.byNumber(entry.orderNumber);
        if (order === undefined) return;
        const lines =
          entry.lines ?? order.order.lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));
        return this.#addClaim(order, new BookClaim('', entry.kind, entry.at, lines, entry.state));
      }
      case 'claim-state': {
        const known = this.#claims.get(entry.claimId);
        if (known === undefined) return;
        const { claim, order } = known;
        claim.state = entry.state;
        claim.answered ||= entry.answered;
        claim.changedAt = entry.at;
        order.changedAt = entry.at;
        return;
      }
      case 'stock':
        this.stock.set(entry.listing, entry.quantity);
    }
  }

  #addDay(day: Day): void {
    this.days.push(day);
    const orders = generateDay(day);
    const stepMs = (day.overSeconds * 1_000) / Math.max(1, orders.length);
    for (const [index, order] of orders.entries()) {
      // A seed gives the same orders again: a longer day of it adds those that are missing.
      if (!this.#byNumber.has(order.orderNumber))
        this.#add(order, Math.round(day.startedAt + index * stepMs), false);
    }
  }

  #add(order: EmittedOrder, offeredAt: number, broken: boolean): void {
    const entry = new BookOrder(order, this.#orders.length + 1, offeredAt, broken);
    this.#orders.push(entry);
    this.#byNumber.set(order.orderNumber, entry);
    const { cancellation, lines } = order;
    if (cancellation === null) return;
    const claimed = lines
      .filter(({ lineNumber }) => cancellation.lineNumbers.includes(lineNumber))
      .map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));
    const at = offeredAt + cancellation.afterSeconds * 1_000;
    const state = cancellation.afterSeconds === 0 ? 'done' : 'requested';
    this.#addClaim(entry, new BookClaim('', 'cancellation', at, claimed, state));
  }

  #addClaim(order: BookOrder, { kind, at, lines, state }: BookClaim): void {
    const claimId = String(50_000_000 + this.#claims.size + 1);
    const claim = new BookClaim(claimId, kind, at, lines, state);
    order.claims.push(claim);
    if (at <= this.clock()) order.changedAt = Math.max(order.changedAt, at);
    this.#claims.set(claimId, { claim, order });
  }

  #each(serials: readonly number[]): BookOrder[] {
    return serials.flatMap((serial) => this.bySerial(serial) ?? []);
  }
}
