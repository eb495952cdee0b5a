import { join } from 'node:path';
import { z } from 'zod';
import { CARRIERS, type Carrier } from '../../domain/carrier';
import { Journal } from '../stand-in/journal';
import { json, jsonBody, type Route } from '../stand-in/message';
import { itemsLeft, nextPart } from './parts';

export const itemSchema = z.strictObject({ itemCode: z.string(), quantity: z.int().positive() });

const acceptedSchema = z.strictObject({
  type: z.literal('accepted'),
  id: z.int(),
  /** The caller key. */
  code: z.string(),
  /** The channel's order numbers, as people see them. */
  orderNumbers: z.string(),
  items: z.array(itemSchema),
  /** What the WMS shows of the order, as it was sent. */
  content: z.record(z.string(), z.unknown()),
  at: z.int(),
});

const entrySchema = z.discriminatedUnion('type', [
  acceptedSchema,
  acceptedSchema.pick({ id: true, orderNumbers: true, items: true, content: true }).extend({
    type: z.literal('changed'),
  }),
  z.strictObject({ type: z.literal('cancelled'), id: z.int(), at: z.int() }),
  z.strictObject({
    type: z.literal('shipped'),
    id: z.int(),
    shipmentId: z.int(),
    items: z.array(itemSchema),
    at: z.int(),
  }),
  z.strictObject({
    type: z.literal('stocked'),
    itemCode: z.string(),
    name: z.string(),
    quantity: z.int(),
  }),
]);

type Entry = z.infer<typeof entrySchema>;
export type NewOrder = Omit<z.infer<typeof acceptedSchema>, 'type' | 'id' | 'at'>;

export interface Parcel {
  /** Rises by one with every parcel of the warehouse. */
  readonly id: number;
  readonly order: WarehouseOrder;
  readonly items: NewOrder['items'];
  readonly carrier: Carrier;
  /** Text, unless somebody has spoiled it. */
  trackingNumber: unknown;
  readonly at: number;
}

export interface WarehouseOrder extends NewOrder {
  readonly id: number;
  readonly acceptedAt: number;
  /** An order of which a part has left is open, until the rest leaves or is cancelled. */
  state: 'open' | 'shipped' | 'cancelled';
  parcels: Parcel[];
}

export interface Product {
  /** The WMS's own number: the order in which products were registered, from 1. */
  readonly id: number;
  readonly itemCode: string;
  readonly name: string;
  onHand: number;
}

/** What `products` of a `startX` function and `PUT /admin/products` take; a known item gets this quantity. */
export const productsSchema = z.array(
  z.strictObject({ itemCode: z.string().min(1), name: z.string(), quantity: z.int().min(0) }),
);

/**
 * What a WMS stand-in knows: orders by caller key, parcels, stock. An open order ships by itself
 * `shipAfterMs` after it was accepted, in `parcelsPerOrder` parcels as long after each other; this is worked out when somebody next asks, so it costs nothing
 * while nobody does. Orders queue in the order of acceptance: only the head has to be looked at.
 */
export class Warehouse {
  readonly orders: WarehouseOrder[] = [];
  readonly parcels: Parcel[] = [];
  readonly products = new Map<string, Product>();
  readonly #byCode = new Map<string, WarehouseOrder[]>();
  readonly #parcelsByDay = new Map<string, Parcel[]>();
  readonly #counts = { open: 0, shipped: 0, cancelled: 0 };
  readonly #doubled = new Map<string, number>();
  readonly #journal: Journal<Entry>;
  readonly #shipAfterMs: () => number;
  readonly #parcelsPerOrder: () => number;
  /** Orders whose time has come, until all of them has left. */
  readonly #leaving = new Set<WarehouseOrder>();
  /** Told of each parcel that leaves, once. */
  onParcel: (parcel: Parcel) => void = () => undefined;
  #nextToShip = 0;

