import { z } from 'zod';
import { idSchema } from './wire';

/** An element of the detail call (상품 주문 정보 구조체, apicenter.commerce.naver.com): what is read of it. */

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const digits = idSchema;
const moment = z.iso.datetime({ offset: true, error: 'is not a time' });
/** Some answers still have the older name of a field, without `initial`. */
const olderDigits = digits.nullish();

const shippingAddressSchema = z.object({
  name: z.string(),
  tel1: z.string(),
  tel2: text,
  zipCode: z.string(),
  baseAddress: z.string(),
  detailedAddress: text,
});

/** What a customer ordered, and may change. Where it stands is in {@link standingSchema}. */
export const productOrderSchema = z.object({
  order: z.object({ orderId: idSchema, orderDate: moment }),
  productOrder: z.object({
    productOrderId: idSchema,
    productName: z.string(),
    productOption: text,
    originalProductId: idSchema.nullish(),
    itemNo: idSchema.nullish(),
    initialQuantity: olderDigits,
    quantity: olderDigits,
    initialProductAmount: olderDigits,
    totalProductAmount: olderDigits,
    sellerBurdenDiscountAmount: olderDigits,
    deliveryFeeAmount: olderDigits,
    deliveryDiscountAmount: olderDigits,
    shippingFeeType: text,
    shippingAddress: shippingAddressSchema,
    shippingMemo: text,
    shippingDueDate: moment.nullish(),
  }),
});

export type ProductOrder = z.output<typeof productOrderSchema>;

/** Where a product order stands; a word that is missing is empty. */
export const standingSchema = z.object({
  productOrder: z.object({
    productOrderId: idSchema,
    productOrderStatus: text,
    placeOrderStatus: text,
  }),
  delivery: z
    .object({ deliveryCompany: text, trackingNumber: text })
    .nullish()
    .transform((value) => value ?? { deliveryCompany: '', trackingNumber: '' }),
});

export type Standing = z.output<typeof standingSchema>;

export const CANCELLED: readonly string[] = ['CANCELED', 'CANCELED_BY_NOPAYMENT'];
export const SHIPPED: readonly string[] = [
  'DELIVERING',
  'DELIVERED',
  'PURCHASE_DECIDED',
  'EXCHANGED',
  'RETURNED',
];
