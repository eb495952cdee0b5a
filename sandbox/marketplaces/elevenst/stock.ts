import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { Route } from '../../stand-in/message';
import type { Desk } from './desk';
import { productMessage, productStocks } from './xml';

const WEIGHT = '0.5';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false });
const body = z.strictObject({
  prdNo: z.string(),
  prdStckNo: z.string(),
  stckQty: z.string().regex(/^\d+$/),
  /** The weight stands beside the number and is written with it. */
  optWght: z.literal(WEIGHT),
});

/** 재고: each product of the sandbox has one option, and so one 재고번호. */
export function stockRoutes(desk: Desk): Route[] {
  return [
    {
      method: 'GET',
      path: '/rest/prodmarketservice/prodmarket/stck/:prdNo',
      endpoint: 'stck',
      handle: ({ params: { prdNo = '' } }) => {
        if (!desk.products.has(prdNo)) return productMessage('404', '해당 상품 번호 없음');
        const prdStckNo = `97${prdNo}`;
        const stckQty = desk.book.stock.get(`${prdNo}-${prdStckNo}`) ?? 999;
        return productStocks({ prdNo, prdStckNo, prdStckStatCd: '01', stckQty, optWght: WEIGHT });
      },
    },
    {
      method: 'PUT',
      path: '/rest/prodservices/stockqty/:prdStckNo',
      endpoint: 'stockqty',
      handle: (request) => {
        const { prdStckNo = '' } = request.params;
        const text = request.body.toString('latin1');
        const document: unknown = XMLValidator.validate(text) === true ? parser.parse(text) : undefined;
        const level = z.object({ ProductStock: body }).safeParse(document).data?.ProductStock;
        if (level === undefined || level.prdStckNo !== prdStckNo)
          return productMessage('400', '잘못된 요청입니다.', prdStckNo);
        if (!desk.products.has(level.prdNo) || prdStckNo !== `97${level.prdNo}`)
          return productMessage('404', '해당 상품/재고 번호 없음.', prdStckNo);
        const listing = `${level.prdNo}-${prdStckNo}`;
        const quantity = Number(level.stckQty);
        desk.book.record({ type: 'stock', at: desk.book.clock(), listing, quantity });
        return productMessage('200', `수량이 업데이트 되었습니다. 변경된 수량 : ${quantity}`, prdStckNo);
      },
    },
  ];
}
