import type { ClaimKind, ClaimState } from '../../../domain/claim';
import type { EmittedLine } from '../../generator/generate-day';
import type { BookClaim, BookOrder } from '../book-order';
import { kst } from './answers';
import type { Products } from './products';

/** A line of an order as the marketplace has it: a product order (상품 주문), by a number of its own. */
export interface ProductOrder {
  readonly order: BookOrder;
  readonly line: EmittedLine;
}

export interface LineClaim {
  readonly claim: BookClaim;
  readonly quantity: number;
}

const WORDS: Readonly<Record<ClaimKind, Readonly<Record<ClaimState | 'type', string>>>> = {
  cancellation: {
    type: 'CANCEL',
    requested: 'CANCEL_REQUEST',
    done: 'CANCEL_DONE',
    withdrawn: 'CANCEL_REJECT',
  },
  return: { type: 'RETURN', requested: 'RETURN_REQUEST', done: 'RETURN_DONE', withdrawn: 'RETURN_REJECT' },
  exchange: {
    type: 'EXCHANGE',
    requested: 'EXCHANGE_REQUEST',
    done: 'EXCHANGE_DONE',
    withdrawn: 'EXCHANGE_REJECT',
  },
};

/** Claims that have been made on it by now, the newest last. */
export function claimsOn({ order, line }: ProductOrder, now: number): LineClaim[] {
  return order.claimsBy(now).flatMap((claim) => {
    const part = claim.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
    return part === undefined ? [] : [{ claim, quantity: part.quantity }];
  });
}

export function statusOf({ order, line }: ProductOrder, now: number): string {
  if (order.cancelledUnits(line, now) === line.quantity) return 'CANCELED';
  return order.invoicesOf(line.lineNumber).length > 0 ? 'DELIVERING' : 'PAYED';
}

/** Epoch milliseconds. */
export function changedAt({ order }: ProductOrder, now: number): number {
  return Math.max(order.changedAt, ...order.claimsBy(now).map((claim) => claim.changedAt));
}

/** `lastChangedType`. */
export function lastChangeOf(productOrder: ProductOrder, now: number): string {
  const newest = claimsOn(productOrder, now).at(-1)?.claim;
  const state = newest === undefined ? undefined : productOrder.order.stateOf(newest);
  if (state === 'requested') return 'CLAIM_REQUESTED';
  if (state === 'done') return 'CLAIM_COMPLETED';
  if (statusOf(productOrder, now) === 'DELIVERING') return 'DISPATCHED';
  return state === 'withdrawn' ? 'CLAIM_REJECTED' : 'PAYED';
}

/** What the newest claim says beside the product order itself. */
export function claimWordsOf(productOrder: ProductOrder, now: number) {
  const newest = claimsOn(productOrder, now).at(-1);
  if (newest === undefined) return {};
  const { claimId, claimStatus } = writeClaim(productOrder, newest);
  return { claimId, claimType: WORDS[newest.claim.kind].type, claimStatus };
}

function writeClaim({ order, line }: ProductOrder, { claim, quantity }: LineClaim) {
  const place = order.order.lines.indexOf(line) + 1;
  return {
    claimId: `${claim.claimId}${place}`,
    claimStatus: WORDS[claim.kind][order.stateOf(claim)],
    claimRequestDate: kst(claim.at),
    requestChannel: '구매회원',
    requestQuantity: quantity,
  };
}

/** The claim under way by its kind, those that are over in a list. */
function writeClaims(productOrder: ProductOrder, now: number) {
  const claims = claimsOn(productOrder, now);
  const isOpen = ({ claim }: LineClaim) => productOrder.order.stateOf(claim) === 'requested';
  const open = claims.findLast(isOpen);
  const kind = { cancellation: 'cancel', return: 'return', exchange: 'exchange' } as const;
  return {
    ...(open === undefined
      ? {}
      : { currentClaim: { [kind[open.claim.kind]]: writeClaim(productOrder, open) } }),
    completedClaims: claims
      .filter((each) => !isOpen(each))
      .map((each) => ({ claimType: WORDS[each.claim.kind].type, ...writeClaim(productOrder, each) })),
  };
}

