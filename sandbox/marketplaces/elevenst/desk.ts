import { knownMatches, newDeals } from '../../catalogue';
import type { EmittedLine } from '../../generator/generate-day';
import type { Settings } from '../../stand-in/settings';
import type { BookOrder } from '../book-order';
import { listingOf, type OrderBook } from '../order-book';
import { dlvNoOf, linesOf, ordNoOf } from './rows';
import type { settingsSchema } from './settings';

/** The book as 11st's numbers find their way in it. */
export class Desk {
  /** 상품번호 of everything that is sold. */
  readonly products: ReadonlySet<string>;
  /** Lines taken over while others of their order are not: the book knows whole orders only. */
  readonly #taken = new Map<number, Set<string>>();

  constructor(
    readonly book: OrderBook,
    private readonly knobs: Settings<typeof settingsSchema>,
  ) {
    const ours = [...knownMatches, ...newDeals].filter(({ channel }) => channel === '11st');
    this.products = new Set(ours.map((deal) => listingOf('11st', deal)));
  }

  get settings() {
    return this.knobs.value;
  }

  byOrdNo(ordNo: string): BookOrder | undefined {
    return this.book.offered().find((order) => ordNoOf(order) === ordNo);
  }

  byDlvNo(dlvNo: string): BookOrder | undefined {
    return this.book.offered().find((order) => dlvNoOf(order) === dlvNo);
  }

  isTaken({ serial, acknowledgedAt }: BookOrder, { lineNumber }: EmittedLine): boolean {
    return acknowledgedAt !== null || (this.#taken.get(serial)?.has(lineNumber) ?? false);
  }

  /** 발주확인 of a line; the order is taken over with its last one. */
  take(order: BookOrder, line: EmittedLine): void {
    const now = this.book.clock();
    this.#taken.set(order.serial, (this.#taken.get(order.serial) ?? new Set()).add(line.lineNumber));
    const open = linesOf(order).filter((each) => order.cancelledUnits(each, now) < each.quantity);
    if (open.every((each) => this.isTaken(order, each)))
      this.book.record({ type: 'acknowledge', at: now, serials: [order.serial] });
  }

  /** Whether another order has gone out under this tracking number. */
  isUsed(invoice: string, by: BookOrder): boolean {
    return this.book
      .offered()
      .some(
        (order) =>
          order !== by &&
          linesOf(order).some((line) =>
            order.invoicesOf(line.lineNumber).some(({ number }) => number === invoice),
          ),
      );
  }

  ship(order: BookOrder, line: EmittedLine, carrierCode: string, number: string): void {
    const { serial } = order;
    const at = this.book.clock();
    this.book.record({ type: 'invoice', at, serial, lineNumber: line.lineNumber, carrierCode, number });
  }
}
