import { seoulDay } from '../../../domain/seoul';
import type { EmittedLine } from '../../generator/generate-day';
import type { BookClaim, BookOrder } from '../book-order';
import { listingOf } from '../order-book';
import type { Row } from './xml';

const DAY_MS = 86_400_000;

/** 주문번호; a broken order's is made up, so that a test can tell it. */
export function ordNoOf({ broken, serial, order }: BookOrder): string {
  return broken ? `20990101${String(serial).padStart(7, '0')}` : order.orderNumber;
}

/** 배송번호: all lines of an order travel together. */
export function dlvNoOf({ serial }: BookOrder): string {
  return String(1_420_000_000 + serial);
}

/** A broken order has one line, so that it is one record. */
export function linesOf({ order, broken }: BookOrder): readonly EmittedLine[] {
  return broken ? order.lines.slice(0, 1) : order.lines;
}

export function isBundle(order: BookOrder): boolean {
  return linesOf(order).length > 1;
}

/** 상품번호 and 재고번호, under which stock is kept. */
export function stockNumbers(order: BookOrder, line: EmittedLine): { prdNo: string; prdStckNo: string } {
  const prdNo = listingOf(order.order.channel, line);
  return { prdNo, prdStckNo: `97${prdNo}` };
}

/** One line of an order, as the lists of new ones and of those being prepared have it. */
export function orderRow(order: BookOrder, line: EmittedLine, now: number): Row {
  const { recipient, order: placed } = order;
  const left = line.quantity - order.cancelledUnits(line, now);
  const [amount, discount] = [line.amount, line.discount].map(
    (whole) => (whole * BigInt(left)) / BigInt(line.quantity),
  );
  const [base = '', ...details] = recipient.address.split(', ');
  return {
    addPrdNo: 0,
    addPrdYn: 'N',
    bmDlvCst: 0,
    bmDlvCstType: '01',
    bndlDlvSeq: isBundle(order) ? order.serial : 0,
    bndlDlvYN: isBundle(order) ? 'Y' : 'N',
    delaySendDt: '',
    dlvCst: placed.shippingFee,
    dlvCstType: placed.shippingFee === 0n ? '03' : '01',
    dlvNo: dlvNoOf(order),
    dlvSndDue: `${seoulDay(new Date(placed.placedAt.getTime() + 2 * DAY_MS))} 00:00:00`,
    lstDlvCst: placed.shippingFee,
    lstSellerDscPrc: discount ?? 0n,
    ordAmt: amount ?? 0n,
    ordDlvReqCont: recipient.deliveryMessage ?? 'null',
    ordDt: seoulMoment(placed.placedAt.getTime()),
    ordNm: placed.buyer.name,
    ordNo: ordNoOf(order),
    ordPrdSeq: line.lineNumber,
    ordPrtblTel: placed.buyer.mobile,
    ordQty: left,
    ordStlEndDt: seoulMoment(order.offeredAt),
    plcodrCnfDt: order.acknowledgedAt === null ? 'null' : seoulMoment(order.acknowledgedAt),
    prdNm: line.deal,
    ...stockNumbers(order, line),
    rcvrBaseAddr: details.length > 0 ? `${base},` : base,
    rcvrDtlsAddr: details.join(', '),
    rcvrMailNo: recipient.postcode,
    rcvrNm: order.broken ? Buffer.from([0xb1, 0xff]) : recipient.name,
    rcvrPrtblNo: recipient.mobile,
    rcvrTlphn: recipient.safeNumber ?? '',
    selPrc: line.amount / BigInt(line.quantity),
    // 11st appends the number of pieces; where the product has no options, it is all there is.
    slctPrdOptNm: `${line.option === '' ? '' : `${line.option}-`}${line.quantity}개`,
  };
}

/** 주문번호별 배송정보: what became of a line, and how many were ordered at first. */
export function stateRow(order: BookOrder, line: EmittedLine, now: number): Row {
  const invoice = order.invoicesOf(line.lineNumber).at(-1);
  return {
    dlvNo: dlvNoOf(order),
    ordCnQty: order.cancelledUnits(line, now) + pendingUnits(order, line.lineNumber, now),
    ordNo: ordNoOf(order),
    ordPrdSeq: line.lineNumber,
    ordPrdStat: stateOf(order, line, now),
    ordQty: line.quantity,
    dlvEtprsCd: invoice?.carrierCode ?? 'null',
    invcNo: invoice?.number ?? 'null',
  };
}

/** ordPrdStat. */
export function stateOf(order: BookOrder, line: EmittedLine, now: number): string {
  if (order.cancelledUnits(line, now) === line.quantity) return 'B01';
  if (pendingUnits(order, line.lineNumber, now) > 0) return '701';
  if (order.invoicesOf(line.lineNumber).length > 0) return '401';
  return order.acknowledgedAt === null ? '202' : '301';
}

/** Units whose cancellation the seller has not answered yet. */
function pendingUnits(order: BookOrder, lineNumber: string, now: number): number {
  return order
    .claimsBy(now)
    .filter((claim) => claim.kind === 'cancellation' && order.stateOf(claim) === 'requested')
    .flatMap(({ lines }) => lines.filter((claimed) => claimed.lineNumber === lineNumber))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

const CANCELLATION_STATES = { requested: '01', done: '02', withdrawn: '05' } as const;
const OTHER_STATES = {
  return: { requested: '105', done: '106', withdrawn: '108' },
  exchange: { requested: '201', done: '221', withdrawn: '233' },
} as const;

/** A claim on several lines is a row for each, under one number. */
export function claimRows(order: BookOrder, claim: BookClaim): Row[] {
  const { kind, claimId, at } = claim;
  return claim.lines.map(({ lineNumber, quantity }) => {
    const line = { ordNo: ordNoOf(order), ordPrdSeq: lineNumber };
    const state = order.stateOf(claim);
    if (kind !== 'cancellation')
      return {
        clmReqCont: '단순 변심',
        clmReqQty: quantity,
        clmReqRsn: '101',
        clmReqSeq: claimId,
        clmStat: OTHER_STATES[kind][state],
        ...line,
        reqDt: seoulMoment(at),
      };
    return {
      createDt: seoulMoment(at),
      dlvNo: dlvNoOf(order),
      ordCnDtlsRsn: '단순 변심',
      ordCnMnbdCd: '01',
      ordCnQty: quantity,
      ordCnRsnCd: '11',
      ordCnStatCd: CANCELLATION_STATES[state],
      ...line,
      ordPrdCnSeq: claimId,
    };
  });
}

/** `yyyy-mm-dd hh:mm:ss`. */
function seoulMoment(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
