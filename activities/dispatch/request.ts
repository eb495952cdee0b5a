import type { WmsOrder } from '../wms/wms';

/** A WMS order as MySQL's JSON keeps it: the same but for the date. */
export function writeRequest(order: WmsOrder): Record<string, unknown> {
  return { ...order, orderedAt: order.orderedAt.toISOString() };
}

/** The inverse of {@link writeRequest}, for content that an earlier claim has fixed. */
export function readRequest(request: Record<string, unknown>): WmsOrder {
  const stored = request as unknown as Omit<WmsOrder, 'orderedAt'> & { orderedAt: string };
  return { ...stored, orderedAt: new Date(stored.orderedAt) };
}
