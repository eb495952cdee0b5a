import type { Told } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { checkedPart, countOf, type FieldNames, oneLine, wonOf } from '../order-part';
import { claimOf, unitsTakenOff } from './claims';
import { CANCELLED, type ProductOrder, productOrderSchema, SHIPPED, standingSchema } from './product-order';
import { checked, unwrapped } from './record';
import type { NaverSettings } from './settings';

/** Naver's name of each part of the standard form, for messages. */
const FIELD_OF: FieldNames = {
  channel: 'channel',
  orderNumber: 'order.orderId',
  orderedAt: 'order.orderDate',
  name: 'productOrder.shippingAddress.name',
  phone: 'productOrder.shippingAddress.tel1',
  phone2: 'productOrder.shippingAddress.tel2',
  postcode: 'productOrder.shippingAddress.zipCode',
  address: 'productOrder.shippingAddress.baseAddress',
  deliveryMessage: 'productOrder.shippingMemo',
  shippingFee: 'productOrder.deliveryFeeAmount',
  shipBy: 'productOrder.shippingDueDate',
  lines: 'productOrder',
  lineNumber: 'productOrder.productOrderId',
  deal: 'productOrder.productName',
  option: 'productOrder.productOption',
  quantity: 'productOrder.initialQuantity',
  cancelledQuantity: 'completedClaims',
  amount: 'productOrder.initialProductAmount',
  discount: 'productOrder.sellerBurdenDiscountAmount',
  listing: 'productOrder.itemNo',
};

/** 착불: the customer pays the carrier, and the seller has nothing of it. */
const PAID_TO_THE_CARRIER = '착불';

/**
 * One product order: a line of an order, which other records may have lines of too; or one of its claims.
 *
 * @throws UndecodableRecord naming the field in Naver's spelling, without personal data.
 */
export function decode(body: Uint8Array, { channel }: Pick<NaverSettings, 'channel'>): Told {
  const { element, claimId } = unwrapped(body);
  return claimId === undefined ? orderOf(element, channel) : claimOf(element, claimId, channel);
}

function orderOf(element: unknown, channel: string): OrderPart {
  const told = checked(productOrderSchema, element);
  const { order, productOrder } = told;
  const { shippingAddress: to, shippingDueDate, shippingMemo } = productOrder;
  return checkedPart(
    {
      channel,
      orderNumber: order.orderId,
      orderedAt: new Date(order.orderDate),
      recipient: {
        name: oneLine(to.name),
        // A safe number (안심번호) where the customer has chosen one: the number behind it is not told.
        phone: to.tel1,
        phone2: to.tel2 === '' || to.tel2 === to.tel1 ? null : to.tel2,
        postcode: to.zipCode,
        address: oneLine(`${to.baseAddress} ${to.detailedAddress}`),
        deliveryMessage: oneLine(shippingMemo) || null,
      },
      shippingFee: shippingFeeOf(productOrder),
      shipBy: shippingDueDate ? new Date(shippingDueDate) : null,
      lines: [lineOf(element, productOrder)],
    },
    FIELD_OF,
  );
}

/** Assumed: each product order of a bundle tells the bundle's fee, what remote areas cost more within it. */
function shippingFeeOf({
  shippingFeeType,
  deliveryFeeAmount,
  deliveryDiscountAmount,
}: ProductOrder['productOrder']): bigint {
  if (shippingFeeType === PAID_TO_THE_CARRIER) return 0n;
  const fee = wonOf('productOrder.deliveryFeeAmount', deliveryFeeAmount ?? '0');
  return fee - wonOf('productOrder.deliveryDiscountAmount', deliveryDiscountAmount ?? '0');
}

function lineOf(element: unknown, productOrder: ProductOrder['productOrder']): OrderLine {
  const quantity = countOf(FIELD_OF.quantity, productOrder.initialQuantity ?? productOrder.quantity ?? '');
  return {
    lineNumber: productOrder.productOrderId,
    deal: oneLine(productOrder.productName),
    option: oneLine(productOrder.productOption),
    quantity,
    cancelledQuantity: cancelledOf(element, quantity),
    amount: wonOf(
      FIELD_OF.amount,
      productOrder.initialProductAmount ?? productOrder.totalProductAmount ?? '',
    ),
    discount: wonOf(FIELD_OF.discount, productOrder.sellerBurdenDiscountAmount ?? '0'),
    listing: listingOf(productOrder),
  };
}

/** Stock is kept by the product, and where it has options by the option's number in it. */
function listingOf({ originalProductId, itemNo }: ProductOrder['productOrder']): string | null {
  if (!originalProductId) return null;
  return itemNo ? `${originalProductId}/${itemNo}` : originalProductId;
}

/**
 * What we ship ourselves is known by its first reading, and read again under the same content hash. A
 * product order that is new to us and shipped already (by hand, by the system before us) must not ship again.
 */
function cancelledOf(element: unknown, quantity: number): number {
  const { productOrderStatus: status } = checked(standingSchema, element).productOrder;
  if (CANCELLED.includes(status)) return quantity;
  if (status === 'PAYED') return unitsTakenOff(element, quantity);
  const reason = SHIPPED.includes(status)
    ? `${status}: shipped outside, or changed after it was shipped`
    : `unknown status ${JSON.stringify(status.slice(0, 40))}`;
  throw new UndecodableRecord('productOrder.productOrderStatus', reason);
}
