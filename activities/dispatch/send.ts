import { withPermit } from '../permits';
import type { CreateReply, Wms, WmsOrder } from '../wms/wms';
import type { Lease } from './lease';

export interface SendOptions {
  /** Begun before the first of the claims. */
  readonly lease: Lease;
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
    if (options.lease.leftMs() < options.timeoutMs) throw new LeaseTooShort();
  };
  try {
    const create = () => wms.create(orders, { timeoutMs: options.timeoutMs, beforeHandOver });
    // Its permit was taken before the claim: to wait for another now would eat the lease.
    return await withPermit('in-advance', create);
  } catch (error) {
    if (!(error instanceof LeaseTooShort)) throw error;
    const outcome = { kind: 'not-received', reason: 'The lease was too short for the call' } as const;
    return orders.map(() => ({ outcome, exchange: { request: '', response: null, status: null } }));
  }
}