/** What no text of an answer may be, so that {@link withBrokenBytes} finds it. */
const BROKEN = '\u0001';

/** An element of the detail call. */
export function writeDetail(productOrder: ProductOrder, products: Products, now: number) {
  const { order } = productOrder;
  const { order: placed } = order;
  return {
    order: {
      orderId: placed.orderNumber,
      orderDate: kst(placed.placedAt.getTime()),
      paymentDate: kst(order.offeredAt),
      ordererId: 'moda****',
      ordererName: placed.buyer.name,
      ordererTel: placed.buyer.mobile,
      paymentMeans: '신용카드 간편결제',
      payLocationType: 'MOBILE',
    },
    productOrder: writeProductOrder(productOrder, products, now),
    ...writeClaims(productOrder, now),
    ...writeDelivery(productOrder),
  };
}

function writeProductOrder(productOrder: ProductOrder, products: Products, now: number) {
  const { order, line } = productOrder;
  const [amount, discount] = [Number(line.amount), Number(line.discount)];
  const fee = Number(order.order.shippingFee);
  const remainQuantity = line.quantity - order.cancelledUnits(line, now);
  const numbers = products.numbersOf(line);
  return {
    productOrderId: line.lineNumber,
    productOrderStatus: statusOf(productOrder, now),
    placeOrderStatus: order.acknowledgedAt === null ? 'NOT_YET' : 'OK',
    ...claimWordsOf(productOrder, now),
    ...numbers,
    productClass: numbers.itemNo === undefined ? '단일상품' : '조합형옵션상품',
    productName: line.deal,
    ...(line.option === '' ? {} : { productOption: line.option }),
    quantity: line.quantity,
    initialQuantity: line.quantity,
    remainQuantity,
    totalProductAmount: amount,
    initialProductAmount: amount,
    remainProductAmount: Math.round((amount * remainQuantity) / line.quantity),
    totalPaymentAmount: amount - discount,
    initialPaymentAmount: amount - discount,
    sellerBurdenDiscountAmount: discount,
    deliveryFeeAmount: fee,
    deliveryDiscountAmount: 0,
    shippingFeeType: fee === 0 ? '무료' : '선불',
    packageNumber: `${order.order.orderNumber}0`,
    expectedDeliveryMethod: 'DELIVERY',
    shippingAddress: writeAddress(productOrder),
    shippingMemo: order.recipient.deliveryMessage ?? '',
    shippingDueDate: kst(order.offeredAt + 3 * 86_400_000),
  };
}

function writeAddress({ order, line }: ProductOrder) {
  const { name, mobile, safeNumber, postcode, address } = order.recipient;
  const isBroken = order.broken && line === order.order.lines[0];
  const [, baseAddress = address, detailedAddress = ''] = /^(.*?,) (.*)$/.exec(address) ?? [];
  return {
    addressType: 'DOMESTIC',
    name: isBroken ? BROKEN : name,
    tel1: safeNumber ?? mobile,
    zipCode: postcode,
    baseAddress,
    detailedAddress,
    isRoadNameAddress: true,
  };
}

function writeDelivery({ order, line }: ProductOrder) {
  const invoice = order.invoicesOf(line.lineNumber).at(-1);
  if (invoice === undefined) return {};
  return {
    delivery: {
      deliveryMethod: 'DELIVERY',
      deliveryStatus: 'DELIVERING',
      deliveryCompany: invoice.carrierCode,
      trackingNumber: invoice.number,
      sendDate: kst(invoice.at),
      isWrongTrackingNumber: false,
    },
  };
}

/** A JSON text in which what is broken is no UTF-8. */
export function withBrokenBytes(text: string): Buffer {
  const latin = Buffer.from(text).toString('latin1').replaceAll(JSON.stringify(BROKEN), '"\u00b1\u00ff"');
  return Buffer.from(latin, 'latin1');
}
