import { type Channel, HUB_CHANNELS, type HubChannel } from '../../catalogue';
import type { EmittedLine, EmittedOrder } from '../../generator/generate-day';

/** A record's fields in the hub's spelling, as public documentation and clients of the hub name them. */
export type HubFields = Readonly<Record<string, string>>;

/** MALL_ID of the response: the mall's name in the hub. */
export const MALL_NAMES: Readonly<Record<HubChannel, string>> = {
  coupang: '쿠팡',
  smartstore: '스마트스토어',
  '11st': '11번가',
  gmarket: '지마켓',
  auction: '옥션',
  kakao: '카카오톡스토어',
};

/** Those of the hub's some eighty output fields that the stand-in has something to say in. */
export const OUTPUT_FIELDS: ReadonlySet<string> = new Set(
  `
  IDX ORDER_ID MALL_ID MALL_USER_ID ORDER_STATUS ORDER_DATE REG_DATE CANCEL_DT
  USER_ID USER_NAME USER_TEL USER_CEL USER_EMAIL ORDER_GUBUN DELV_MSG
  RECEIVE_NAME RECEIVE_TEL RECEIVE_CEL RECEIVE_EMAIL RECEIVE_ZIPCODE RECEIVE_ADDR
  TOTAL_COST PAY_COST SALE_COST MALL_WON_COST WON_COST DELV_COST
  PRODUCT_NAME SKU_VALUE P_PRODUCT_NAME P_SKU_VALUE SALE_CNT P_EA BOX_EA
  MALL_PRODUCT_ID PRODUCT_ID SKU_ID SKU_ALIAS COMPAYNY_GOODS_CD BARCODE MODEL_NO
  MALL_ORDER_SEQ MALL_ORDER_ID copy_idx ord_field2 ORD_CONFIRM_DATE HOPE_DELV_DATE
  DELIVERY_METHOD_STR DELIVERY_ID INVOICE_NO PARTNER_ID DPARTNER_ID FREE_GIFT
  `
    .trim()
    .split(/\s+/),
);

/** What a list of claims has beside the fields of the order. */
export const CLAIM_FIELDS: ReadonlySet<string> = new Set([
  ...OUTPUT_FIELDS,
  'CL_IDX',
  'CLAME_STATUS_GUBUN',
  'CLAME_CONTENT',
  'CLAME_INS_DATE',
  'CLAME_REG_DATE',
]);

/** CLAME_STATUS_GUBUN as the malls word a cancellation: assumed, documented is only that they differ. */
export const CANCELLATION_WORDS: Readonly<Record<string, string>> = {
  쿠팡: '출고중지요청',
  스마트스토어: '취소요청',
  '11번가': '취소신청',
  지마켓: '취소',
  옥션: '취소',
  카카오톡스토어: '취소 요청',
};

/** The statuses the stand-in knows, with the number they are asked for by. */
export const STATUS_CODES = {
  신규주문: '001',
  주문확인: '002',
  출고대기: '003',
  출고완료: '004',
  취소접수: '007',
} as const;

export type HubStatus = keyof typeof STATUS_CODES;

/** `yyyymmddhhmmss` in Korea. */
export function hubTime(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** @throws RangeError for a channel that is not connected to the hub. */
function mallNameOf(channel: Channel): string {
  const known = HUB_CHANNELS.find((each) => each === channel);
  if (known === undefined) throw new RangeError(`${channel} is no mall of the hub`);
  return MALL_NAMES[known];
}

/** What the hub has collected of one order line; its own number, times and status are added later. */
export function fieldsOf(order: EmittedOrder, line: EmittedLine): HubFields {
  const paid = line.amount - line.discount;
  return {
    ORDER_ID: order.orderNumber,
    MALL_ID: mallNameOf(order.channel),
    MALL_USER_ID: 'modamtteul',
    ORDER_DATE: hubTime(order.placedAt.getTime()),
    USER_NAME: order.buyer.name,
    USER_CEL: order.buyer.mobile,
    RECEIVE_NAME: order.recipient.name,
    RECEIVE_CEL: order.recipient.mobile,
    RECEIVE_TEL: order.recipient.safeNumber ?? '',
    RECEIVE_ZIPCODE: order.recipient.postcode,
    RECEIVE_ADDR: order.recipient.address,
    DELV_MSG: order.recipient.deliveryMessage ?? '',
    PRODUCT_NAME: line.deal,
    SKU_VALUE: line.option,
    SALE_CNT: String(line.quantity),
    SALE_COST: String(line.amount / BigInt(line.quantity)),
    TOTAL_COST: String(line.amount),
    PAY_COST: String(paid),
    DELV_COST: String(order.shippingFee),
    DELIVERY_METHOD_STR: order.shippingFee === 0n ? '무료' : '선결제',
    MALL_ORDER_SEQ: line.lineNumber,
    MALL_ORDER_ID: `${order.orderNumber}-${line.lineNumber}`,
  };
}
