import type { Reply } from '../source';
import type { NaverClient } from './client';
import { CANCELLED, standingSchema } from './product-order';
import { type Look, settled } from './settle';
import { PRODUCT_ORDERS } from './wire';

/** 발주 확인: from then on the customer changes no address, and cancels with our consent only. */
export async function acknowledge(client: NaverClient, productOrderIds: readonly string[]): Promise<Reply[]> {
  if (productOrderIds.length === 0) return [];
  const reply = await client.call({
    method: 'POST',
    path: `${PRODUCT_ORDERS}/confirm`,
    body: { productOrderIds },
  });
  return settled(client, reply, productOrderIds, isConfirmed);
}

const isConfirmed: Look = ({ element }) => {
  const { productOrderStatus = '', placeOrderStatus } =
    standingSchema.safeParse(element).data?.productOrder ?? {};
  if (CANCELLED.includes(productOrderStatus)) return { kind: 'refused', reason: 'it was cancelled' };
  return placeOrderStatus === 'OK' ? { kind: 'done' } : undefined;
};
