import type { Reply, TrackingUpload } from '../source';
import type { NaverClient } from './client';
import { CANCELLED, type Standing, standingSchema } from './product-order';
import type { NaverSettings } from './settings';
import { type Look, settled } from './settle';
import { naverTime, PRODUCT_ORDERS } from './wire';

/** Product orders a call. */
export const DISPATCHES_PER_CALL = 30;

/** 발송 처리 of one product order; the customer's request to cancel it, if there is one, is turned down by it. */
export interface Dispatch {
  readonly productOrderId: string;
  readonly deliveryMethod: 'DELIVERY';
  readonly deliveryCompanyCode: string;
  readonly trackingNumber: string;
  readonly dispatchDate: string;
}

export function dispatchOf(
  productOrderId: string,
  { carrier, trackingNumber, shippedAt }: Omit<TrackingUpload, 'recordIds'>,
  { carrierCodes }: NaverSettings,
): Dispatch {
  return {
    productOrderId,
    deliveryMethod: 'DELIVERY',
    deliveryCompanyCode: carrierCodes[carrier],
    trackingNumber: trackingNumber.replace(/[\s-]/g, ''),
    dispatchDate: naverTime(shippedAt),
  };
}

/** One call, with each product order once; a reply for each. */
export async function dispatch(client: NaverClient, dispatches: readonly Dispatch[]): Promise<Reply[]> {
  const reply = await client.call({
    method: 'POST',
    path: `${PRODUCT_ORDERS}/dispatch`,
    body: { dispatchProductOrders: dispatches },
  });
  const numbers = new Map(dispatches.map((each) => [each.productOrderId, each.trackingNumber]));
  return settled(client, reply, [...numbers.keys()], ({ element, productOrderId = '' }) =>
    isDispatched(standingSchema.safeParse(element).data, numbers.get(productOrderId)),
  );
}

function isDispatched(standing: Standing | undefined, trackingNumber: string | undefined): ReturnType<Look> {
  if (standing === undefined) return undefined;
  const { productOrder, delivery } = standing;
  if (CANCELLED.includes(productOrder.productOrderStatus))
    return { kind: 'refused', reason: 'it was cancelled' };
  if (delivery.trackingNumber === '') return undefined;
  if (delivery.trackingNumber === trackingNumber) return { kind: 'done' };
  const reason = `it has the tracking number ${delivery.trackingNumber}, which this API cannot replace`;
  return { kind: 'refused', reason };
}
