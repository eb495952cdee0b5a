import type {
  CancelReply,
  CreateOutcome,
  CreateReply,
  ShipmentsRead,
  Wms,
  WmsOrder,
  WmsOrderFound,
  WmsShipment,
  WmsStockLevel,
} from '../../activities/wms/wms';

type Pieces = Map<string, number>;

interface ModelOrder {
  readonly code: string;
  /** Not shipped yet. */
  readonly open: Pieces;
  state: 'open' | 'shipped' | 'cancelled';
}

/** What it is asked to cancel does not reach it, and who asked knows so, or not. */
export type CancelFault = 'lost' | 'not-received';
export type CreateFault = 'lost' | 'refused' | 'not-received';

const EXCHANGE = { request: '', response: '', status: 200 };

/**
 * A warehouse as small as can be: it takes every order, ships when it is told to, and knows at any moment
 * whether it was promised more than it has. No HTTP: what is tested is the counting, in every order of
 * events, also in the middle of a count.
 */
export class ModelWarehouse implements Wms {
  readonly capabilities: Wms['capabilities'];
  readonly shelf: Pieces = new Map();
  readonly orders = new Map<string, ModelOrder>();
  /** Items of which it once had taken on more than it had. */
  readonly oversold = new Set<string>();
  /** What happens to the next order that is sent to it. */
  fault: CreateFault | undefined;
  /** What happens to the next cancellation. */
  cancelFault: CancelFault | undefined;
  /** What happens while it counts: before it looks, and after. */
  whileCounting: { before: () => Promise<void>; after: () => Promise<void> } | undefined;
  readonly #parcels: WmsShipment[] = [];

  constructor(
    readonly id: string,
    stock: 'on-hand' | 'available',
  ) {
    this.capabilities = {
      onRepeat: 'same-order',
      lookup: { visibleAfterSeconds: 0 },
      ordersPerCall: 1,
      callsPerMinute: 1_000_000,
      stock,
      cancels: true,
      list: 'none',
      webhooks: false,
    };
  }

  deliver(itemCode: string, pieces: number): void {
    add(this.shelf, itemCode, pieces);
  }

  /** Ships a piece of an open order, or all that is left of it. */
  ship(nth: number, whole: boolean): void {
    const open = [...this.orders.values()].filter((order) => order.state === 'open');
    const order = open[nth % open.length];
    if (order === undefined) return;
    const items = [...order.open].filter(([, quantity]) => quantity > 0);
    const leaving = whole ? items : items.slice(0, 1).map(([itemCode]): [string, number] => [itemCode, 1]);
    for (const [itemCode, quantity] of leaving) {
      add(order.open, itemCode, -quantity);
      add(this.shelf, itemCode, -quantity);
    }
    if ([...order.open.values()].every((quantity) => quantity === 0)) order.state = 'shipped';
    this.#parcels.push({
      shipmentId: `${this.id}-${this.#parcels.length}`,
      code: order.code,
      carrier: 'cj',
      trackingNumber: String(600_000_000_000 + this.#parcels.length),
      shippedAt: new Date('2026-11-20T05:00:00Z'),
      items: leaving.map(([itemCode, quantity]) => ({ itemCode, quantity })),
    });
  }

  shipAll(): void {
    while ([...this.orders.values()].some((order) => order.state === 'open')) this.ship(0, true);
  }

  async create(orders: readonly WmsOrder[]): Promise<CreateReply[]> {
    return orders.map((order) => ({ outcome: this.#take(order), exchange: EXCHANGE }));
  }

  #take({ code, items }: WmsOrder): CreateOutcome {
    const { fault } = this;
    this.fault = undefined;
    if (fault === 'not-received') return { kind: 'not-received', reason: 'away' };
    if (fault === 'refused' && !this.orders.has(code)) return { kind: 'refused', reason: 'does not like it' };
    if (!this.orders.has(code)) {
      const open: Pieces = new Map(items.map(({ itemCode, quantity }) => [itemCode, quantity]));
      this.orders.set(code, { code, open, state: 'open' });
      for (const itemCode of open.keys()) if (this.free(itemCode) < 0) this.oversold.add(itemCode);
    }
    return fault === 'lost' ? { kind: 'unknown', reason: 'no answer' } : { kind: 'done', reference: code };
  }

  /** On the shelf, and in no order. */
  free(itemCode: string): number {
    return (this.shelf.get(itemCode) ?? 0) - this.#promised(itemCode);
  }

  #promised(itemCode: string): number {
    const open = [...this.orders.values()].filter((order) => order.state === 'open');
    return open.reduce((sum, order) => sum + (order.open.get(itemCode) ?? 0), 0);
  }

  async lookup(code: string): Promise<WmsOrderFound[]> {
    const order = this.orders.get(code);
    return order === undefined ? [] : [{ reference: code, state: order.state }];
  }

  async ordersSince(): Promise<never> {
    throw new Error('It has no list');
  }

  async cancel(code: string): Promise<CancelReply> {
    const fault = this.cancelFault;
    this.cancelFault = undefined;
    if (fault === 'not-received')
      return { outcome: { kind: 'not-received', reason: 'away' }, exchange: EXCHANGE };
    if (fault === 'lost') return { outcome: { kind: 'unknown', reason: 'no answer' }, exchange: EXCHANGE };
    const order = this.orders.get(code);
    if (order?.state === 'cancelled') return { outcome: { kind: 'cancelled' }, exchange: EXCHANGE };
    if (order?.state !== 'open')
      return { outcome: { kind: 'too-late', reason: 'it has left' }, exchange: EXCHANGE };
    order.state = 'cancelled';
    return { outcome: { kind: 'cancelled' }, exchange: EXCHANGE };
  }

  async shipmentsSince(from: string | Date): Promise<ShipmentsRead> {
    const shipments = this.#parcels.slice(typeof from === 'string' ? Number(from) : 0);
    return { shipments, unreadable: [], more: false, cursor: String(this.#parcels.length) };
  }

  async stock(): Promise<WmsStockLevel[]> {
    const meanwhile = this.whileCounting;
    this.whileCounting = undefined;
    await meanwhile?.before();
    const levels = [...this.shelf].map(([itemCode, onHand]) => ({
      itemCode,
      quantity: this.capabilities.stock === 'on-hand' ? onHand : this.free(itemCode),
    }));
    await meanwhile?.after();
    return levels;
  }
}

function add(pieces: Pieces, itemCode: string, quantity: number): void {
  pieces.set(itemCode, (pieces.get(itemCode) ?? 0) + quantity);
}
