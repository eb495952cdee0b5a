import type { Db } from '../../db/database';
import {
  type FoundOrder,
  linesOfOrders,
  type OrderPosition,
  type OrderSearch,
  type SearchText,
  searchOrders,
} from '../../db/queries/order-search';
import { recipientsOf } from '../../db/queries/orders';
import { groupBy } from '../../domain/group-by';
import { momentsOf } from '../../domain/period';
import { termSearched } from '../../domain/search-terms';
import type { Stage, WaitingReason } from '../../domain/stage';
import { maskName, maskPhone } from '../mask';

/** A list's filters, as its address has them. */
export interface OrderFilters {
  readonly q?: string | undefined;
  readonly stage?: Stage | undefined;
  readonly waiting?: WaitingReason | undefined;
  readonly channel?: string | undefined;
  readonly source?: string | undefined;
  /** Days in Seoul, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** @param createdBy only orders that were there by then. */
export function searchOf({ q = '', from, to, ...rest }: OrderFilters, createdBy?: Date): OrderSearch {
  const ordered = momentsOf({ from, to });
  return {
    ...rest,
    createdBy,
    text: q.trim() === '' ? undefined : meaningsOf(q.trim()),
    orderedFrom: ordered.from,
    orderedBefore: ordered.before,
  };
}

function meaningsOf(text: string): SearchText {
  return { numbers: [...new Set([text, text.replace(/[\s-]/gu, '')])], term: termSearched(text) };
}

/** An order as lists show it; personal data masked. */
export interface ListedOrder {
  readonly key: string;
  readonly channel: string;
  readonly orderNumber: string;
  readonly source: string;
  readonly orderedAt: Date;
  readonly updatedAt: Date;
  readonly shipBy: Date | null;
  readonly stage: Stage;
  readonly waiting: WaitingReason | null;
  /** Its personal data is gone since then; null while it is kept. */
  readonly erasedAt: Date | null;
  /** Null until it has been read, and once it is erased. */
  readonly recipient: { readonly name: string; readonly phone: string } | null;
  /** The first line's product. */
  readonly deal: string | null;
  readonly lines: number;
  readonly units: number;
  /** Whole won, of all lines less their discounts. */
  readonly amount: bigint;
}

export interface OrderPage {
  readonly rows: ListedOrder[];
  readonly next: OrderPosition | null;
}

/** A page of the orders that fit, the newest first. */
export async function listOrdersMasked(
  db: Db,
  search: OrderSearch,
  after: OrderPosition | undefined,
  limit: number,
): Promise<OrderPage> {
  const found = await searchOrders(db, search, after, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { rows: await withContent(db, shown), next: found.length > limit && last ? last : null };
}

async function withContent(db: Db, orders: readonly FoundOrder[]): Promise<ListedOrder[]> {
  const keys = orders.map(({ key }) => key);
  const [recipients, lines] = await Promise.all([recipientsOf(db, keys), linesOfOrders(db, keys)]);
  const linesBy = groupBy(lines, (line) => line.orderKey);
  return orders.map((order) => {
    const ofOrder = linesBy.get(order.key) ?? [];
    const to = recipients.get(order.key);
    return {
      key: order.key,
      channel: order.channel,
      orderNumber: order.orderNumber,
      source: order.source,
      orderedAt: order.orderedAt,
      updatedAt: order.updatedAt,
      shipBy: order.shipBy,
      stage: order.stage,
      waiting: order.waiting,
      erasedAt: order.erasedAt,
      recipient: to === undefined ? null : { name: maskName(to.name), phone: maskPhone(to.phone) },
      deal: ofOrder[0]?.deal ?? null,
      lines: ofOrder.length,
      units: ofOrder.reduce((sum, line) => sum + line.quantity - line.cancelledQuantity, 0),
      amount: ofOrder.reduce((sum, line) => sum + line.amount - line.discount, 0n),
    };
  });
}
