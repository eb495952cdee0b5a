import type { Wms, WmsOrderFound } from './wms';

/** So far the WMS's clock may be behind ours. */
const CLOCKS_DIFFER_MS = 3_600_000;

/**
 * An order by its caller key: by the WMS's look-up, otherwise by its list. Empty also where it offers
 * neither, and nothing can be said.
 *
 * @param sentAt when the order was first sent.
 * @throws OutsideUnavailable
 */
export async function findOrder(wms: Wms, code: string, sentAt: Date): Promise<WmsOrderFound[]> {
  const { lookup, list } = wms.capabilities;
  if (lookup !== 'none') return wms.lookup(code);
  if (list === 'none') return [];
  const listed = await wms.ordersSince(new Date(sentAt.getTime() - CLOCKS_DIFFER_MS));
  return listed.filter((order) => order.code === code).map(({ reference, state }) => ({ reference, state }));
}
