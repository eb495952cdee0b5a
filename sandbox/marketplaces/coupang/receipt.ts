import { seoulStamp } from '../../../domain/seoul';
import type { BookClaim, BookOrder } from '../book-order';
import { Refusal } from './answers';
import { boxesOf, isEarly, type Shop } from './boxes';

interface ClaimOfOrder {
  readonly claim: BookClaim;
  readonly order: BookOrder;
}

/** How a cancellation or return is listed: under which question, and by which statuses. */
interface Listing {
  readonly receiptType: 'CANCEL' | 'RETURN';
  /** Lists of returns that it is in: who asks to stop a parcel is in two. */
  readonly statuses: readonly ('RU' | 'UC' | 'PR' | 'CC')[];
  readonly receiptStatus: string;
  readonly releaseStatus: 'Y' | 'N' | 'S' | 'A';
  readonly releaseStopStatus: string;
}

/** @returns undefined for what was withdrawn, and for exchanges. */
export function listingOfClaim({ claim, order }: ClaimOfOrder): Listing | undefined {
  const state = order.stateOf(claim);
  const isTurnedDown = state === 'withdrawn' && claim.answered;
  if (claim.kind === 'exchange' || (state === 'withdrawn' && !isTurnedDown)) return undefined;
  if (claim.kind === 'return')
    return state === 'done'
      ? returned('CC', 'RETURNS_COMPLETED', 'Y', '비대상')
      : returned('UC', 'RETURNS_UNCHECKED', 'Y', '비대상');
  if (isEarly(order, claim))
    return { ...returned('CC', 'RETURNS_COMPLETED', 'N', '비대상'), receiptType: 'CANCEL' };
  if (isTurnedDown) return returned('UC', 'RETURNS_UNCHECKED', 'A', '처리(이미출고)');
  if (state === 'done') return returned('CC', 'RETURNS_COMPLETED', 'S', '처리(출고중지)');
  return { ...returned('RU', 'RELEASE_STOP_UNCHECKED', 'N', '미처리'), statuses: ['RU', 'UC'] };
}

function returned(
  status: Listing['statuses'][number],
  receiptStatus: string,
  releaseStatus: Listing['releaseStatus'],
  releaseStopStatus: string,
): Listing {
  return { receiptType: 'RETURN', statuses: [status], receiptStatus, releaseStatus, releaseStopStatus };
}

/** 취소/반품 접수, v4. */
export function receiptOf(shop: Shop, { claim, order }: ClaimOfOrder, listing: Listing): unknown {
  const { receiptType, receiptStatus, releaseStatus, releaseStopStatus } = listing;
  const { name, mobile, address, postcode } = order.recipient;
  return {
    receiptId: BigInt(claim.claimId),
    orderId: BigInt(order.order.orderNumber),
    paymentId: BigInt(claim.claimId) + 700_000_000n,
    receiptType,
    receiptStatus,
    createdAt: seoulStamp(new Date(claim.at)),
    modifiedAt: seoulStamp(new Date(claim.changedAt)),
    requesterName: name,
    requesterPhoneNumber: mobile,
    requesterRealPhoneNumber: null,
    requesterAddress: address,
    requesterAddressDetail: '',
    requesterZipCode: postcode,
    cancelReasonCategory1: '고객변심',
    cancelReasonCategory2: '단순변심(사유없음)',
    cancelReason: '',
    cancelCountSum: claim.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    returnDeliveryId: 0,
    returnDeliveryType: '연동택배',
    releaseStopStatus,
    enclosePrice: 0,
    faultByType: 'CUSTOMER',
    preRefund: false,
    completeConfirmType: 'UNDEFINED',
    completeConfirmDate: '',
    returnItems: claim.lines.map(({ lineNumber, quantity }) => {
      const box = boxesOf(shop, order).find(({ lines }) =>
        lines.some((line) => line.lineNumber === lineNumber),
      );
      const line = order.order.lines.find((each) => each.lineNumber === lineNumber);
      return {
        vendorItemPackageId: 0,
        vendorItemPackageName: line?.deal ?? '',
        vendorItemId: BigInt(lineNumber),
        vendorItemName: line?.option ?? '',
        purchaseCount: line?.quantity ?? 0,
        cancelCount: quantity,
        shipmentBoxId: box?.id ?? null,
        sellerProductId: BigInt(lineNumber) + 14_000_000_000n,
        sellerProductName: line?.deal ?? '',
        releaseStatus,
      };
    }),
    returnDeliveryDtos: [],
    reasonCode: 'CHANGEMIND',
    reasonCodeText: '필요 없어짐 (단순 변심)',
    returnShippingCharge: 0,
  };
}

/** 반품철회 이력. */
export function withdrawalOf({ claim, order }: ClaimOfOrder, vendorId: string): unknown {
  return {
    cancelId: BigInt(claim.claimId),
    orderId: BigInt(order.order.orderNumber),
    vendorId,
    refundDeliveryDuty: 'CUS',
    createdAt: seoulStamp(new Date(claim.changedAt)),
    vendorItemIds: claim.lines.map(({ lineNumber }) => BigInt(lineNumber)),
  };
}

const EXCHANGE_STATUSES = { requested: 'PROGRESS', done: 'SUCCESS', withdrawn: 'CANCEL' } as const;

/** 교환요청, v4; without what has its answers in other calls. */
export function exchangeOf({ claim, order }: ClaimOfOrder, vendorId: string): unknown {
  return {
    exchangeId: BigInt(claim.claimId),
    orderId: BigInt(order.order.orderNumber),
    vendorId,
    orderDeliveryStatusCode: 'FINAL_DELIVERY',
    exchangeStatus: EXCHANGE_STATUSES[order.stateOf(claim)],
    referType: 'WEB_MOBILE',
    faultType: 'CUSTOMER',
    exchangeAmount: 0,
    reasonCode: 'DIFFERENTOPT',
    createdByType: 'CUSTOMER',
    createdAt: seoulStamp(new Date(claim.at)),
    modifiedAt: seoulStamp(new Date(claim.changedAt)),
    exchangeItemDtoV1s: claim.lines.map(({ lineNumber, quantity }) => ({
      exchangeItemId: BigInt(claim.claimId) * 10n,
      orderItemId: BigInt(lineNumber),
      targetItemId: BigInt(lineNumber),
      quantity,
    })),
  };
}

/** @throws Refusal where nobody has made it, or it was withdrawn. */
export function receiptById({ book }: Shop, receiptId: string): ClaimOfOrder & { readonly listing: Listing } {
  const found = book.claims().find(({ claim }) => claim.claimId === receiptId);
  const listing = found && listingOfClaim(found);
  if (found === undefined || listing === undefined)
    throw new Refusal(400, '취소반품접수내역이 존재하지 않습니다.');
  return { ...found, listing };
}
