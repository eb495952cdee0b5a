import { seoulDay, seoulStamp } from '../../../domain/seoul';
import type { EmittedLine } from '../../generator/generate-day';
import { listingOf } from '../order-book';
import { BROKEN } from './answers';
import { type Box, invoiceOf, type Shop, statusOf, takenBack } from './boxes';

const CARRIER_NAMES: Readonly<Record<string, string>> = {
  CJGLS: 'CJ 대한통운',
  HANJIN: '한진택배',
  HYUNDAI: '롯데택배',
  KGB: '로젠택배',
  EPOST: '우체국',
};
const DAYS_TO_SHIP = 2;
const DAY_MS = 86_400_000;

/** 발주서, v4. */
export function sheetOf(shop: Shop, box: Box): unknown {
  const { order, lines, isFirst } = box;
  const { orderNumber, placedAt, buyer, shippingFee } = order.order;
  const invoice = invoiceOf(box);
  return {
    shipmentBoxId: box.id,
    orderId: BigInt(orderNumber),
    orderedAt: seoulStamp(placedAt),
    orderer: { name: buyer.name, email: '', safeNumber: buyer.mobile, ordererNumber: null },
    paidAt: seoulStamp(new Date(order.offeredAt)),
    status: statusOf(shop, box),
    shippingPrice: isFirst ? shippingFee : 0n,
    remotePrice: 0n,
    remoteArea: false,
    parcelPrintMessage: order.recipient.deliveryMessage,
    splitShipping: false,
    ableSplitShipping: lines.length > 1,
    receiver: receiverOf(box),
    orderItems: lines.map((line) => itemOf(shop, box, line)),
    overseaShippingInfoDto: { personalCustomsClearanceCode: '', ordererSsn: '', ordererPhoneNumber: '' },
    deliveryCompanyName: CARRIER_NAMES[invoice?.carrierCode ?? ''] ?? '',
    invoiceNumber: invoice?.number ?? '',
    inTrasitDateTime: '',
    deliveredDate: '',
    refer: '안드로이드앱',
    shipmentType: 'THIRD_PARTY',
  };
}

/** The safe number hides the real one, which is told only of customers who want none. */
function receiverOf({ order: { recipient, broken }, isFirst }: Box) {
  const { name, safeNumber, mobile, postcode, address } = recipient;
  const cut = address.indexOf(' ', address.length / 2);
  return {
    name: broken && isFirst ? BROKEN : name,
    safeNumber: safeNumber ?? mobile,
    receiverNumber: null,
    addr1: cut === -1 ? address : address.slice(0, cut),
    addr2: cut === -1 ? '' : address.slice(cut + 1),
    postCode: postcode,
  };
}

function itemOf(shop: Shop, { order }: Box, line: EmittedLine) {
  const { deal, option, quantity, amount, discount, lineNumber } = line;
  const { cancelled, held } = takenBack(shop, order, line);
  const registered = shop.settings().registered[lineNumber];
  const coupangDiscount = order.serial % 5 === 0 ? 1_000n : 0n;
  return {
    vendorItemPackageId: 0n,
    vendorItemPackageName: deal,
    productId: BigInt(listingOf('coupang', line)) + 7_000_000_000n,
    vendorItemId: BigInt(lineNumber),
    vendorItemName: option === '' ? deal : `${deal}, ${option}`,
    shippingCount: quantity,
    salesPrice: amount / BigInt(quantity),
    orderPrice: amount,
    discountPrice: discount + coupangDiscount,
    instantCouponDiscount: discount,
    downloadableCouponDiscount: 0n,
    coupangDiscount,
    externalVendorSkuCode: '',
    etcInfoHeader: null,
    etcInfoValue: null,
    etcInfoValues: null,
    sellerProductId: BigInt(lineNumber) + 14_000_000_000n,
    sellerProductName: registered?.productName ?? deal,
    sellerProductItemName: registered?.itemName ?? option,
    firstSellerProductItemName: option,
    cancelCount: cancelled,
    holdCountForCancel: held,
    estimatedShippingDate: seoulDay(new Date(order.offeredAt + DAYS_TO_SHIP * DAY_MS)),
    plannedShippingDate: '',
    invoiceNumberUploadDate: '',
    extraProperties: {},
    pricingBadge: false,
    usedProduct: false,
    confirmDate: null,
    deliveryChargeTypeName: '무료',
    upBundleVendorItemId: null,
    upBundleVendorItemName: null,
    upBundleSize: null,
    upBundleItem: false,
    canceled: cancelled >= quantity,
  };
}
