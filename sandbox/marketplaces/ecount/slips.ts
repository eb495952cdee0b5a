import { z } from 'zod';
import { seoulDay } from '../../../domain/seoul';
import { jsonBody, type Route } from '../../stand-in/message';
import type { Settings } from '../../stand-in/settings';
import type { BookOrder } from '../book-order';
import type { OrderBook } from '../order-book';
import { type Door, failure, success } from './door';
import type { settingsSchema } from './settings';

const day = z.string().regex(/^\d{8}$/);
const listInput = z.looseObject({
  ListParam: z.object({
    PAGE_CURRENT: z.int().positive(),
    PAGE_SIZE: z.int().min(1).max(100),
    BASE_DATE_FROM: day,
    BASE_DATE_TO: day,
  }),
});
const LONGEST_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Assumed, all of it: sale orders are listed as purchase orders are (발주서조회, GetPurchasesOrderList), a row for each
 * line of a slip, under the names that SaveSaleOrder takes.
 */
export function slipRoute(book: OrderBook, door: Door, knobs: Settings<typeof settingsSchema>): Route {
  return {
    method: 'POST',
    path: '/OAPI/V2/SaleOrder/GetSaleOrderList',
    endpoint: 'list',
    handle: (request) => {
      if (!door.isOpen(request.query.get('SESSION_ID')))
        return failure('500', 0, 'The API has not been authenticated.');
      if (request.headers['content-type']?.startsWith('application/json') !== true)
        return failure('500', 0, 'Unsupported Media Type');
      const { data, error } = listInput.safeParse(jsonBody(request));
      if (data === undefined)
        return failure('500', 0, `Check Parameter [${error.issues[0]?.path.at(-1)?.toString() ?? ''}]`);
      const { PAGE_CURRENT: page, PAGE_SIZE: size, BASE_DATE_FROM: from, BASE_DATE_TO: to } = data.ListParam;
      if (daysBetween(from, to) >= LONGEST_DAYS) return failure('500', 0, 'Check Parameter [BASE_DATE_TO]');
      const slips = book.offered().filter((order) => ioDate(order) >= from && ioDate(order) <= to);
      const rows = slips.flatMap((order) => rowsOf(order, knobs.value.orderNumbers === 'given'));
      book.markRead(slips);
      return success({
        EXPIRE_DATE: '',
        QUANTITY_INFO: '시간당 연속 오류 제한 건수 : 0/30, 1시간 허용량 : 3/6000, 1일 허용량 : 3/10000',
        TRACE_ID: 'db6138411aad40e42dc5e209f65f6f3c',
        TotalCnt: rows.length,
        Result: rows.slice((page - 1) * size, page * size),
      });
    },
  };
}

/** 전표일자: the day on which somebody typed the order in. */
function ioDate({ offeredAt }: BookOrder): string {
  return seoulDay(new Date(offeredAt)).replaceAll('-', '');
}

function daysBetween(from: string, to: string): number {
  const at = (text: string) => Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6));
  return (at(to) - at(from)) / DAY_MS;
}

/** What was cancelled before is not typed in; what is cancelled later the ERP hears nothing of. */
function rowsOf(order: BookOrder, isNumbered: boolean) {
  const { recipient, order: placed, serial, broken, offeredAt } = order;
  const lines = broken ? placed.lines.slice(0, 1) : placed.lines;
  return lines
    .filter((line) => order.cancelledUnits(line, offeredAt) < line.quantity)
    .map((line) => {
      const vat = line.amount / 11n;
      return {
        IO_DATE: ioDate(order),
        UPLOAD_SER_NO: String(serial),
        SER_NO: line.lineNumber,
        DOC_NO: isNumbered ? placed.orderNumber : '',
        CUST: '00016',
        WH_CD: '00009',
        TIME_DATE: seoulDay(new Date(offeredAt + 3 * DAY_MS)).replaceAll('-', ''),
        U_MEMO1: recipient.name,
        U_MEMO2: recipient.mobile,
        U_MEMO3: recipient.postcode,
        U_MEMO4: recipient.address,
        U_MEMO5: recipient.deliveryMessage,
        ADD_TXT_01_T: recipient.safeNumber ?? '',
        ADD_NUM_01_T: decimal(placed.shippingFee, 10),
        PROD_CD: line.configurationCode,
        PROD_DES: line.deal,
        SIZE_DES: line.option,
        QTY: broken ? '두 개' : decimal(BigInt(line.quantity), 10),
        SUPPLY_AMT: decimal(line.amount - vat, 4),
        VAT_AMT: decimal(vat, 4),
        ADD_TXT_01: isNumbered ? line.lineNumber : '',
        ADD_NUM_01: decimal(line.discount, 10),
      };
    });
}

/** NUMERIC as the ERP writes it: `3.0000000000`. */
function decimal(whole: bigint, places: number): string {
  return `${whole}.${'0'.repeat(places)}`;
}