  constructor(
    dataDir: string,
    name: string,
    shipAfterMs: () => number,
    parcelsPerOrder: () => number = () => 1,
  ) {
    this.#shipAfterMs = shipAfterMs;
    this.#parcelsPerOrder = parcelsPerOrder;
    this.#journal = new Journal(join(dataDir, `${name}.jsonl`), entrySchema, (entry) => this.#apply(entry));
  }

  accept(order: NewOrder): WarehouseOrder {
    const id = this.orders.length + 1;
    this.#journal.record({ type: 'accepted', id, ...order, at: Date.now() });
    return this.order(id);
  }

  change(id: number, { orderNumbers, items, content }: NewOrder): void {
    this.#journal.record({ type: 'changed', id, orderNumbers, items, content });
  }

  cancel(id: number): void {
    this.#journal.record({ type: 'cancelled', id, at: Date.now() });
  }

  stock(products: z.infer<typeof productsSchema>): void {
    for (const product of products) this.#journal.record({ type: 'stocked', ...product });
  }

  /** @throws RangeError when there is none. */
  order(id: number): WarehouseOrder {
    const order = this.orders[id - 1];
    if (!order) throw new RangeError(`no order ${id}`);
    return order;
  }

  byCode(code: string): readonly WarehouseOrder[] {
    return this.#byCode.get(code) ?? [];
  }

  /** Every caller key's orders whose key begins so; a scan, as only people's look-ups need it. */
  startingWith(prefix: string): WarehouseOrder[] {
    return this.orders.filter((order) => order.code.startsWith(prefix));
  }

  /** The parcels of the orders accepted on that day in Seoul, oldest first. */
  parcelsOfDay(day: string): readonly Parcel[] {
    return this.#parcelsByDay.get(day) ?? [];
  }

  /** Ships what is due. Every route calls it first. */
  shipDue(): void {
    const now = Date.now();
    const afterMs = this.#shipAfterMs();
    for (;;) {
      const head = this.orders[this.#nextToShip];
      if (!head || head.acceptedAt + afterMs > now) break;
      this.#nextToShip += 1;
      this.#leaving.add(head);
    }
    for (const order of this.#leaving) {
      while (order.state === 'open' && order.acceptedAt + afterMs * (order.parcels.length + 1) <= now)
        this.ship(order, nextPart(order, this.#parcelsPerOrder() - order.parcels.length));
      if (order.state !== 'open') this.#leaving.delete(order);
    }
  }

  /** Ships these of an open order's items now. */
  ship({ id }: WarehouseOrder, items: NewOrder['items']): void {
    this.#journal.record({ type: 'shipped', id, shipmentId: this.parcels.length + 1, items, at: Date.now() });
    const parcel = this.parcels.at(-1);
    if (parcel) this.onParcel(parcel);
  }

  /**
   * `?summary=1`: counts, and the caller keys with more than one live order. Otherwise every order.
   *
   * @param referenceOf how the WMS shows an order's number.
   */
  ledger(query: URLSearchParams, referenceOf: (id: number) => string = String): unknown {
    this.shipDue();
    const summary = {
      orders: this.orders.length,
      ...this.#counts,
      parcels: this.parcels.length,
      doubles: Object.fromEntries(this.#doubled),
      oversold: [...this.products.values()].filter(({ onHand }) => onHand < 0).map((each) => each.itemCode),
    };
    if (query.get('summary') === '1') return summary;
    return {
      ...summary,
      stock: Object.fromEntries([...this.products.values()].map((each) => [each.itemCode, each.onHand])),
      list: this.orders.map((order) => toLedgerRow(order, referenceOf(order.id))),
    };
  }

  close(): void {
    this.#journal.close();
  }

  #apply(entry: Entry): void {
    if (entry.type === 'stocked') return this.#stocked(entry);
    if (entry.type === 'accepted') return this.#accepted(entry);
    const order = this.order(entry.id);
    if (entry.type === 'changed') {
      Object.assign(order, { orderNumbers: entry.orderNumbers, items: entry.items, content: entry.content });
    } else if (entry.type === 'cancelled') {
      this.#move(order, 'cancelled');
      this.#countLive(order.code);
    } else {
      this.#shipped(order, entry);
    }
  }

  #stocked({ itemCode, name, quantity }: Extract<Entry, { type: 'stocked' }>): void {
    const id = this.products.get(itemCode)?.id ?? this.products.size + 1;
    this.products.set(itemCode, { id, itemCode, name, onHand: quantity });
  }

  #accepted({ id, code, orderNumbers, items, content, at }: Extract<Entry, { type: 'accepted' }>): void {
    const order = {
      id,
      code,
      orderNumbers,
      items,
      content,
      acceptedAt: at,
      state: 'open' as const,
      parcels: [],
    };
    this.orders.push(order);
    this.#counts.open += 1;
    append(this.#byCode, code, order);
    this.#countLive(code);
  }

  #shipped(order: WarehouseOrder, { shipmentId: id, items, at }: Extract<Entry, { type: 'shipped' }>): void {
    const parcel = { id, order, items, at, ...waybill(id) };
    this.parcels.push(parcel);
    order.parcels.push(parcel);
    append(this.#parcelsByDay, seoulDay(order.acceptedAt), parcel);
    if (itemsLeft(order).length === 0) this.#move(order, 'shipped');
    for (const { itemCode, quantity } of items) {
      const product = this.products.get(itemCode);
      if (product) product.onHand -= quantity;
    }
  }

  #move(order: WarehouseOrder, state: WarehouseOrder['state']): void {
    this.#counts[order.state] -= 1;
    this.#counts[state] += 1;
    order.state = state;
  }

  #countLive(code: string): void {
    const live = this.byCode(code).filter(({ state }) => state !== 'cancelled').length;
    if (live > 1) this.#doubled.set(code, live);
    else this.#doubled.delete(code);
  }
}

