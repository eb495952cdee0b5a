import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookOrder } from '../../sandbox/marketplaces/book-order';
import { OrderBook } from '../../sandbox/marketplaces/order-book';

const START = Date.parse('2026-11-21T00:00:00Z');

describe("a marketplace's book", () => {
  let dataDir: string;
  let now: number;
  let book: OrderBook;
  const open = () => new OrderBook({ dataDir, name: 'market', clock: () => now });
  const emit = (orders = 40, overSeconds = 0) =>
    book.record({
      type: 'day',
      seed: 3,
      orders,
      overSeconds,
      date: '2026-11-20',
      channels: ['coupang'],
      startedAt: now,
    });
  const kept = (): BookOrder => {
    const found = book.offered().find(({ order }) => order.cancellation === null);
    if (found === undefined) throw new Error('no order');
    return found;
  };

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'boosta-book-'));
    now = START;
    book = open();
  });
  afterEach(() => {
    book.close();
    rmSync(dataDir, { recursive: true });
  });

  it('offers its orders one after the other, and each once', () => {
    emit(40, 400);
    now += 100_000;
    expect(book.offered().length).toBeLessThan(15);
    now += 400_000;
    expect(book.offered()).toHaveLength(40);
    emit(50);
    expect(book.offered()).toHaveLength(50);
    expect(new Set(book.offered().map(({ order }) => order.orderNumber)).size).toBe(50);
  });

  it('is the same after a restart, serials, claims and tracking numbers included', () => {
    emit();
    const { serial, order } = kept();
    const lineNumber = order.lines[0]?.lineNumber ?? '';
    book.record({ type: 'acknowledge', at: now, serials: [serial] });
    book.record({ type: 'invoice', at: now, serial, lineNumber, carrierCode: 'X', number: '1' });
    book.record({
      type: 'claim',
      at: now + 1,
      orderNumber: order.orderNumber,
      kind: 'return',
      state: 'requested',
    });
    now += 1_000;
    const before = JSON.stringify(book.claims().map(({ claim }) => claim));
    book.close();
    book = open();
    expect(book.bySerial(serial)?.order).toEqual(order);
    expect(book.bySerial(serial)?.invoicesOf(lineNumber)).toHaveLength(1);
    expect(JSON.stringify(book.claims().map(({ claim }) => claim))).toBe(before);
  });

  it('takes what a customer cancels off at once before it was taken over, and after it only once it is settled', () => {
    emit();
    const found = kept();
    const [line] = found.order.lines;
    if (line === undefined) throw new Error('no line');
    const claim = () =>
      book.record({
        type: 'claim',
        at: now,
        orderNumber: found.order.orderNumber,
        kind: 'cancellation',
        state: 'requested',
      });
    book.record({ type: 'acknowledge', at: now, serials: [found.serial] });
    claim();
    expect(found.cancelledUnits(line, now)).toBe(0);
    const claimId = found.claims[0]?.claimId ?? '';
    book.record({ type: 'claim-state', at: now, claimId, state: 'done', answered: true });
    expect(found.isCancelled(now)).toBe(true);
  });

  it('lets nobody cancel what has left', () => {
    emit();
    const { serial, order } = kept();
    const lineNumber = order.lines[0]?.lineNumber ?? '';
    book.record({ type: 'invoice', at: now, serial, lineNumber, carrierCode: 'X', number: '1' });
    const { orderNumber } = order;
    book.record({ type: 'claim', at: now + 1, orderNumber, kind: 'cancellation', state: 'requested' });
    now += 10;
    expect(book.claims().filter((each) => each.order.serial === serial)).toEqual([]);
  });
});
