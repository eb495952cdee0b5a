import { z } from 'zod';
import type { OrderBook } from '../../marketplaces/order-book';
import { jsonBody, type StandInRequest, type StandInResponse } from '../../stand-in/message';
import { parsed, type RowAnswer, rowsAnswer } from './answers';
import { type HubLine, lineNamed, statusOf } from './lines';
import type { HubSettings } from './settings';

const statusBody = z.strictObject({
  orders: z
    .array(
      z.strictObject({
        sbOrderNo: z.string(),
        // The only one of the eight targets that a seller without returns of his own needs.
        targetStatusCode: z.literal('ORDER_CONFIRM'),
      }),
    )
    .min(1),
});

const waybillBody = z.strictObject({
  forceUpdateYn: z.enum(['Y', 'N']),
  waybillList: z
    .array(
      z.strictObject({
        sbOrderNo: z.string(),
        deliveryCompanyCode: z.string(),
        wayBillNo: z.string(),
        hopeDeliveryDate: z.string().optional(),
      }),
    )
    .min(1),
});

const CARRIERS = new Set(['CJGLS', 'HANJIN', 'HYUNDAI', 'KGB', 'EPOST']);

/** 신규주문 → 주문확인, a row at a time; no step is made twice. */
export function changeStatus(
  request: StandInRequest,
  book: OrderBook,
  settings: HubSettings,
): StandInResponse {
  const { orders } = parsed(statusBody, jsonBody(request));
  const now = book.clock();
  const judged = orders.map(({ sbOrderNo }) => {
    const line = lineNamed(book, sbOrderNo);
    const status = line && statusOf(line, now, settings);
    const message =
      status === undefined ? UNKNOWN : status === 'NEW_ORDER' ? '' : `${status} 상태에서 변경할 수 없습니다.`;
    return { sbOrderNo, line, message };
  });
  const taken = judged.flatMap(({ line, message }) => (line && message === '' ? [line.order.serial] : []));
  if (taken.length > 0) book.record({ type: 'acknowledge', at: now, serials: [...new Set(taken)] });
  return rowsAnswer(judged.map(({ sbOrderNo, message }) => row(sbOrderNo, message)));
}

const UNKNOWN = '존재하지 않는 주문번호입니다.';

function row(sbOrderNo: string, message: string): RowAnswer {
  return { sbOrderNo, status: message === '', message: message || '성공' };
}

/** A number a row; one that is there is replaced only where that is forced, and the mall does not have it yet. */
export function saveWaybills(
  request: StandInRequest,
  book: OrderBook,
  settings: HubSettings,
): StandInResponse {
  const { forceUpdateYn, waybillList } = parsed(waybillBody, jsonBody(request));
  const at = book.clock();
  return rowsAnswer(
    waybillList.map(({ sbOrderNo, deliveryCompanyCode: carrierCode, wayBillNo: number }) => {
      const line = lineNamed(book, sbOrderNo);
      const message = refusalOf(line, carrierCode, number, forceUpdateYn === 'Y', at, settings);
      if (line && message === '') {
        const { serial } = line.order;
        book.record({ type: 'invoice', at, serial, lineNumber: line.line.lineNumber, carrierCode, number });
      }
      return row(sbOrderNo, message);
    }),
  );
}

function refusalOf(
  line: HubLine | undefined,
  carrierCode: string,
  number: string,
  isForced: boolean,
  now: number,
  settings: HubSettings,
): string {
  if (line === undefined) return UNKNOWN;
  if (!CARRIERS.has(carrierCode)) return '택배사 코드가 올바르지 않습니다.';
  if (!/^[0-9A-Za-z]{6,20}$/.test(number)) return '운송장번호가 올바르지 않습니다.';
  const status = statusOf(line, now, settings);
  if (status === 'DELIVERY_COMPLETED') return '송장 전송완료 상태는 수정할 수 없습니다.';
  if (status === 'DELIVERY_READY') return isForced ? '' : '이미 등록된 운송장이 있습니다.';
  return status === 'ORDER_CONFIRM' ? '' : `${status} 상태는 등록할 수 없습니다.`;
}
