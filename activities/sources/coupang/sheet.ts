import { z } from 'zod';
import { numberIn, type RecordKind } from './records';
import { count, id, time, won } from './wire';

/**
 * 발주서, v4 (developers.coupangcorp.com, 배송/환불 APIs): what one parcel, 묶음배송, is to hold. An order has one
 * or more, and another one each time that its parcel is split.
 */
export const sheetSchema = z.object({
  shipmentBoxId: id,
  orderId: id,
  orderedAt: time,
  status: z.string(),
  shippingPrice: won,
  /** To islands and mountains, besides. */
  remotePrice: won,
  parcelPrintMessage: z.string().nullish(),
  receiver: z.object({
    name: z.string(),
    safeNumber: z.string().nullish(),
    /** The real number, which is null as a rule. */
    receiverNumber: z.string().nullish(),
    addr1: z.string(),
    addr2: z.string().nullish(),
    postCode: z.string(),
  }),
  orderItems: z
    .array(
      z.object({
        vendorItemId: id,
        /** What the customer saw. */
        vendorItemName: z.string(),
        /** What the seller registered. */
        sellerProductName: z.string().nullish(),
        sellerProductItemName: z.string().nullish(),
        /** As ordered; of an option that Coupang made of several (자동생성옵션), in units of the seller's own. */
        shippingCount: count,
        cancelCount: count,
        holdCountForCancel: count,
        /** For all that was ordered, before discounts. */
        orderPrice: won,
        /** What all bore of it together. */
        discountPrice: won,
        instantCouponDiscount: z.int().min(0).nullish(),
        downloadableCouponDiscount: z.int().min(0).nullish(),
        /** `yyyy-MM-dd`: the seller's promise at the order, and a later one. */
        estimatedShippingDate: z.string().nullish(),
        plannedShippingDate: z.string().nullish(),
      }),
    )
    .min(1, 'are missing'),
  invoiceNumber: z.string().nullish(),
});

/** In the order in which a parcel goes through them. */
export const STATUSES = [
  'ACCEPT',
  'INSTRUCT',
  'DEPARTURE',
  'DELIVERING',
  'NONE_TRACKING',
  'FINAL_DELIVERY',
] as const;

/** 결제완료, 상품준비중: the parcel is here. */
export function isOpen(status: string): boolean {
  return status === 'ACCEPT' || status === 'INSTRUCT';
}

export type Sheet = z.output<typeof sheetSchema>;
export type SheetItem = Sheet['orderItems'][number];

/**
 * Units that the customer does not want: refunded, or about to be. Once the parcel has left, Coupang counts what comes
 * back among them; what is taken back then is told by claims alone, and the sheet stays the version it was.
 */
export function unitsTakenBack(
  { status }: Pick<Sheet, 'status'>,
  { cancelCount, holdCountForCancel }: SheetItem,
): number {
  return isOpen(status) ? cancelCount + holdCountForCancel : 0;
}

export const sheetKind: RecordKind<Sheet> = {
  schema: sheetSchema,
  idsOf(value) {
    const box = numberIn(value, 'shipmentBoxId');
    return box === undefined ? undefined : [recordOfBox(box)];
  },
  meaningOf: (sheet) => {
    const { orderId, orderedAt, shippingPrice, remotePrice, parcelPrintMessage, receiver } = sheet;
    const fee = String(shippingPrice + remotePrice);
    const items = sheet.orderItems.map((item) => meaningOfItem(sheet, item)).sort();
    return [orderId, orderedAt, fee, parcelPrintMessage, receiver, items];
  },
};

/** That units on hold are refunded by now changes nothing. */
function meaningOfItem(sheet: Sheet, item: SheetItem): string {
  const meaning = { ...item, cancelCount: unitsTakenBack(sheet, item), holdCountForCancel: 0 };
  return JSON.stringify(meaning, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

const RECORD_OF_A_BOX = /^box-(\d{1,20})$/;

export function recordOfBox(shipmentBoxId: string): string {
  return `box-${shipmentBoxId}`;
}

/** @throws RangeError for a record that is no sheet. */
export function boxOfRecord(recordId: string): string {
  const [, box] = RECORD_OF_A_BOX.exec(recordId) ?? [];
  if (box === undefined) throw new RangeError(`${recordId} is no record of a parcel at Coupang`);
  return box;
}
