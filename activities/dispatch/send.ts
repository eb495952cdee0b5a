import type { CreateReply, Wms, WmsOrder } from '../wms/wms';

export interface SendOptions {
  /** When the oldest of the leases ends, by `performance.now()`. */
  readonly leaseEndsAt: number;
  readonly timeoutMs: number;
}

/** The lease would end before the call must: sending now could overlap with another sender. */
class LeaseTooShort extends Error {
  override readonly name = 'LeaseTooShort';
}

/**
 * One call for several claimed orders. Whether the lease still covers the whole call is checked in the
 * tick that hands the request over; if not, nothing is sent.
 */
export async function sendTogether(
  wms: Wms,
  orders: readonly WmsOrder[],
  options: SendOptions,
): Promise<CreateReply[]> {
  const beforeHandOver = () => {
    if (performance.now() + options.timeoutMs > options.leaseEndsAt) throw new LeaseTooShort();
  };
  try {
    return await wms.create(orders, { timeoutMs: options.timeoutMs, beforeHandOver });
  } catch (error) {
    if (!(error instanceof LeaseTooShort)) throw error;
    const outcome = { kind: 'not-received', reason: 'The lease was too short for the call' } as const;
    return orders.map(() => ({ outcome, exchange: { request: '', response: null, status: null } }));
  }
}