function toLedgerRow(order: WarehouseOrder, reference: string) {
  return {
    code: order.code,
    reference,
    state: order.state,
    orderNumbers: order.orderNumbers,
    items: order.items,
    acceptedAt: new Date(order.acceptedAt).toISOString(),
    shipments: order.parcels.map(({ id, items, carrier, trackingNumber, at }) => ({
      id: String(id),
      items,
      carrier,
      trackingNumber,
      at: new Date(at).toISOString(),
    })),
  };
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** `PUT /admin/products`: registers items and sets their levels. */
export function productsRoute(warehouse: Warehouse): Route {
  return {
    method: 'PUT',
    path: '/admin/products',
    endpoint: 'admin',
    handle: (request) => {
      warehouse.stock(productsSchema.parse(jsonBody(request)));
      return json(200, [...warehouse.products.values()]);
    },
  };
}

/** `PUT /admin/parcels`: the tracking number of an order's parcels as the WMS lists it, however wrong; until a restart. */
export function parcelsRoute(warehouse: Warehouse): Route {
  const schema = z.strictObject({ code: z.string(), trackingNumber: z.unknown() });
  return {
    method: 'PUT',
    path: '/admin/parcels',
    endpoint: 'admin',
    handle: (request) => {
      const { code, trackingNumber } = schema.parse(jsonBody(request));
      const parcels = warehouse.byCode(code).flatMap((order) => order.parcels);
      for (const parcel of parcels) parcel.trackingNumber = trackingNumber;
      return json(200, { parcels: parcels.length });
    },
  };
}

const SEOUL_MS = 9 * 3_600_000;

/** YYYYMMDD in Seoul, which has no daylight saving. */
export function seoulDay(at: number): string {
  return new Date(at + SEOUL_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Twelve digits of which the last is the first eleven modulo 7, as CJ, Hanjin and Lotte print them. */
function waybill(parcelId: number): { carrier: Carrier; trackingNumber: string } {
  const digits = 60_000_000_000 + parcelId * 13;
  return { carrier: CARRIERS[parcelId % 3] ?? 'cj', trackingNumber: `${digits}${digits % 7}` };
}
