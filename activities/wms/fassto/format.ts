import { z } from 'zod';
import { seoulDay } from '../../../domain/seoul';
import { orderNumbersText } from '../call';
import type { WmsOrder, WmsOrderFound } from '../wms';

/** The wire format of FASSTO's open API V1 파스토 (fmsapi.fassto.ai): field names and codes of its guide. */

/** Of each order that a call is about; `code` is 200 where it was done. */
export const resultsSchema = z.object({
  data: z.array(
    z.object({
      fmsSlipNo: z.string().nullable(),
      orderNo: z.string().nullable(),
      msg: z.string().nullish(),
      code: z.string(),
    }),
  ),
});
export const DONE = '200';
/** assumed: an order's own code where its content is declined, and the status where the call's is. */
export const DECLINED = '400';

export const deliverySchema = z.object({
  slipNo: z.string(),
  ordNo: z.string(),
  wrkStat: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const goodsSchema = z.object({ cstGodCd: z.string() });
/** `canStockQty`: what may still leave, its own allocations taken off. A row for each place or expiry. */
export const stockSchema = z.object({ cstGodCd: z.string(), canStockQty: z.coerce.number().int() });

const FIRST_IN_FIRST_OUT = '1';

/** 출고 요청(택배). It has fields for one telephone number and for no postcode. */
export function toRequest(order: WmsOrder) {
  const { recipient } = order;
  return {
    ordDt: seoulDay(new Date()).replaceAll('-', ''),
    ordNo: order.code,
    custNm: recipient.name,
    custTelNo: recipient.phone,
    custAddr: `(${recipient.postcode}) ${recipient.address}`,
    outWay: FIRST_IN_FIRST_OUT,
    salChanel: order.channel,
    shipReqTerm: recipient.deliveryMessage ?? '',
    remark: orderNumbersText(order, 500),
    godCds: order.items.map(({ itemCode, quantity }) => ({ cstGodCd: itemCode, ordQty: quantity })),
  };
}

/** wrkStat: 1 출고요청, 2 출고작업중, 3 출고완료, 8 출고요청취소, 9 재고부족. */
export function toFound({ slipNo, wrkStat }: Delivery): WmsOrderFound {
  if (wrkStat === '3') return { reference: slipNo, state: 'shipped' };
  return { reference: slipNo, state: wrkStat === '8' ? 'cancelled' : 'open' };
}
