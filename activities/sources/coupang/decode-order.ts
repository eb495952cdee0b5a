import { UndecodableRecord } from '../../../domain/errors';
import type { OrderLine, OrderPart } from '../../../domain/order';
import { checkedPart, type FieldNames, oneLine } from '../order-part';
import type { CoupangSettings } from './settings';
import { type Sheet, type SheetItem, STATUSES, sheetSchema, unitsTakenBack } from './sheet';
import { fitted } from './wire';
import { wordingOf } from './wording';

const FIELD_OF: FieldNames = {
  channel: 'channel',
  orderNumber: 'orderId',
  orderedAt: 'orderedAt',
  name: 'receiver.name',
  phone: 'receiver.safeNumber',
  phone2: 'receiver.safeNumber',
  postcode: 'receiver.postCode',
  address: 'receiver.addr1',
  deliveryMessage: 'parcelPrintMessage',
  shippingFee: 'shippingPrice',
  shipBy: 'estimatedShippingDate',
  lines: 'orderItems',
  lineNumber: 'vendorItemId',
  deal: 'vendorItemName',
  option: 'sellerProductItemName',
  quantity: 'shippingCount',
  cancelledQuantity: 'cancelCount',
  amount: 'orderPrice',
  discount: 'discountPrice',
  listing: 'vendorItemId',
};

/**
 * One 발주서.
 *
 * @throws UndecodableRecord naming the field in Coupang's spelling, without personal data.
 */
export function decodeSheet(value: unknown, { channel }: CoupangSettings): OrderPart {
  const sheet = fitted(sheetSchema, value);
  checkStatus(sheet);
  return checkedPart(
    {
      channel,
      orderNumber: sheet.orderId,
      orderedAt: sheet.orderedAt,
      recipient: recipientOf(sheet),
      shippingFee: sheet.shippingPrice + sheet.remotePrice,
      shipBy: shipByOf(sheet),
      lines: linesOf(sheet),
    },
    FIELD_OF,
  );
}

/** One that is new to us and has left already is refused when it is acknowledged, and waits for a person. */
function checkStatus({ status }: Sheet): void {
  if (STATUSES.some((known) => known === status)) return;
  throw new UndecodableRecord('status', `unknown status ${JSON.stringify(status.slice(0, 40))}`);
}

function recipientOf({ receiver, parcelPrintMessage }: Sheet): OrderPart['recipient'] {
  const safe = receiver.safeNumber ?? '';
  const real = receiver.receiverNumber ?? '';
  return {
    name: oneLine(receiver.name),
    phone: real || safe,
    phone2: real && safe && real !== safe ? safe : null,
    // Published samples write the five digits of today as 284-60.
    postcode: receiver.postCode.trim().replace(/^(\d{3})-(\d{2})$/, '$1$2'),
    address: oneLine([receiver.addr1, receiver.addr2 ?? ''].join(' ')),
    deliveryMessage: oneLine(parcelPrintMessage ?? '') || null,
  };
}

/** The end of the first day on which something of it has to ship; a date that is none is the seller's rule's to tell. */
function shipByOf(sheet: Sheet): Date | null {
  const ends = sheet.orderItems
    .filter((item) => unitsTakenBack(sheet, item) < item.shippingCount)
    .map(
      ({ plannedShippingDate, estimatedShippingDate }) => plannedShippingDate || estimatedShippingDate || '',
    )
    .map((day) => Date.parse(`${day}T23:59:59.999+09:00`))
    .filter((end) => !Number.isNaN(end));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** An order has each option once, whichever of its parcels it is in: claims name it by nothing else. */
function linesOf(sheet: Sheet): OrderLine[] {
  const numbers = sheet.orderItems.map(({ vendorItemId }) => vendorItemId);
  if (new Set(numbers).size < numbers.length) throw new UndecodableRecord('vendorItemId', 'appears twice');
  return sheet.orderItems.map((item) => lineOf(sheet, item));
}

function lineOf(sheet: Sheet, item: SheetItem): OrderLine {
  const { vendorItemId, shippingCount, orderPrice } = item;
  const { deal, option } = wordingOf(item);
  return {
    lineNumber: vendorItemId,
    deal: oneLine(deal),
    option: oneLine(option),
    quantity: shippingCount,
    cancelledQuantity: unitsTakenBack(sheet, item),
    amount: orderPrice,
    discount: discountOf(item),
    listing: vendorItemId,
  };
}

/** The seller's own coupons, where they are told apart: what Coupang bears of a discount, it pays. */
function discountOf({ instantCouponDiscount, downloadableCouponDiscount, discountPrice }: SheetItem): bigint {
  if (typeof (instantCouponDiscount ?? downloadableCouponDiscount) !== 'number') return discountPrice;
  return BigInt((instantCouponDiscount ?? 0) + (downloadableCouponDiscount ?? 0));
}
