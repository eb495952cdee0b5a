import { z } from 'zod';
import { orderNumbersText } from '../call';
import type { WmsOrder, WmsOrderFound } from '../wms';

/** The wire format of Poomgo's open API 품고 (its public guide, "오픈 API"): field names and words of its samples. */

export const createdSchema = z.object({ id: z.int() });

export const deletedSchema = z.object({ deleted: z.literal(1) });

/** assumed: the guide gives the sentences of its exceptions, but neither status nor field. */
export const REFUSED_STATUS = 400;
export const refusalSchema = z.object({ message: z.string() });

/** The refusal to delete a temporary order that is gone: deleted already, or taken in by the staff. */
export const GONE = '찾을 수 없는 임시 주문';

const invoiceOfOrderSchema = z.object({
  invoiceId: z.int(),
  /** Packed and closed: it leaves the house. */
  isClosed: z.boolean(),
  logisticsPartnerName: z.string().nullable(),
});

export const orderSchema = z.object({
  id: z.int(),
  orderCode: z.string(),
  invoices: z.array(invoiceOfOrderSchema).nullable(),
});
export type PoomgoOrder = z.infer<typeof orderSchema>;

export const invoiceSchema = z.object({
  invoiceId: z.int(),
  trackingNumber: z.string(),
  closedAt: z.coerce.date(),
  order: z.object({ channelOrderId: z.string().nullish() }).nullish(),
  items: z.array(z.object({ code: z.string(), quantity: z.coerce.number().int() })),
});
export type Invoice = z.infer<typeof invoiceSchema>;
export const invoicesSchema = z.object({
  totalPage: z.coerce.number().int(),
  data: z.array(z.unknown()),
});

/**
 * 임시 주문서: people read the channel's order numbers in its description. It has a field for one telephone
 * number only.
 */
export function toRequest(order: WmsOrder, ids: ReadonlyMap<string, number>, channelAccountId: number) {
  const { recipient } = order;
  return {
    channelAccountId,
    orderCode: order.code,
    name: recipient.name,
    mobile: recipient.phone,
    address: recipient.address,
    postcode: recipient.postcode,
    deliveryMessage: recipient.deliveryMessage ?? '',
    description: orderNumbersText(order, 500),
    mappingData: order.items.map(({ itemCode, quantity }) => ({ resourceId: ids.get(itemCode), quantity })),
  };
}

/** What the staff have taken in has another number than the temporary order that it comes from. */
export function toFound({ id, invoices }: PoomgoOrder): WmsOrderFound {
  const isShipped = invoices?.some(({ isClosed }) => isClosed) ?? false;
  return { reference: `order-${id}`, state: isShipped ? 'shipped' : 'open' };
}
