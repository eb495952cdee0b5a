import type { StandInResponse } from '../../stand-in/message';
import { success } from './answers';

/** What becomes of one parcel of a call about several. */
export interface BoxResult {
  readonly shipmentBoxId: bigint;
  readonly succeed: boolean;
  readonly resultCode: string;
  readonly retryRequired: boolean;
  readonly resultMessage: string | null;
}

export const CODES = {
  NOT_FOUND_SHIPMENT_BOX: [false, '존재하지 않는 배송번호입니다.'],
  INVALID_STATUS: [false, '배송진행상태가 유효하지 않습니다.'],
  DUPLICATE_INVOICE_NUMBER: [true, '이미 저장된 송장번호가 있습니다.'],
  INVALID_INVOICE_NUMBER: [true, '송장번호가 유효하지 않습니다.'],
  ORDER_DELIVERY_CANCELED: [false, '취소된 주문건입니다.'],
  ORDER_DELIVERY_PARTIAL_STOP_REQUESTED: [true, '출고중지 요청건입니다.'],
  NOT_FOUND_VENDOR_ITEM: [false, '합포장건 중 누락된 상품이 있습니다.'],
} as const satisfies Readonly<Record<string, readonly [boolean, string]>>;

export function failed(shipmentBoxId: bigint, code: keyof typeof CODES, words?: string): BoxResult {
  const [retryRequired, message] = CODES[code];
  return { shipmentBoxId, succeed: false, resultCode: code, retryRequired, resultMessage: words ?? message };
}

export function succeeded(shipmentBoxId: bigint): BoxResult {
  return { shipmentBoxId, succeed: true, resultCode: 'OK', retryRequired: false, resultMessage: null };
}

const OVERALL = { 0: 'SUCCESS', 1: 'PARTIAL_ERROR', 99: 'FAILED' } as const;

/** 0: all of them, 1: some, 99: none. */
export function answerOf(responseList: readonly BoxResult[]): StandInResponse {
  const done = responseList.filter(({ succeed }) => succeed).length;
  const responseCode = done === responseList.length ? 0 : done === 0 ? 99 : 1;
  return success({ responseKey: 0, responseCode, responseMessage: OVERALL[responseCode], responseList });
}
