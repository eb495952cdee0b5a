import { z } from 'zod';
import { orderKey } from '../../domain/order-key';
import { seoulDay } from '../../domain/seoul';
import type { Channel } from '../catalogue';
import { json, jsonBody, type Route } from '../stand-in/message';
import type { BookOrder } from './book-order';
import { addressSchema, claimSchema, daySchema } from './entries';
import type { OrderBook } from './order-book';

const DAY_MS = 86_400_000;

/**
 * What every marketplace takes as commands: `POST /admin/days|claims|claim-states|addresses|broken`.
 *
 * @param channels those it sells on.
 */
export function marketplaceRoutes(book: OrderBook, channels: readonly Channel[]): Route[] {
  const dayInput = daySchema.partial({ date: true, channels: true });
  return [
    route('/admin/days', (body) => {
      const day = dayInput.parse(body);
      const now = book.clock();
      const sameSeed = book.days.filter(({ seed }) => seed === day.seed);
      const known = sameSeed.find(({ orders }) => orders === day.orders);
      if (known) return { ...known, isNew: false };
      const date = day.date ?? sameSeed[0]?.date ?? seoulDay(new Date(now - DAY_MS));
      const entry = {
        type: 'day' as const,
        ...day,
        date,
        channels: day.channels ?? [...channels],
        startedAt: now,
      };
      book.record(entry);
      return { ...entry, isNew: true };
    }),
    route('/admin/claims', (body) => {
      const claim = claimSchema.parse(body);
      const order = book.byNumber(claim.orderNumber);
      if (order === undefined) return { claimId: null };
      book.record({ type: 'claim', at: book.clock(), ...claim });
      return { claimId: order.claims.at(-1)?.claimId ?? null };
    }),
    route('/admin/claim-states', (body) => {
      const change = z
        .strictObject({ claimId: z.string(), state: z.enum(['done', 'withdrawn']) })
        .parse(body);
      book.record({ type: 'claim-state', at: book.clock(), answered: false, ...change });
      return change;
    }),
    route('/admin/addresses', (body) => {
      const change = addressSchema.parse(body);
      book.record({ type: 'address', at: book.clock(), ...change });
      return change;
    }),
    route('/admin/broken', () => {
      book.record({ type: 'broken', at: book.clock() });
      return { serial: book.offered().at(-1)?.serial };
    }),
  ];
}

function route(path: string, answer: (body: unknown) => unknown): Route {
  return {
    method: 'POST',
    path,
    endpoint: 'admin',
    handle: (request) => json(200, answer(jsonBody(request))),
  };
}

/**
 * `GET /admin/ledger`: all that was offered, with what became of it. `?summary=1` counts only, `?keys=1` adds
 * the order keys. What a customer took back before anybody was shown it was never offered.
 */
export function marketplaceLedger(book: OrderBook, query: URLSearchParams): unknown {
  const now = book.clock();
  const offered = book.offered().filter((order) => order.read || order.broken || !order.isCancelled(now));
  const summary = {
    orders: offered.length,
    ordersCancelled: offered.filter((order) => order.isCancelled(now)).length,
    linesStillToCome: book.stillToCome,
  };
  if (query.get('keys') === '1') return { ...summary, keys: offered.map(keyOf) };
  if (query.get('summary') === '1') return summary;
  return {
    ...summary,
    entries: offered.map((order) => entry(order, now)),
    claims: book.claims().map(({ claim, order }) => ({
      claimId: claim.claimId,
      key: keyOf(order),
      kind: claim.kind,
      lines: claim.lines,
      state: order.stateOf(claim),
      answered: claim.answered,
    })),
    stock: Object.fromEntries(book.stock),
  };
}

function keyOf({ order, broken, serial }: BookOrder): string {
  return broken ? `unreadable ${serial}` : orderKey(order.channel, order.orderNumber);
}

function entry(order: BookOrder, now: number) {
  const { name, postcode, address } = order.recipient;
  return {
    key: keyOf(order),
    serial: order.serial,
    acknowledged: order.acknowledgedAt !== null,
    recipient: { name, postcode, address },
    lines: order.order.lines.map((line) => ({
      lineNumber: line.lineNumber,
      deal: line.deal,
      option: line.option,
      quantity: line.quantity,
      cancelledQuantity: order.cancelledUnits(line, now),
      invoices: order.invoicesOf(line.lineNumber).map(({ carrierCode, number }) => ({ carrierCode, number })),
    })),
  };
}
